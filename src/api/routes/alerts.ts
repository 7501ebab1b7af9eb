import { alertDetailReply } from '../alert-detail.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { NotFound } from '../failures.ts';
import { alertSummaryReply } from '../replies.ts';
import { alertDetail, alertSummary, page, queries } from '../schemas.ts';
import { FAILURES, keyParameter } from './route.ts';

export function alertRoutes(app: ApiInstance, context: ApiContext): void {
  const { store } = context;

  app.get(
    '/api/alerts',
    {
      schema: {
        summary: '告警，最近提示的在前',
        tags: ['告警'],
        querystring: queries.alerts.strict(),
        response: { 200: page(alertSummary), ...FAILURES },
      },
    },
    async (request) => {
      const { q, ...rest } = request.query;
      // What people opened themselves is no alert of the program's.
      const query = { text: q, ...rest, ...(rest.nature === undefined && { exceptNature: 'doubt' as const }) };
      const [found, total] = [await store.findings.alerts(query), await store.findings.countAlerts(query)];
      return {
        items: found.items.map((alert) => alertSummaryReply(context, alert)),
        nextCursor: found.nextCursor,
        total,
      };
    },
  );

  app.get(
    '/api/alerts/:key',
    {
      schema: {
        summary: '一条告警：规则、日期、逐日核对、证据与检索范围',
        tags: ['告警'],
        params: keyParameter,
        response: { 200: alertDetail, ...FAILURES, 503: FAILURES[500] },
      },
    },
    async (request) => {
      const alert = await store.findings.alert(request.params.key);
      if (alert === null) throw new NotFound('告警', request.params.key, '请核对地址，或从告警列表打开。');
      return alertDetailReply(context, alert);
    },
  );
}
