import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';

import { CorrectInput } from '../model/errors.ts';
import type { User } from '../model/user.ts';

/** 32 MB and some 100 ms a try: guessing is slow, logging in is not. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;
const MIN_PASSWORD = 10;
/** scrypt itself takes any length; a body does not. */
const MAX_PASSWORD = 200;

/** Throws `CorrectInput` for a password that is too short or too long. */
export async function hashPassword(password: string): Promise<User['password']> {
  if (password.length < MIN_PASSWORD || password.length > MAX_PASSWORD) {
    throw new CorrectInput('密码的长度不对', `请使用 ${MIN_PASSWORD} 到 ${MAX_PASSWORD} 个字符的密码。`);
  }
  const salt = randomBytes(16);
  return { salt: salt.toString('hex'), hash: (await derive(password, salt)).toString('hex') };
}

/** Takes as long for an account that does not exist: names cannot be found out by timing. */
export async function isPassword(user: User | null, password: string): Promise<boolean> {
  const { salt, hash } = user?.password ?? { salt: '00'.repeat(16), hash: '00'.repeat(KEY_BYTES) };
  const derived = await derive(password.slice(0, MAX_PASSWORD), Buffer.from(salt, 'hex'));
  return timingSafeEqual(derived, Buffer.from(hash, 'hex')) && user !== null;
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** A name as events carry it. Throws `CorrectInput`. */
export function checkedName(name: string): string {
  if (/^[\p{L}\p{N}._-]{1,40}$/u.test(name)) return name;
  throw new CorrectInput('账号名不对', '请用 1 到 40 个汉字、字母、数字、点、下划线或短横。', {
    name: name.slice(0, 60),
  });
}
