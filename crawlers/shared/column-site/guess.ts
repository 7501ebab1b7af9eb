import type { CheerioAPI } from 'cheerio/slim';

import { resolved } from '../attachments.ts';

type Element = ReturnType<CheerioAPI>;

/** Selectors guessed from a list page, with what they find there. */
export interface ListGuess {
  row: string;
  link: string;
  date: string;
  next: string;
  total: string | undefined;
  rows: { title: string; url: string; date: string }[];
  hasNext: boolean;
  siteTotal: string | null;
}

export interface DetailGuess {
  title: string;
  date: string;
  body: string;
  attachments: string | undefined;
}

const DATE = /(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}/;
const NEXT = /^[\s[【]*(?:下一?页|后一?页|next|›|»|>|&gt;)[\s\]】]*$/i;
const TOTAL = '共\\s*(\\d+)\\s*条';
const FILE = /\.(?:pdf|docx?|xlsx?|rar|zip|wps|zczbj)(?:$|\?)/i;
/** A menu has short words; a notice's title names a project and a kind. */
const SHORTEST_TITLE = 6;
const FEWEST_ROWS = 3;
/** A row and its link lie so many elements apart at most. */
const HIGHEST = 4;

/**
 * Rows are siblings of one kind, each with a link and a date: the largest such family of a list page.
 * Null where there is none: the list is written by a script, or has no dates.
 */
export function guessList($: CheerioAPI, url: string): ListGuess | null {
  const families = new Map<string, { parent: Element; tag: string; rows: Element[] }>();
  for (const anchor of $('a[href]').toArray()) {
    const row = rowAround($, $(anchor));
    if (row === null) continue;
    const parent = row.parent();
    const tag = nameOf(row);
    const key = `${selectorOf($, parent)} ${tag}`;
    const family = families.get(key) ?? { parent, tag, rows: [] };
    family.rows.push(row);
    families.set(key, family);
  }
  const best = [...families.values()].sort((a, b) => b.rows.length - a.rows.length)[0];
  if (best === undefined || best.rows.length < FEWEST_ROWS) return null;
  const [first] = best.rows;
  const link = insideSelector(first!, linkIn($, first!)!);
  const date = insideSelector(first!, dateIn($, first!)!);
  const next = nextLink($);
  const total = new RegExp(TOTAL).exec($.root().text());
  return {
    row: `${selectorOf($, best.parent)} ${best.tag}`,
    link,
    date,
    next: next === null ? 'a:contains("下一页")' : next.selector,
    total: total === null ? undefined : TOTAL,
    rows: best.rows.map((row) => ({
      title: titleOf(row.find(link).first()),
      url: resolved(row.find(link).first().attr('href'), url) ?? '',
      date: DATE.exec(row.find(date).first().text())?.[0] ?? '',
    })),
    hasNext: next?.leads ?? false,
    siteTotal: total?.[1] ?? null,
  };
}

/** Where title, time and body of a notice stand, told by what the list says of it. Null where its title is not there. */
export function guessDetail($: CheerioAPI, row: { title: string; date: string }): DetailGuess | null {
  $('script, style, noscript').remove();
  const wanted = squashed(row.title).replace(/(?:…+|\.{3,})$/, '');
  const all = $('body *')
    .toArray()
    .map((element) => $(element));
  const titled = all.filter(
    (element) => squashed(element.text()) === wanted || squashed(element.text()).startsWith(wanted),
  );
  const title = titled.sort((a, b) => a.text().length - b.text().length || depthOf(b) - depthOf(a))[0];
  if (title === undefined) return null;
  const body = bodyOf($, all, title);
  if (body === null) return null;
  const dated = all.filter(
    (element) => DATE.test(element.text()) && !isWithin(element, body) && !isWithin(body, element),
  );
  const date = dated.sort((a, b) => a.text().length - b.text().length)[0] ?? title;
  const file = $('a[href]')
    .toArray()
    .map((anchor) => $(anchor))
    .find((anchor) => FILE.test(anchor.attr('href') ?? '') && !isWithin(anchor, body));
  return {
    title: selectorOf($, title),
    date: selectorOf($, date),
    body: selectorOf($, body),
    attachments: file === undefined ? undefined : `${selectorOf($, file.parent())} a`,
  };
}

/** The smallest element that holds most of the text behind the title: the notice without the page's frame. */
function bodyOf($: CheerioAPI, all: Element[], title: Element): Element | null {
  const behind = all.filter((element) => !isWithin(title, element) && !isWithin(element, title));
  const lengthOf = (element: Element): number => element.text().trim().length - linkText($, element);
  const most = Math.max(0, ...behind.map(lengthOf));
  const good = behind.filter((element) => lengthOf(element) >= most * 0.8 && element.children().length > 0);
  return good.sort((a, b) => depthOf(b) - depthOf(a))[0] ?? behind.sort((a, b) => lengthOf(b) - lengthOf(a))[0] ?? null;
}

function linkText($: CheerioAPI, element: Element): number {
  return element
    .find('a')
    .toArray()
    .reduce((sum, anchor) => sum + $(anchor).text().length, 0);
}

/** The nearest element around a link that holds a date and no other notice's link. */
function rowAround($: CheerioAPI, anchor: Element): Element | null {
  if (titleOf(anchor).length < SHORTEST_TITLE) return null;
  let row = anchor;
  for (let step = 0; step < HIGHEST; step++) {
    row = row.parent();
    if (row.length === 0 || nameOf(row) === 'body') return null;
    const titled = row
      .find('a[href]')
      .toArray()
      .filter((other) => titleOf($(other)).length >= SHORTEST_TITLE);
    if (titled.length > 1) return null;
    if (DATE.test(row.text()) && dateIn($, row) !== null) return row;
  }
  return null;
}

function linkIn($: CheerioAPI, row: Element): Element | null {
  const found = row
    .find('a[href]')
    .toArray()
    .find((anchor) => titleOf($(anchor)).length >= SHORTEST_TITLE);
  return found === undefined ? null : $(found);
}

/** The innermost element whose text is a date and little else; it is none of the link. */
function dateIn($: CheerioAPI, row: Element): Element | null {
  const found = row
    .find('*')
    .toArray()
    .map((element) => $(element))
    .filter(
      (element) => DATE.test(element.text()) && element.text().trim().length <= 24 && element.closest('a').length === 0,
    )
    .sort((a, b) => depthOf(b) - depthOf(a))[0];
  return found ?? null;
}

function nextLink($: CheerioAPI): { selector: string; leads: boolean } | null {
  const found = $('a')
    .toArray()
    .map((anchor) => $(anchor))
    .find((anchor) => NEXT.test(anchor.text()));
  if (found === undefined) return null;
  const classes = classesOf(found);
  const selector = classes === '' ? `a:contains("${found.text().trim().replace(/["\\]/g, '')}")` : `a${classes}`;
  return { selector, leads: /^(?!javascript:|#|$)/i.test(found.attr('href') ?? '') };
}

function titleOf(anchor: Element): string {
  return (anchor.attr('title') ?? '').trim() || anchor.text().replace(/\s+/g, ' ').trim();
}

/** A selector inside a row: the element's own name and classes, from its table cell on where it stands in one. */
function insideSelector(row: Element, element: Element): string {
  const own = `${nameOf(element)}${classesOf(element)}`;
  const cell = element.parent();
  const isCell = nameOf(cell) === 'td' && isWithin(cell, row) && classesOf(cell) !== '';
  return isCell ? `td${classesOf(cell)} ${own}` : own;
}

/** A selector of an element: its id or classes, below its ancestors as far as it takes to be the only one. */
function selectorOf($: CheerioAPI, element: Element): string {
  const id = element.attr('id');
  if (id !== undefined && /^[A-Za-z][\w-]*$/.test(id)) return `${nameOf(element)}#${id}`;
  const own = `${nameOf(element)}${classesOf(element)}`;
  if ($(own).length === 1 || nameOf(element) === 'body') return own;
  const parent = element.parent();
  if (parent.length === 0 || nameOf(parent) === '') return own;
  return `${selectorOf($, parent)} > ${own}`;
}

/** Also where the two are the same. */
function isWithin(inner: Element, outer: Element): boolean {
  const [node] = outer.toArray();
  return [...inner.toArray(), ...inner.parents().toArray()].some((other) => other === node);
}

function classesOf(element: Element): string {
  return (element.attr('class') ?? '')
    .split(/\s+/)
    .filter((name) => /^[A-Za-z_][\w-]*$/.test(name))
    .map((name) => `.${name}`)
    .join('');
}

function nameOf(element: Element): string {
  const [node] = element.toArray();
  return node !== undefined && 'name' in node ? node.name : '';
}

function depthOf(element: Element): number {
  return element.parents().length;
}

function squashed(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}
