import { dateNames, markName } from '../../model/date-names.ts';
import { plainDay } from '../../model/day-words.ts';
import type { LocalDay } from '../../model/day.ts';
import type { ApiContext } from '../context.ts';
import type { FindingReply } from '../schemas.ts';
import type { SheetPart } from './part.ts';
import { weekDay } from './week-day.ts';

/** The dates of the period, and each of its days with its reason. */
export function countedDays({ counted, computed, days }: FindingReply): SheetPart {
  const title = '逐日核对';
  const dates = dateNames(counted).flatMap(([name, words]): [string, string][] => {
    const day = computed[name];
    return day === undefined ? [] : [[words, weekDay(day)]];
  });
  if (dates.length === 0) return { title, paragraphs: ['本结论不依据期限的计算，没有逐日核对。'] };
  if (days.length === 0) return { title, facts: dates };
  return {
    title,
    facts: dates,
    table: {
      columns: [
        ['日期', 30],
        ['标记', 18],
        ['第几日', 12],
        ['是否休息日', 16],
        ['缘由', 24],
      ],
      rows: days.map((one) => [
        weekDay(one.day),
        markName(counted, one),
        one.n === null ? '' : `第 ${one.n} 日`,
        one.rest ? '休息日' : '工作日',
        one.why,
      ]),
    },
  };
}

/** Which notices of the State Council say which of those days rest. */
export function calendarFacts(context: ApiContext, { calendarVersion, computed, days }: FindingReply): SheetPart {
  const title = '所用日历';
  const span = [...Object.values(computed), ...days.map(({ day }) => day)].toSorted();
  const [from, to] = [span[0], span.at(-1)];
  if (from === undefined || to === undefined)
    return { title, paragraphs: [`日历版本 ${calendarVersion}；本结论不计日期。`] };
  const current = context.desk.calendar;
  const then = current.ofVersion(calendarVersion);
  const calendar = then ?? current;
  return {
    title,
    paragraphs: [
      `日历版本 ${calendarVersion}。` +
        (then === null
          ? `该版本的放假安排已在现行配置中改写，下列为现行版本 ${current.version} 所依据的通知。`
          : '所计日期依据下列放假通知；未列明的日子按普通周末计。'),
      ...localRemarks(calendar.localName, yearsOf(from, to), (year) => calendar.localSource(year)),
    ],
    table: {
      columns: [
        ['年度', 14],
        ['公布日期', 22],
        ['国务院办公厅放假通知', 64],
      ],
      rows: calendar
        .noticesFor(from, to)
        .map(({ year, published, address, amends }) => [
          `${year}年${amends ? '（调整）' : ''}`,
          plainDay(published),
          address === '' ? '网址未收录' : address,
        ]),
    },
  };
}

function localRemarks(name: string | null, years: string[], sourceOf: (year: string) => string | null): string[] {
  if (name === null) return [];
  return years.map((year) => {
    const source = sourceOf(year);
    return source === null
      ? `${year}年${name}地方放假日未掌握，未计入。`
      : `${year}年${name}地方放假日依据：${source}。`;
  });
}

function yearsOf(from: LocalDay, to: LocalDay): string[] {
  const first = Number(from.slice(0, 4));
  const length = Number(to.slice(0, 4)) - first + 1;
  return Array.from({ length }, (_, i) => String(first + i));
}
