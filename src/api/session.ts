import { createHmac, timingSafeEqual } from 'node:crypto';

import type { FastifyRequest } from 'fastify';

import { GongshiError } from '../model/errors.ts';
import { USER_ROLE_NAMES } from '../model/user.ts';
import type { User, UserRole } from '../model/user.ts';
import type { ApiContext } from './context.ts';

const COOKIE = 'gongshi_session';
/** A working day. */
const LIFETIME_MS = 10 * 3600_000;

export class SignInRequired extends GongshiError {
  constructor(message = '请先登录') {
    super('SIGN_IN_REQUIRED', message, { advice: '请登录后再操作；没有账号请联系管理员（gongshi user add）。' });
  }
}

export class NotPermitted extends GongshiError {
  constructor(message: string, advice: string) {
    super('NOT_PERMITTED', message, { advice });
  }
}

/**
 * What the cookie holds: name, end and generation, signed with the account's password hash. Nothing is stored for it;
 * a new password, a log-out or a disabled account ends it everywhere at once.
 */
export function sessionCookie(user: User, now: number, secure: boolean): string {
  const body = [Buffer.from(user.name).toString('base64url'), now + LIFETIME_MS, user.generation].join('.');
  const parts = [`${COOKIE}=${body}.${signature(user, body)}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  return [...parts, `Max-Age=${LIFETIME_MS / 1000}`, ...(secure ? ['Secure'] : [])].join('; ');
}

export const NO_SESSION_COOKIE = `${COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;

/** Who is logged in; null: nobody. */
export async function userOf({ store, clock }: ApiContext, request: FastifyRequest): Promise<User | null> {
  const cookie = (request.headers.cookie ?? '').split(/;\s*/).find((part) => part.startsWith(`${COOKIE}=`));
  const [name, end, generation, given] = (cookie ?? '').slice(COOKIE.length + 1).split('.');
  if (name === undefined || end === undefined || generation === undefined || given === undefined) return null;
  const user = await store.users.get(Buffer.from(name, 'base64url').toString());
  if (user === null || user.disabledAt !== null || String(user.generation) !== generation) return null;
  if (!isSame(signature(user, [name, end, generation].join('.')), given) || Number(end) < clock.now()) return null;
  return user;
}

/** The person behind a change. Throws `SignInRequired` or `NotPermitted`. */
export async function actingUser(
  context: ApiContext,
  request: FastifyRequest,
  roles: readonly UserRole[],
): Promise<User> {
  refuseForeign(request);
  const user = await userOf(context, request);
  if (user === null) throw new SignInRequired();
  if (!roles.includes(user.role)) {
    const allowed = roles.map((role) => USER_ROLE_NAMES[role]).join('、');
    throw new NotPermitted(`账号 ${user.name}（${USER_ROLE_NAMES[user.role]}）不能作此操作`, `此操作限：${allowed}。`);
  }
  return user;
}

/** Another site's page may not act in the name of somebody who is logged in here. */
export function refuseForeign({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  // Said by the browser itself, on https and this machine; a proxy may have changed the host by then.
  if (site === 'same-origin') return;
  if (site === undefined && (headers.origin === undefined || hostOf(headers.origin) === headers.host)) return;
  throw new NotPermitted('请求来自其他网站', '请从本系统的页面操作。');
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function signature(user: User, body: string): string {
  return createHmac('sha256', user.password.hash).update(body).digest('base64url');
}

function isSame(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
