import { INDICATORS } from '../../indicators/index.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { leadReply } from '../replies.ts';
import { indicatorList, lead, page, queries } from '../schemas.ts';
import { FAILURES } from './route.ts';

export function leadRoutes(app: ApiInstance, { store, indicators }: ApiContext): void {
  app.get(
    '/api/leads',
    {
      schema: {
        summary: '线索：值得一看的数字，不是违规结论；最近的在前',
        tags: ['线索'],
        querystring: queries.leads.strict(),
        response: { 200: page(lead), ...FAILURES },
      },
    },
    async (request) => {
      const { q, ...rest } = request.query;
      const query = { text: q, ...rest };
      const [found, total] = [await store.leads.search(query), await store.leads.count(query)];
      return { items: found.items.map(leadReply), nextCursor: found.nextCursor, total };
    },
  );

  app.get(
    '/api/indicators',
    {
      schema: {
        summary: '线索指标：公式、为什么值得一看、同类至少多少',
        tags: ['线索'],
        response: { 200: indicatorList, ...FAILURES },
      },
    },
    () =>
      INDICATORS.map((indicator) => ({
        id: indicator.id,
        title: indicator.title,
        because: indicator.because,
        formula: indicator.formula(indicators),
        minPeers: indicator.minPeers(indicators),
        enabled: indicator.enabled(indicators),
      })),
  );
}
