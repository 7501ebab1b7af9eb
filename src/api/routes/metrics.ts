import type { ApiContext, ApiInstance } from '../context.ts';
import { unavailable } from './unavailable.ts';

/** For Prometheus. Not described in the API's document: it is the operator's, not the page's. */
export function metricsRoutes(app: ApiInstance, { metrics }: ApiContext): void {
  if (metrics === undefined) return;
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    try {
      const text = await metrics.text();
      return await reply.type(metrics.contentType).send(text);
    } catch (error) {
      request.log.error({ err: error }, 'metrics cannot be read from the store');
      return reply.code(503).send(unavailable());
    }
  });
}
