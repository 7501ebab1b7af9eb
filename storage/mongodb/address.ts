import { CorrectInput } from '../../src/model/errors.ts';

/** Where an address names no database. */
const DEFAULT_DATABASE = 'gongshi';

/**
 * An address as it may be printed and logged: servers and database. User, password and every option are left out,
 * because options too can hold secrets (tlsCertificateKeyFilePassword, authMechanismProperties).
 */
export function printableAddress(uri: string): string {
  const [, scheme, rest] = /^(mongodb(?:\+srv)?:\/\/)(.*)$/s.exec(uri) ?? [];
  if (scheme === undefined || rest === undefined) return 'mongodb://…';
  const withoutOptions = rest.split('?')[0]!;
  // The last @: a password that was not percent-encoded may hold others.
  const at = rest.lastIndexOf('@');
  return scheme + (at === -1 ? withoutOptions : rest.slice(at + 1).split('?')[0]!);
}

/** The database that the address names in its path, or the product's own. Throws `CorrectInput` for a name no server takes. */
export function databaseOf(uri: string): string {
  const path = /^[^/]*(?:\/([^/]*))?$/.exec(printableAddress(uri).replace(/^mongodb(?:\+srv)?:\/\//, ''))?.[1] ?? '';
  let name = path;
  try {
    name = decodeURIComponent(path);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause; // left as written: refused below
  }
  if (name === '') return DEFAULT_DATABASE;
  if (/^[^/\\. "$*<>:|?%\0]{1,63}$/.test(name)) return name;
  throw new CorrectInput(
    `数据库名 ${name} 不能用`,
    '请在 MongoDB 地址的斜杠后写 1 至 63 个字母、数字、下划线或连字符，例如 mongodb://主机:27017/gongshi。',
    { database: name },
  );
}
