import { isPassword } from '../../cases/passwords.ts';
import type { User } from '../../model/user.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { session, signIn } from '../case-schemas.ts';
import type { SessionReply } from '../case-schemas.ts';
import { NO_SESSION_COOKIE, refuseForeign, sessionCookie, SignInRequired, userOf } from '../session.ts';
import { ACT_FAILURES, FAILURES } from './route.ts';

/** Tries a minute and address, right or wrong. */
const TRIES_PER_MINUTE = 10;

export function sessionRoutes(app: ApiInstance, context: ApiContext): void {
  const { store, clock } = context;
  const replyFor = async (user: User | null): Promise<SessionReply> => ({
    user: user === null ? null : { name: user.name, role: user.role },
    hasAccounts: (await store.users.list()).length > 0,
  });

  app.get(
    '/api/session',
    { schema: { summary: '当前登录的账号', tags: ['账号'], response: { 200: session, ...FAILURES } } },
    async (request) => replyFor(await userOf(context, request)),
  );

  app.post(
    '/api/session',
    {
      config: { rateLimit: { max: TRIES_PER_MINUTE, timeWindow: 60_000 } },
      schema: { summary: '登录', tags: ['账号'], body: signIn.strict(), response: { 200: session, ...ACT_FAILURES } },
    },
    async (request, reply) => {
      refuseForeign(request);
      const user = await store.users.get(request.body.name);
      const right = await isPassword(user, request.body.password);
      if (!right || user === null || user.disabledAt !== null) throw new SignInRequired('账号或密码不对');
      reply.header('set-cookie', sessionCookie(user, clock.now(), request.protocol === 'https'));
      return replyFor(user);
    },
  );

  app.delete(
    '/api/session',
    {
      schema: {
        summary: '退出登录，该账号的所有登录一并失效',
        tags: ['账号'],
        response: { 200: session, ...ACT_FAILURES },
      },
    },
    async (request, reply) => {
      refuseForeign(request);
      const user = await userOf(context, request);
      if (user !== null) await store.users.put({ ...user, generation: user.generation + 1 });
      reply.header('set-cookie', NO_SESSION_COOKIE);
      return replyFor(null);
    },
  );
}
