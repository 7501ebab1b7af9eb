import { addDays } from '../src/model/day.ts';
import type { FactSheet } from '../src/model/fact-sheet.ts';
import { noticeIdOf } from '../src/projects/fact-notices.ts';

const DAY = /^\d{4}-\d{2}-\d{2}(?=$|T)/;
const PROVINCES = ['云南', '四川', '贵州', '广西', '重庆', '湖南', '湖北', '江西', '陕西', '甘肃', '青海'];
/** Copies lie up to four years before their pattern: the calendar reaches back that far, and every weekday occurs. */
const YEARS = 4;

/** Behind an id, before the number of its copy: it stands in no page and in nothing that a sheet is written with. */
export const MARK = '※';

/** The n-th copy of a project's facts: other ids, other days, other provinces in the names, other amounts. */
export function copyOf(sheet: FactSheet, n: number): FactSheet {
  const shift = -((n * 37) % (YEARS * 365));
  const province = PROVINCES[n % PROVINCES.length]!;
  const factor = 0.5 + (n % 101) / 100;
  const ids = new Set([sheet.projectId, ...sheet.notices.map(([id]) => id)]);
  const mark = (id: string): string => `${id}${MARK}${n}`;
  const said = (text: string): string => {
    if (ids.has(text)) return mark(text);
    const page = noticeIdOf(text);
    if (ids.has(page)) return mark(page) + text.slice(page.length);
    const day = DAY.exec(text)?.[0];
    if (day !== undefined) return addDays(day, shift) + text.slice(day.length);
    return text.replaceAll('云南', province);
  };
  const copied = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return said(value);
    if (typeof value === 'number') return AMOUNTS.has(key) ? Math.round(value * factor * 100) / 100 : value;
    if (Array.isArray(value)) return value.map((item) => copied(item, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copied(part, name)]));
  };
  return copied(sheet, '') as FactSheet;
}

const AMOUNTS = new Set(['budget', 'estimate', 'ceiling', 'amount', 'award']);
