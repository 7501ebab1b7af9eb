import type { ApiContext, ApiInstance } from '../context.ts';

/** For Prometheus. Not described in the API's document: it is the operator's, not the page's. */
export function metricsRoutes(app: ApiInstance, { metrics }: ApiContext): void {
  if (metrics === undefined) return;
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const { text, down } = await metrics.text();
    if (down !== null) request.log.error({ err: down }, 'metrics cannot be read from the store');
    return reply.type(metrics.contentType).send(text);
  });
}
