import { z } from 'zod';

import type { Calendar } from '../../compliance/calendar.ts';
import { addDays, isLocalDay } from '../../model/day.ts';
import type { LocalDay } from '../../model/day.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { wrongParameter } from '../failures.ts';
import { calendarMonth } from '../schemas.ts';
import type { CalendarMonthReply } from '../schemas.ts';
import { FAILURES } from './route.ts';

export function calendarRoutes(app: ApiInstance, context: ApiContext): void {
  app.get(
    '/api/calendar/:month',
    {
      schema: {
        summary: '一个月的工作日与休息日',
        tags: ['日历'],
        params: z.object({ month: z.string().max(20).describe('YYYY-MM') }),
        querystring: z.object({
          asOf: z.string().refine(isLocalDay).optional().describe('YYYY-MM-DD：按该日已公布的放假通知'),
        }),
        response: { 200: calendarMonth, ...FAILURES },
      },
    },
    async (request) => {
      const { month } = request.params;
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw wrongParameter('month', '年月，如 2026-03');
      return monthOf(context.desk.calendar, month, request.query.asOf ?? null);
    },
  );
}

/**
 * The days of a month, each with its reason and the notice that decides it, as the calendar stands or as it stood at the
 * end of a day. A month that no notice covers has none.
 */
function monthOf(current: Calendar, month: string, asOf: LocalDay | null): CalendarMonthReply {
  const calendar = asOf === null ? current : current.knownOn(asOf);
  const days: CalendarMonthReply['days'] = [];
  const first = `${month}-01`;
  const covered = calendar?.covers(first) === true;
  if (calendar === null || !covered) {
    return { month, covered, version: calendar?.version ?? null, asOf, localRemark: null, days };
  }
  const withLocal = calendar.withLocalDays();
  for (let day: LocalDay = first; day.startsWith(month); day = addDays(day, 1)) {
    const { year, published, address, amends } = calendar.noticeFor(day)!;
    days.push({
      day,
      rest: calendar.isRest(day),
      why: withLocal.why(day),
      notice: { year, published, address, amends },
    });
  }
  return {
    month,
    covered,
    version: calendar.version,
    asOf,
    localRemark: localRemark(calendar, month.slice(0, 4)),
    days,
  };
}

function localRemark(calendar: Calendar, year: string): string | null {
  if (calendar.localName === null) return null;
  const source = calendar.localSource(year);
  return source === null
    ? `${year}年${calendar.localName}地方放假日未掌握`
    : `${year}年${calendar.localName}地方放假日依据：${source}`;
}
