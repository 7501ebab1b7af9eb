import { z } from 'zod';

import type { ApiContext, ApiInstance } from '../context.ts';
import { errorReply } from '../schemas.ts';

/**
 * For the machine that watches the process: 503 where starting it again helps. A database that is gone is outlived, and
 * said on `/readyz`; that this is answered at all shows that the process is not stuck.
 */
export function healthRoutes(app: ApiInstance, { loops }: ApiContext): void {
  app.get(
    '/healthz',
    {
      schema: {
        summary: '进程是否正常：能应答，值守的各项循环在走；与数据库无关',
        tags: ['运行'],
        response: { 200: z.object({ status: z.literal('ok') }), 503: errorReply.describe('有循环停住，应重新启动') },
      },
    },
    async (request, reply) => {
      const stalled = loops?.stalled() ?? [];
      if (stalled.length === 0) return { status: 'ok' as const };
      request.log.error({ stalled }, 'loops do not move');
      const what = stalled.map(({ name, ms }) => `${name}（${Math.round(ms / 1000)} 秒）`).join('、');
      return reply
        .code(503)
        .send({ code: 'LOOP_STALLED', message: `应继续而没有继续：${what}`, advice: '请重新启动服务。' });
    },
  );
}
