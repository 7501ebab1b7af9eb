import { foldWidth } from './text.ts';

export interface LotName {
  /** "1", "2" … */
  id: string;
  /** As printed: 第一包, 标项二, 采购包1. */
  name: string;
}

const DIGITS = '零一二三四五六七八九';
const ROMAN = ['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ', 'Ⅵ', 'Ⅶ', 'Ⅷ', 'Ⅸ', 'Ⅹ'];
const NUMBER = '(\\d{1,3}|[一二三四五六七八九十]{1,3}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|(?<![A-Za-z\\d])[A-Z](?![A-Za-z\\d]))';
const WORD = '(?:采购包|合同包|分包|包件|包组|标包|标段|标项|品目包|包)';
const BEFORE = new RegExp(`(?:第\\s?)?${NUMBER}\\s?(?:号)?\\s?${WORD}(?!括|含|装|干|裹|络|件?供应商|个)`, 'g');
const BEHIND = new RegExp(`${WORD}\\s?(?:号)?[:：]?\\s?(?:第)?${NUMBER}(?![\\d.]|[个家年月日元万])`, 'g');

/** A、D、E、F包 · 第1、2、3标段 · 1-3包 */
const LIST = new RegExp(`(?:第\\s?)?(${NUMBER}(?:\\s?[、,，和及]\\s?(?:第)?${NUMBER})+)\\s?(?:号)?\\s?(${WORD})`, 'g');

/** 3, 三, 十二, 003, Ⅲ, C → "3", "3", "12", "3", "3", "C". Null: no number. */
export function lotNumber(text: string): string | null {
  const word = text.trim();
  if (/^\d{1,3}$/.test(word)) return Number(word) === 0 ? null : String(Number(word));
  const roman = ROMAN.indexOf(word);
  if (roman >= 0) return String(roman + 1);
  if (/^[A-Z]$/.test(word)) return word;
  if (!/^[一二三四五六七八九十]{1,3}$/.test(word)) return null;
  if (!word.includes('十')) return word.length === 1 ? String(DIGITS.indexOf(word)) : null;
  const [tens = '', ones = ''] = word.split('十');
  return String((tens === '' ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones)));
}

/** Every lot that a text names, each once, in order: 第一包, 二标段, 标项三, 采购包1, Ⅱ标段. */
export function lotsIn(text: string): LotName[] {
  if (!/包|标段|标项/.test(text)) return [];
  // NFKC would turn Ⅱ into II, so only digits and brackets are folded.
  const folded = text.replace(/[０-９（）：]/g, (c) => foldWidth(c));
  const found: (LotName & { at: number })[] = [];
  for (const pattern of [BEFORE, BEHIND]) {
    for (const m of folded.matchAll(pattern)) {
      const id = lotNumber(m[1] ?? '');
      if (id !== null) found.push({ id, name: m[0].trim(), at: m.index });
    }
  }
  for (const m of folded.matchAll(LIST)) {
    for (const word of (m[1] ?? '').split(/[、,，和及第\s]+/)) {
      const id = lotNumber(word);
      if (id !== null) found.push({ id, name: `${word}${m.at(-1) ?? ''}`, at: m.index });
    }
  }
  found.sort((a, b) => a.at - b.at || b.name.length - a.name.length);
  const seen = new Map<string, LotName>();
  for (const { id, name } of found) if (!seen.has(id)) seen.set(id, { id, name });
  return [...seen.values()];
}

/** The lot of a cell that holds nothing else (1, 001, 第一包, 采购包1(某项目)): null where it names none. */
export function lotOfCell(cell: string): LotName | null {
  const text = cell.trim();
  const bare = lotNumber(text);
  if (bare !== null) return { id: bare, name: text };
  return text.length <= 60 ? (lotsIn(text)[0] ?? null) : null;
}

const OPENS =
  /^(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*)?(?:第\s?[一二三四五六七八九十\d]{1,2}\s?(?:包|标段|标项)|(?:采购包|合同包|标项|标段|包号|包)\s?[：:]?\s?[一二三四五六七八九十\d]{1,2}(?![\d.])|(?:[一二三四五六七八九十\d]{1,2}|[A-Z])\s?(?:标段|号包|包)(?:[:：（(]|$))/;

/** The lot whose part of the notice a line opens: 采购包1(某项目)：, 第一包, 标项二. Null: the line opens none. */
export function lotHeading(line: string): LotName | null {
  return line.length <= 60 && OPENS.test(line) ? (lotsIn(line)[0] ?? null) : null;
}
