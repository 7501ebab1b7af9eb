import { printableAddress } from '../../storage/mongodb/address.ts';
import { openMongoStore } from '../../storage/mongodb/open.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';

/** True for a MongoDB server, false for the path of a file. */
export function isMongoAddress(address: string): boolean {
  return /^mongodb(\+srv)?:\/\//.test(address);
}

/**
 * Opens the store at an address: `mongodb://` or `mongodb+srv://` is a MongoDB server, anything else the path of a
 * SQLite file, made when it is not there. Throws `CorrectInput` or `RepairDatabase`.
 */
export async function openStore(address: string): Promise<Store> {
  return isMongoAddress(address) ? openMongoStore(address) : openSqliteStore(address);
}

/** The address as it may be printed and logged: without user, password and options. */
export function storeName(address: string): string {
  return isMongoAddress(address) ? printableAddress(address) : address;
}
