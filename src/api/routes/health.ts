import { z } from 'zod';

import type { ApiContext, ApiInstance } from '../context.ts';
import { errorReply } from '../schemas.ts';
import { unavailable } from './unavailable.ts';

/** For the machine that watches the service: 200 only when the store answers. */
export function healthRoutes(app: ApiInstance, context: ApiContext): void {
  app.get(
    '/healthz',
    {
      schema: {
        summary: '服务是否正常',
        tags: ['运行'],
        response: { 200: z.object({ status: z.literal('ok') }), 503: errorReply.describe('数据库没有应答') },
      },
    },
    async (request, reply) => {
      try {
        await context.store.runs.list({ limit: 1 });
        await context.store.findings.countAlerts({});
      } catch (error) {
        request.log.error({ err: error }, 'store does not answer');
        return reply.code(503).send(unavailable());
      }
      return { status: 'ok' as const };
    },
  );
}
