import { isLocalDay, momentOf } from '../model/day.ts';
import type { LocalDay, LocalMoment } from '../model/day.ts';
import type { StatedPeriod } from '../model/notice.ts';
import { foldWidth, tidy } from './text.ts';

/** A date found in a text: where it begins and ends there. */
interface FoundDate {
  value: LocalDay | LocalMoment;
  start: number;
  end: number;
}

const CLOCK =
  '(?:[\\sT,-]{0,4}(?:\\([^)\\d]{0,6}\\)|北京时间)?\\s?(上午|下午|晚上|中午)?\\s?(\\d{1,2}|[一二三四五六七八九十]{1,3})\\s?[:时点]\\s?(?:(\\d{1,2}|[一二三四五六七八九十]{1,3}|半)\\s?分?(?:[:]?\\s?\\d{1,2}(?:\\.\\d+)?秒?)?)?\\s?(Z|[+-]\\d{2}:?\\d{2}(?!\\d))?)?';
const PUNCTUATED = new RegExp(
  `(?<!\\d)((?:19|20)\\d{2})\\s?[年\\-/.]\\s?(\\d{1,2})\\s?[月\\-/.]\\s?(\\d{1,2})(?!\\d)\\s?[日号]?${CLOCK}`,
  'g',
);
const COMPACT =
  /(?<![\dA-Za-z-])(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)(?:[0-5]\d)?(?!\d)|(?!\d)(?:\s?-\s?(\d{1,2}):(\d{2})(?::\d{2})?)?)/g;
/** 2020-10-3013:03: day and clock without a blank. */
const GLUED = /(?<!\d)(20\d{2})[-/](\d{2})[-/](\d{2})(\d{2})\s?[:时点]\s?(\d{2})(?::\d{2})?(?!\d)/g;
const ENGLISH =
  /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (\d{1,2}), (20\d{2})(?: (\d{1,2}):(\d{2})(?::\d{2})?(?: ([AP]M))?)?/g;
const EPOCH_MS = /^\s*1[0-9]\d{11}\s*$/;
const CHINESE = new RegExp(
  `([二][〇零○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日${CLOCK}`,
  'g',
);
/** Cheap, and false for most cells. */
const MAY_BE_DATE = /[\d０-９]{4}|二[〇零○]/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const HAN_DIGITS = '〇一二三四五六七八九';

/**
 * Every date or moment of a text, in order. Met on real pages: 2026年07月12日 09点30分, 2026-03-16T09:30:00 (with zone),
 * 2016/12/16, 20260313 - 09:30:00, 20260414090000, Mar 16, 2026, epoch milliseconds, 二〇二六年三月十六日.
 * 24时 is the last minute of the day. Days that the calendar does not have are passed over.
 */
export function findDates(text: string): FoundDate[] {
  if (!MAY_BE_DATE.test(text)) return [];
  const folded = foldWidth(text);
  if (EPOCH_MS.test(folded)) return [{ value: momentOf(Number(folded)), start: 0, end: text.length }];
  const found: FoundDate[] = [];
  for (const m of folded.matchAll(PUNCTUATED)) {
    found.push(...at(m, join(m[1], m[2], m[3]), clock(m[5], m[6], m[4]), m[7]));
  }
  for (const m of folded.matchAll(COMPACT)) {
    found.push(...at(m, join(m[1], m[2], m[3]), clock(m[4] ?? m[6], m[5] ?? m[7], undefined), undefined));
  }
  if (/\d{4}\s?[:时点]/.test(folded)) {
    for (const m of folded.matchAll(GLUED))
      found.push(...at(m, join(m[1], m[2], m[3]), clock(m[4], m[5], undefined), undefined));
  }
  if (/[A-Z][a-z]{2}/.test(folded)) {
    for (const m of folded.matchAll(ENGLISH)) {
      const month = String(MONTHS.indexOf(m[1] ?? '') / 3 + 1);
      found.push(...at(m, join(m[3], month, m[2]), clock(m[4], m[5], m[6] === 'PM' ? '下午' : undefined), undefined));
    }
  }
  if (folded.includes('二')) {
    for (const m of folded.matchAll(CHINESE))
      found.push(...at(m, join(hanYear(m[1]), hanNumber(m[2]), hanNumber(m[3])), clock(m[5], m[6], m[4]), m[7]));
  }
  return found.sort((a, b) => a.start - b.start);
}

/** First date of a text, with its clock where it has one. */
export function readDate(text: string): LocalDay | LocalMoment | null {
  return findDates(text)[0]?.value ?? null;
}

/** First date of a text, as a day. */
export function readDay(text: string): LocalDay | null {
  return readDate(text)?.slice(0, 10) ?? null;
}

/**
 * A publicity period as printed: a range, only an end (公示截止期), a number of days or working days, or several of
 * these. `endOnly`: the label says that the date given is the last. Null where nothing of it can be read.
 */
export function readPeriod(text: string, endOnly = false): StatedPeriod | null {
  const words = tidy(text).replace(/\s+/g, ' ').trim().slice(0, 200);
  const folded = foldWidth(words);
  const dates = findDates(folded);
  const [first] = dates;
  let from: StatedPeriod['from'] = null;
  let to: StatedPeriod['to'] = null;
  if (first !== undefined) {
    const second = dates[1] ?? shortEnd(folded, first);
    if (second !== undefined && isRange(folded.slice(first.end, second.start))) {
      from = first.value;
      to = second.value;
    } else if (
      endOnly ||
      /(?:截止|止|至|到)[^\d]{0,6}$/.test(folded.slice(0, first.start)) ||
      /^[^\d]{0,3}(?:止|截止|前)/.test(folded.slice(first.end))
    ) {
      to = first.value;
    } else {
      from = first.value;
    }
  }
  const count = countOf(folded);
  if (from === null && to === null && count === null) return null;
  if (from !== null && to !== null && from.slice(0, 10) > to.slice(0, 10)) return null;
  return { from, to, workdays: count?.workdays ?? null, days: count?.days ?? null, words };
}

const HAN_COUNT = '一二三四五六七八九十';

/** 3个工作日, 三日, 3天, 3个日历天 */
function countOf(text: string): { workdays: number | null; days: number | null } | null {
  const m =
    /(?<![\d年月:.第-])(\d{1,2}|[一二两三四五六七八九十])\s?[(]?(?:\d|[一二三四五六七八九十])?[)]?\s?(个工作日|工作日|个日历[天日]|日历[天日]|个自然日|自然日|天|日)(?!\d|前|内提出|起)/.exec(
      text,
    );
  if (m === null) return null;
  const word = m[1] ?? '';
  const n = /\d/.test(word) ? Number(word) : word === '两' ? 2 : HAN_COUNT.indexOf(word) + 1;
  if (n < 1 || n > 30) return null;
  return m[2]?.includes('工作日') === true ? { workdays: n, days: null } : { workdays: null, days: n };
}

function isRange(between: string): boolean {
  return between.length <= 16 && /^[^\d。;]*(?:至|到|-|~|—|―)[^\d。;]*$/.test(between.replaceAll('起', ''));
}

/** 2026年03月30日至04月02日, 2026年3月16日至18日: the second date leaves out what it shares with the first. */
function shortEnd(text: string, first: FoundDate): FoundDate | undefined {
  const rest = text.slice(first.end);
  const m =
    /^[^\d。;]{0,8}?(?:至|到|-|~|—)\s?(?:(\d{1,2})\s?月\s?)?(\d{1,2})\s?日(?:\s?(\d{1,2})\s?[:时点]\s?(\d{1,2})?\s?分?)?/.exec(
      rest,
    );
  if (m === null) return undefined;
  const [year, month] = first.value.split('-');
  const day = join(year, m[1] ?? month, m[2]);
  if (day === null) return undefined;
  const start = first.end + m[0].search(/\d/);
  return at({ index: start, 0: m[0].slice(m[0].search(/\d/)) }, day, clock(m[3], m[4], undefined), undefined)[0];
}

function at(
  m: { index: number; 0: string },
  day: string | null,
  time: string | null,
  zone: string | undefined,
): FoundDate[] {
  if (day === null || !isLocalDay(day)) return [];
  const length = m[0].trimEnd().length;
  return [{ value: zoned(day, time, zone), start: m.index, end: m.index + length }];
}

function zoned(day: string, time: string | null, zone: string | undefined): LocalDay | LocalMoment {
  if (time === null) return day;
  if (time === '24:00') return `${day}T23:59`;
  if (zone === undefined) return `${day}T${time}`;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  return momentOf(Date.parse(`${day}T${time}:00${offset}`));
}

function join(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  if (year === undefined || month === undefined || day === undefined) return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function clock(hour: string | undefined, minute: string | undefined, half: string | undefined): string | null {
  if (hour === undefined) return null;
  let h = numberIn(hour);
  const m = minute === '半' ? 30 : numberIn(minute ?? '0');
  if ((half === '下午' || half === '晚上') && h < 12) h += 12;
  if (h > 24 || m > 59 || (h === 24 && m > 0)) return null;
  return `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
}

/** 9, 九 */
const numberIn = (word: string): number => Number(/^\d/.test(word) ? word : hanNumber(word));

function hanYear(text: string | undefined): string {
  return [...(text ?? '')].map((c) => (c === '零' || c === '○' ? '0' : String(HAN_DIGITS.indexOf(c)))).join('');
}

function hanNumber(text: string | undefined): string {
  const word = text ?? '';
  const [tens, ones] = word.includes('十') ? word.split('十') : ['', word];
  const digit = (c: string | undefined): number =>
    Math.max(0, HAN_DIGITS.indexOf(c === undefined || c === '' ? '〇' : c));
  return String((word.includes('十') ? (tens === '' ? 1 : digit(tens)) * 10 : 0) + digit(ones));
}

const SPLIT_DATE =
  /(?<!\d)2\s{0,3}0\s{0,3}\d\s{0,3}\d\s{0,3}年\s{0,3}\d\s{0,3}\d?\s{0,3}月\s{0,3}\d\s{0,3}\d?\s{0,3}日(?:\s{0,3}(?:上午|下午)?\s{0,3}\d\s{0,2}\d?\s{0,3}[:：时点](?:\s{0,3}\d(?:\s{0,2}\d)?(?:\s{0,3}分)?)?)?/g;

/** Joins dates whose digits a word processor's spans tore apart: 202␤6␤年␤3␤月, 2026年0 4 月20日09 时00分. */
export function mendDates(text: string): string {
  return text.replace(SPLIT_DATE, (date) => date.replace(/\s+/g, ''));
}
