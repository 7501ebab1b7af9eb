import type { LocalDay, LocalMoment } from '../model/day.ts';
import type { StatedPeriod } from '../model/notice.ts';
import { findDates, readDate, readPeriod } from './dates.ts';
import { found } from './found.ts';
import type { Found } from './found.ts';
import type { Label } from './label.ts';
import type { Cell, Pair } from './pairs.ts';
import { isOrganisation } from './parties.ts';

type When = LocalDay | LocalMoment;

/** Dates behind labels of one kind, in the page's order. */
export function datesOf(pairs: readonly Pair[], label: Label, confidence: number): Found<When>[] {
  return pairs
    .filter((pair) => pair.label === label)
    .flatMap((pair) => {
      const value = readDate(pair.value);
      return value === null
        ? []
        : [found(value, `${pair.words}：${pair.value}`, `label:${label}`, pair.loose ? confidence - 0.05 : confidence)];
    });
}

/** A title with its day and the site's buttons behind it. */
const LONGEST_TITLE_LINE = 300;

/** The day the page gives as its own: 发布时间, or the line under the title with the source's name. */
export function publishDates(pairs: readonly Pair[], cells: readonly Cell[]): Found<When>[] {
  const labelled = datesOf(
    pairs.filter(({ section, part }) => section === 'head' && part !== 'publicity'),
    'published',
    0.9,
  );
  for (const { text: line } of cells.slice(0, 6)) {
    const text = line.slice(0, LONGEST_TITLE_LINE);
    const [first] = findDates(text);
    if (
      first !== undefined &&
      ((first.start < 4 && /来源|打印|浏览|点击|发布/.test(text)) ||
        (first.end === text.length && /(?:公告|公示)[)）]?\s*$/.test(text.slice(0, first.start))))
    ) {
      labelled.unshift(found(first.value, text, 'line-under-title', 0.9));
    }
  }
  return labelled.length > 0 ? labelled : signedAt(cells);
}

/** How far from the end the day stands under the office's name, in cells. */
const FOOT = 8;

/** The day a notice is signed with, under its office's name: 某某中心 ␤ 2019年7月17日. */
function signedAt(cells: readonly Cell[]): Found<When>[] {
  for (const { text } of cells.slice(-FOOT).reverse()) {
    const last = findDates(text.slice(-40)).at(-1);
    if (last === undefined || text.slice(-40).slice(last.end).trim() !== '') continue;
    const before = text.slice(0, text.length - Math.min(40, text.length) + last.start).trim();
    if (before === '' || isOrganisation(before.split(/[\s。；;：:]/).at(-1) ?? ''))
      return [found(last.value.slice(0, 10), text, 'foot', 0.6)];
  }
  return [];
}

/** …前提交响应文件; the moment stands just before it. */
const HANDING_IN = /(?:前|之前)\s*[（(]?(?:提交|递交|上传|送达|报送)/g;
/** Longest way from the moment to the words: （北京时间，下同）. */
const BEFORE = 48;

/**
 * When answers are opened, or handed in where one moment stands for both. A day that one line gives without a clock
 * is read with the clock that another line gives for it.
 */
export function openingOf(pairs: readonly Pair[], cells: readonly Cell[], isTender: boolean): Found<When>[] {
  const readings = datesOf(pairs, 'opening', 0.95);
  if (isTender) {
    readings.push(
      ...datesOf(
        pairs.filter(({ section }) => section === 'opening'),
        'when',
        0.9,
      ),
    );
    readings.push(...datesOf(pairs, 'deadline', 0.85));
    readings.push(
      ...datesOf(
        pairs.filter(({ section }) => section === 'submission'),
        'when',
        0.85,
      ),
    );
    for (const { text, section } of cells) {
      if (section !== 'opening' && section !== 'submission') continue;
      const first = findDates(text)[0];
      if (first !== undefined && first.start < 4 && first.value.length > 10)
        readings.push(found(first.value, text, 'section', 0.85));
    }
    readings.push(...handedInBy(cells), ...inSentences(cells));
  }
  readings.push(...heldOn(cells));
  const best = readings[0];
  if (best === undefined || best.value.length > 10) return readings;
  const exact = readings.find(({ value }) => value.length > 10 && value.startsWith(best.value));
  return exact === undefined ? readings : [exact, ...readings];
}

/** …并于2026年07月23日 09点30分（北京时间）前提交响应文件; lines of a copied page are joined to read it. */
function handedInBy(cells: readonly Cell[]): Found<When>[] {
  const head = cells
    .slice(0, 60)
    .map(({ text }) => text)
    .join('');
  for (const m of head.slice(0, 6000).matchAll(HANDING_IN)) {
    const before = head.slice(Math.max(0, m.index - BEFORE), m.index);
    const last = findDates(before).at(-1);
    if (last !== undefined && !/[。；]/.test(before.slice(last.end)))
      return [found(last.value, before + m[0], 'sentence', 0.85)];
  }
  return [];
}

/** 于2024年4月16日上午9时30分在某中心开标 */
const HELD_ON =
  /于\s?(?=20\d{2})([^。；\n]{8,40}?)(?:在|进行|公开|组织|准时|如期)[^。；\n]{0,40}?(?:开标|开启|磋商|谈判)/;

function heldOn(cells: readonly Cell[]): Found<When>[] {
  for (const { text } of cells.slice(0, 20)) {
    const m = HELD_ON.exec(text.slice(0, 600));
    const first = m?.[1] === undefined ? undefined : findDates(m[1])[0];
    if (m !== null && first?.start === 0) return [found(first.value, m[0], 'sentence:held', 0.75)];
  }
  return [];
}

const DEADLINE_WORDS = /(?:截止时间|截标时间|开标时间|开启时间)[^\d。；\n]{0,30}(?=\d)/g;
/** Other deadlines of a call: papers, questions, deposits. */
export const OTHER_DEADLINE = /获取|下载|报名|质疑|澄清|疑问|异议|保证金|缴纳|到账|购买|发售|领取|资格预审/;

/** 5.1 投标文件递交的截止时间（投标截止时间，下同）为2026年4月8日9时00分 */
function inSentences(cells: readonly Cell[]): Found<When>[] {
  return cells.flatMap(({ text, section }, at) => {
    if (section === 'documents' || !/截止时间|截标时间|开标时间|开启时间/.test(text)) return [];
    const words = `${text.slice(0, 2000)}${cells[at + 1]?.text.slice(0, 40) ?? ''}`;
    return [...words.matchAll(DEADLINE_WORDS)].flatMap((m) => {
      if (OTHER_DEADLINE.test(words.slice(Math.max(0, m.index - 14), m.index) + m[0])) return [];
      const first = findDates(words.slice(m.index + m[0].length, m.index + m[0].length + 40))[0];
      return first === undefined || first.start > 0 ? [] : [found(first.value, m[0], 'sentence', 0.8)];
    });
  });
}

/** A period of candidates ends in the notice that publicises them; elsewhere it is quoted. */
const QUOTED = /候选(?:人|供应商)?.{0,4}(?:公示时间|公示期|公示日期)|已于|曾于/;
const PROSE =
  /公示(?:期|时间|期限|期间|起止时间)?(?:(?:为|自|从|是|：|:)\s*|(?<=期|限)(?=[一二三五七十\d]{1,2}\s?(?:个工作日|个?日历天|[日天])))([^。；\n]{2,70})|(?:自|于)([^。；\n]{8,60})(?:进行|予以)?公示/g;

/**
 * Publicity periods as the page states them, best first: label with a range, start and end apart, only an end, a
 * number of days, and the same in running text.
 */
export function publicityOf(pairs: readonly Pair[], cells: readonly Cell[], quotes: boolean): Found<StatedPeriod>[] {
  const readings: Found<StatedPeriod>[] = [];
  const start = pairs.find(({ label }) => label === 'publicityStart');
  const end = pairs.find(({ label }) => label === 'publicityEnd');
  for (const pair of pairs) {
    if (pair.label !== 'publicity' || (quotes && QUOTED.test(pair.words))) continue;
    const words = continued(cells, pair);
    const period = readPeriod(words);
    if (period !== null) readings.push(found(period, `${pair.words}：${words}`, 'label:publicity', 0.95));
  }
  if (start !== undefined || end !== undefined) {
    const to = end === undefined ? null : readDate(end.value);
    const from = start === undefined ? null : readDate(start.value);
    const words = [start, end]
      .flatMap((pair) => (pair === undefined ? [] : [`${pair.words}：${pair.value}`]))
      .join('；');
    if (to !== null || from !== null)
      readings.push(found({ from, to, workdays: null, days: null, words }, words, 'label:publicityEnd', 0.95));
  }
  if (readings.length === 0 && !quotes) readings.push(...inProse(cells));
  return readings.sort((a, b) => completeness(b.value) - completeness(a.value));
}

function completeness({ from, to, workdays, days }: StatedPeriod): number {
  return (from === null ? 0 : 2) + (to === null ? 0 : 3) + (workdays === null && days === null ? 0 : 1);
}

/** A period torn over cells (2026年03月17日 ␤ 至 ␤ 2026年03月23日) is read on until its second date. */
function continued(cells: readonly Cell[], pair: Pair): string {
  let words = pair.value;
  for (let at = pair.valueAt + 1; at < pair.valueAt + 4; at++) {
    const next = cells[at];
    if (next === undefined || next.label !== null || next.text === '' || findDates(words).length >= 2) break;
    const reaches = /(?:至|到|-|—|~)\s*$/.test(words) || /^(?:至|到|-|—|~|日)/.test(next.text);
    if (!reaches || next.text.length > 40) break;
    words += next.text;
  }
  return words;
}

function inProse(cells: readonly Cell[]): Found<StatedPeriod>[] {
  const text = cells
    .map(({ text: one }) => one)
    .join('\n')
    .slice(0, 60_000);
  for (const m of text.matchAll(PROSE)) {
    const words = m[1] ?? m[2] ?? '';
    if (!/\d|[一二三五七十]/.test(words) || /提出|书面|联系/.test(words.slice(0, 12))) continue;
    const period = readPeriod(words);
    if (period !== null) return [found(period, m[0], 'sentence', 0.8)];
  }
  return [];
}
