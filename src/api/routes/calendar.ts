import { z } from 'zod';

import type { ApiContext, ApiInstance } from '../context.ts';
import { wrongParameter } from '../failures.ts';
import { calendarMonth } from '../schemas.ts';
import { FAILURES } from './route.ts';

export function calendarRoutes(app: ApiInstance, context: ApiContext): void {
  app.get(
    '/api/calendar/:month',
    {
      schema: {
        summary: '一个月的工作日与休息日',
        tags: ['日历'],
        params: z.object({ month: z.string().max(20).describe('YYYY-MM') }),
        response: { 200: calendarMonth, ...FAILURES },
      },
    },
    async (request) => {
      const { month } = request.params;
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw wrongParameter('month', '年月，如 2026-03');
      return context.calendarMonth(month);
    },
  );
}
