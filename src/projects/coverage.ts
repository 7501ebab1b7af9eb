import { addDays, dayNumber, epochOf, type LocalDay } from '../model/day.ts';
import { plainDay, plainSpan } from '../model/day-words.ts';
import type { Policy } from '../model/policy.ts';
import type { CoverageSpan } from '../model/run.ts';
import { compare } from './identity.ts';

export type MediaRule = keyof Policy['designatedMedia'];

/** One column that must have been read, or any of several that carry the same notices. */
interface Carrier {
  name: string;
  /** `source/channel` */
  anyOf: string[];
}

/**
 * Which columns of a designated medium would show the publicity, or hide it under another heading.
 * yn_ccgp asks for a captcha from its second page on; yn_ggzy mirrors it whole, a column a class, so either proves.
 */
const YN_CCGP: Carrier[] = [
  ['采购公告', 'mirror_tender'],
  ['更正公告', 'mirror_change'],
  ['单一来源公示', 'mirror_single'],
  ['采购结果公告', 'mirror_result'],
].map(([column, mirror]) => ({
  name: `云南省政府采购网${column}（列表或其镜像）`,
  anyOf: ['yn_ccgp/list', `yn_ggzy/${mirror}`],
}));
const HH_FINANCE: Carrier[] = [{ name: '红河州财政局政府采购信息栏', anyOf: ['hh_finance/zfcg'] }];
const KY_GOV_PROCUREMENT: Carrier[] = [{ name: '开远市人民政府网政府采购栏', anyOf: ['ky_gov/zfcg'] }];
const YN_GGZY_PROCUREMENT: Carrier[] = [
  { name: '云南省公共资源交易信息网政府采购结果公告', anyOf: ['yn_ggzy/zfcg_result'] },
  { name: '云南省公共资源交易信息网政府采购更正公告', anyOf: ['yn_ggzy/zfcg_change'] },
];

const CARRIERS: Record<MediaRule, Record<string, Carrier[]>> = {
  'TB-CAND-3D': {
    yn_ggzy: [
      { name: '云南省公共资源交易信息网中标候选人公示', anyOf: ['yn_ggzy/gcjs_candidate'] },
      // 中标候选人公示 has been met under 变更公告, 评标结果公示 under 中标结果.
      { name: '云南省公共资源交易信息网变更公告', anyOf: ['yn_ggzy/gcjs_change'] },
      { name: '云南省公共资源交易信息网中标结果公告', anyOf: ['yn_ggzy/gcjs_result'] },
    ],
    ky_gov: [{ name: '开远市人民政府网工程建设栏', anyOf: ['ky_gov/gcjs'] }],
  },
  'KY-GP-3D': {
    hh_finance: HH_FINANCE,
    yn_ccgp: YN_CCGP,
    ky_gov: KY_GOV_PROCUREMENT,
    yn_ggzy: YN_GGZY_PROCUREMENT,
  },
  'GP-SS-5WD': {
    hh_finance: HH_FINANCE,
    yn_ccgp: YN_CCGP,
    ky_gov: KY_GOV_PROCUREMENT,
    yn_ggzy: YN_GGZY_PROCUREMENT,
  },
};

/**
 * Columns (`source/channel`) of the designated media in which a publicity would have stood;
 * null where the operator designated a medium that no table knows.
 */
export function carryingColumns(rule: MediaRule, media: Policy['designatedMedia']): string[] | null {
  const carriers = media[rule].map((source) => CARRIERS[rule][source]);
  if (carriers.some((known) => known === undefined)) return null;
  return [...new Set(carriers.flatMap((known) => known ?? []).flatMap((carrier) => carrier.anyOf))];
}

/** The days over which a missing publicity would have to have been seen, both included. */
export interface Window {
  from: LocalDay;
  to: LocalDay;
}

/**
 * Why absence cannot be concluded, in words for the reader; null where it can: every designated medium's columns were
 * read without a gap over the window by runs that ended after its last day. An earlier run proves nothing, because a page
 * may be put up later than the day it bears.
 */
export function coverageGap(
  rules: readonly MediaRule[],
  media: Policy['designatedMedia'],
  spans: readonly CoverageSpan[],
  window: Window,
): string | null {
  const index = indexOf(spans);
  return remembered(answersOf(index, rules, media), window, () => {
    const carriers = new Map<string, Carrier>();
    for (const rule of rules) {
      for (const source of media[rule]) {
        for (const carrier of CARRIERS[rule][source] ?? unlisted(source, index)) carriers.set(carrier.name, carrier);
      }
    }
    if (carriers.size === 0) return '没有配置指定发布媒介，无法认定没有公示';
    return gapsOf([...carriers.values()], index, window);
  });
}

/**
 * The same for columns named outright: each group must be proven by one of its columns (`source/channel`).
 * Null where nothing stands in the way.
 */
export function columnsGap(groups: readonly string[][], spans: readonly CoverageSpan[], window: Window): string | null {
  const index = indexOf(spans);
  return remembered(answersOf(index, groups, NO_MEDIA), window, () =>
    gapsOf(
      groups.map((anyOf) => ({ name: `栏目 ${anyOf.join(' 或 ')} `, anyOf })),
      index,
      window,
    ),
  );
}

function gapsOf(carriers: readonly Carrier[], index: SpanIndex, window: Window): string | null {
  const gaps = carriers.flatMap((carrier) => gapOf(carrier, index, window) ?? []);
  return gaps.length === 0 ? null : gaps.join('；');
}

/** Answers to one question, by the window's last day and its first. */
type Answers = Map<LocalDay, Map<LocalDay, string | null>>;

/** Of a question that asks for no media. */
const NO_MEDIA = {};

/** Last days kept of one question: those of a hundred years. */
const REMEMBERED = 36_500;

/** Of a million projects thousands ask for the same weeks. */
function remembered(answers: Answers, { from, to }: Window, answer: () => string | null): string | null {
  let known = answers.get(to);
  if (known === undefined) {
    if (answers.size >= REMEMBERED) answers.clear();
    answers.set(to, (known = new Map()));
  }
  let told = known.get(from);
  if (told === undefined) known.set(from, (told = answer()));
  return told;
}

/** What is asked is known by the object that asks it: the tables' own lists, and the operator's media. */
function answersOf({ answers }: SpanIndex, asked: object, media: object): Answers {
  let ofMedia = answers.get(media);
  if (ofMedia === undefined) answers.set(media, (ofMedia = new WeakMap()));
  let known = ofMedia.get(asked);
  if (known === undefined) ofMedia.set(asked, (known = new Map()));
  return known;
}

/** A medium that the operator designated and no table knows: all its columns that were ever read. */
function unlisted(source: string, index: SpanIndex): Carrier[] {
  const columns = [...index.columns.keys()].filter((column) => column.startsWith(`${source}/`)).sort();
  if (columns.length === 0) return [{ name: `来源 ${source}`, anyOf: [] }];
  return columns.map((column) => ({
    name: `来源 ${source} 的栏目 ${column.slice(source.length + 1)}`,
    anyOf: [column],
  }));
}

function gapOf(carrier: Carrier, index: SpanIndex, { from, to }: Window): string | null {
  const known = carrier.anyOf.flatMap((column) => index.columns.get(column) ?? []);
  if (known.length === 0) return `${carrier.name}尚未完整采集过`;
  const end = epochOf(addDays(to, 1));
  if (!known.some((column) => column.lastFinished >= end)) return `${carrier.name}在${plainDay(to)}之后尚无完整采集`;
  const after = known.flatMap((column) => reaching(column, from, to)).filter((span) => span.finishedAt >= end);
  const missing = uncovered(after, from, to);
  if (missing === null) return null;
  return `${carrier.name}${plainSpan(missing.from, missing.to)}的公告在${plainDay(to)}之后未完整采集`;
}

/** First stretch of the window that no span reaches. */
function uncovered(spans: readonly CoverageSpan[], from: LocalDay, to: LocalDay): Window | null {
  const sorted = [...spans].sort((a, b) => compare(a.from ?? '', b.from ?? ''));
  let next = from;
  for (const span of sorted) {
    if (next > to) return null;
    if (span.from !== null && span.from > next)
      return { from: next, to: span.from <= to ? addDays(span.from, -1) : to };
    if (span.to >= next) next = addDays(span.to, 1);
  }
  return next > to ? null : { from: next, to };
}

// ---------------------------------------------------------------- spans by column and month

/** Spans of one column: years of daily runs are asked for a few weeks at a time, once for every project. */
interface Column {
  lastFinished: number;
  byMonth: Map<string, CoverageSpan[]>;
  /** Spans that are open at the beginning or longer than a year. */
  wide: CoverageSpan[];
}

interface SpanIndex {
  /** By `source/channel`. */
  columns: Map<string, Column>;
  /** What was asked of these spans before, by media and question. */
  answers: WeakMap<object, WeakMap<object, Answers>>;
}

const indexes = new WeakMap<readonly CoverageSpan[], SpanIndex>();

function indexOf(spans: readonly CoverageSpan[]): SpanIndex {
  let index = indexes.get(spans);
  if (index === undefined) {
    index = { columns: new Map(), answers: new WeakMap() };
    for (const span of spans) add(index.columns, span);
    indexes.set(spans, index);
  }
  return index;
}

function add(columns: SpanIndex['columns'], span: CoverageSpan): void {
  const key = `${span.sourceId}/${span.channelId}`;
  const column = columns.get(key) ?? { lastFinished: 0, byMonth: new Map<string, CoverageSpan[]>(), wide: [] };
  columns.set(key, column);
  column.lastFinished = Math.max(column.lastFinished, span.finishedAt);
  if (span.from === null || dayNumber(span.to) - dayNumber(span.from) > 366) {
    column.wide.push(span);
    return;
  }
  for (const month of monthsOf(span.from, span.to))
    column.byMonth.set(month, [...(column.byMonth.get(month) ?? []), span]);
}

function reaching(column: Column, from: LocalDay, to: LocalDay): CoverageSpan[] {
  return [...new Set([...column.wide, ...monthsOf(from, to).flatMap((month) => column.byMonth.get(month) ?? [])])];
}

function monthsOf(from: LocalDay, to: LocalDay): string[] {
  const months: string[] = [];
  let [year, month] = from.split('-').map(Number) as [number, number];
  for (let name = from.slice(0, 7); name <= to.slice(0, 7);) {
    months.push(name);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    name = `${year}-${String(month).padStart(2, '0')}`;
  }
  return months;
}
