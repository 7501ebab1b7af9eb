import { z } from 'zod';

import type { Calendar } from '../../compliance/calendar.ts';
import { addDays, isLocalDay } from '../../model/day.ts';
import type { LocalDay } from '../../model/day.ts';
import type { ApiContext, ApiInstance, SettingsInForce } from '../context.ts';
import { wrongParameter } from '../failures.ts';
import { calendarMonth } from '../schemas.ts';
import type { CalendarMonthReply } from '../schemas.ts';
import { FAILURES } from './route.ts';

export function calendarRoutes(app: ApiInstance, context: ApiContext): void {
  app.get(
    '/api/calendar/:month',
    {
      schema: {
        summary: '一个月的工作日与休息日，按核查所用的日历',
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
      const asOf = request.query.asOf ?? null;
      const { calendar, held } = await context.settingsInForce();
      return {
        ...monthOf(calendar, month, asOf),
        held: heldOf(calendar, held, asOf === null ? month : null),
      };
    },
  );
}

/**
 * The days of a month, each with its reason and the notice that decides it, as the calendar in force stands or as it stood at the
 * end of a day. A month that no notice covers has none.
 */
function monthOf(current: Calendar, month: string, asOf: LocalDay | null): Omit<CalendarMonthReply, 'held'> {
  const calendar = asOf === null ? current : current.knownOn(asOf);
  const days: CalendarMonthReply['days'] = [];
  const covered = calendar?.covers(`${month}-01`) === true;
  if (calendar === null || !covered) {
    return { month, covered, version: calendar?.version ?? null, asOf, localRemark: null, days };
  }
  for (const day of daysOf(month)) {
    const { year, published, address, amends } = calendar.noticeFor(day)!;
    days.push({
      day,
      ...restOf(calendar, day),
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

/** `month`: null where the calendar of an earlier day is asked for, which an edit does not change. */
function heldOf(calendar: Calendar, held: SettingsInForce['held'], month: string | null): CalendarMonthReply['held'] {
  const edited = held?.files?.calendar ?? null;
  if (held === null || edited === null || edited.digest === calendar.digest) return null;
  if (month === null) return { words: held.words, localRemark: null, days: [] };
  const remark = localRemark(edited, month.slice(0, 4));
  return {
    words: held.words,
    localRemark: remark === localRemark(calendar, month.slice(0, 4)) ? null : remark,
    days: editedDays(calendar, edited, month),
  };
}

/** Days of which the operator's edited files say something else than the calendar in force. */
function editedDays(
  inForce: Calendar,
  edited: Calendar,
  month: string,
): { day: LocalDay; rest: boolean; why: string }[] {
  if (!edited.covers(`${month}-01`)) return [];
  const isThere = inForce.covers(`${month}-01`);
  return daysOf(month)
    .map((day) => ({ day, ...restOf(edited, day) }))
    .filter(({ day, rest, why }) => {
      const now = isThere ? restOf(inForce, day) : null;
      return now?.rest !== rest || now.why !== why;
    });
}

/** Local days off are named, and rest only where a rule is counted with them. */
function restOf(calendar: Calendar, day: LocalDay): { rest: boolean; why: string } {
  return { rest: calendar.isRest(day), why: calendar.withLocalDays().why(day) };
}

function daysOf(month: string): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day: LocalDay = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  return days;
}

function localRemark(calendar: Calendar, year: string): string | null {
  if (calendar.localName === null) return null;
  const source = calendar.localSource(year);
  return source === null
    ? `${year}年${calendar.localName}地方放假日未掌握`
    : `${year}年${calendar.localName}地方放假日依据：${source}`;
}
