import type { NoticeFields } from '../model/notice.ts';
import { codeKey } from '../notices/codes.ts';

/** One code of a notice, normalised, its lot suffix and round mark taken off. */
export interface CodeMark {
  key: string;
  printed: string;
  main: boolean;
  /** Long enough that two buyers hardly share it by chance. */
  strong: boolean;
  /** 投资项目代码: one for the whole investment; design, works and supervision are tendered apart under it. */
  investment: boolean;
}

const INVESTMENT = /^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}/;

/** YNZC2026: what is left of a code that a page has broken off says which scheme numbered it, not what. */
const SCHEME_AND_YEAR = /^[^\d]+(?:19|20)\d\d$/;

/** 土地公告号 in a title: 开自然资告字〔2026〕4号. */
const LAND_NUMBER = /\p{Script=Han}{2,10}[〔【[(]\d{4}[〕】\])]第?\d{1,4}号/gu;

/**
 * Every code that a notice prints, the main ones first. Two codes in one cell (、 ； ,) are two codes;
 * both count as main, because either may be the only one on another page.
 */
export function codesOf(fields: NoticeFields): CodeMark[] {
  const main = split(fields.projectCode ?? '');
  const numbers = fields.track === 'land' ? (fields.title.normalize('NFKC').match(LAND_NUMBER) ?? []) : [];
  const others = [...fields.codes.flatMap(split), ...numbers].filter((code) => !main.includes(code));
  const marks = new Map<string, CodeMark>();
  for (const [printed, isMain] of [...main.map((c) => [c, true] as const), ...others.map((c) => [c, false] as const)]) {
    const mark = markOf(printed, isMain);
    if (mark !== null && !marks.has(mark.key)) marks.set(mark.key, mark);
  }
  return [...marks.values()];
}

/** Land parcels go by codes too, without suffixes: 开2016-05号 and 开2016-5号 are two parcels until a clerk says otherwise. */
export function parcelKey(code: string): string {
  return codeKey(code) ?? '';
}

/**
 * Same series, other number: YNZC2026-G1-04457-YNHH… and YNZC2026-G1-04461-YNKY… are two purchases of one scheme,
 * handled by two agencies, whereas a platform's code and the body's code of one purchase look different.
 */
export function siblingCodes(a: string, b: string): boolean {
  return a !== b && a.length === b.length && seriesOf(a) === seriesOf(b);
}

/** The scheme's letters, then where digits and where the agency's letters stand. */
function seriesOf(key: string): string {
  const scheme = /^[^\d]*/.exec(key)![0];
  return scheme + key.slice(scheme.length).replace(/\d/g, '9').replace(/[A-Z]/g, 'A');
}

function split(cell: string): string[] {
  return cell
    .normalize('NFKC')
    .split(/[、;,，；]|\s{2,}/)
    .map((code) => code.trim())
    .filter((code) => code !== '');
}

function markOf(printed: string, main: boolean): CodeMark | null {
  const investment = INVESTMENT.test(printed);
  const key = codeKey(withoutSuffix(printed));
  if (key === null || key.length < 4 || !/\d/.test(key) || SCHEME_AND_YEAR.test(key)) return null;
  const digits = key.replace(/\D/g, '').length;
  return { key: sectionless(key), printed, main, strong: key.length >= 10 && digits >= 6, investment };
}

/**
 * Takes off round and lot marks: (二次), 第2包, -1.
 * A number after a year (洛采竞磋-2026-28, 政采-2026-3) is the code's own, not a suffix.
 */
function withoutSuffix(code: string): string {
  const bare = code
    .replace(/[(（[【]?第?[一二三四五六七八九十\d]+次(招标|采购)?[)）\]】]?$/, '')
    .replace(
      /[(（[【]?(第?[一二三四五六七八九十\d]{1,2}(包|标段|标项)|(采购包|标项|标段|包)[号]?[一二三四五六七八九十\d]{1,2})[)）\]】]?$/,
      '',
    )
    .replace(/(\d{4}-\d{6}-\d{2}-\d{2}-\d{6})-\d{3}$/, '$1')
    .replace(/[\s-]+$/, '');
  return /(?:^|\D)(?:19|20)\d\d-[1-9]$/.test(bare) ? bare : bare.replace(/(\d{3}|号)-[1-9]$/, '$1');
}

/** 标段编号 of the national data standard: 20 characters of the tender project and 3 digits of the section. */
function sectionless(key: string): string {
  return /^[A-Z]{1,2}\d{21,22}$/.test(key) && key.length === 23 ? key.slice(0, 20) : key;
}
