import { KAIYUAN, shippedSettings } from '../../crawlers/shared/fixtures.ts';
import { source } from '../../crawlers/ky_gov/source.ts';
import { html, startSite } from '../../src/crawl/testing/site.ts';
import type { TestSite } from '../../src/crawl/testing/site.ts';
import type { SourceAdapter } from '../../src/model/source.ts';

export interface CityRow {
  path: string;
  title: string;
  date: string;
  body?: string;
}

/** What the city's site shows: rows by column, and pages that answer otherwise than with their notice. */
export interface CityShown {
  rows: Record<string, CityRow[]>;
  instead: Map<string, { status: number; text: string }>;
  /** Stands in place of an empty column's list. */
  emptyList: string;
}

/** The city's site in its own markup, showing what it is told at each moment. */
export function startCitySite(shown: () => CityShown): Promise<TestSite> {
  return startSite(({ path }, response) => {
    const { rows, instead, emptyList } = shown();
    const given = instead.get(path);
    if (given !== undefined) return html(response, given.text, given.status);
    const notice = Object.values(rows)
      .flat()
      .find((one) => one.path === path);
    if (notice !== undefined) return html(response, cityPage(notice));
    const column = /^\/ggzyjy\/(\w+)\/$/.exec(path)?.[1];
    if (column !== undefined) return html(response, listOf(rows[column] ?? [], emptyList));
    return html(response, 'not found', 404);
  });
}

/** The source as it is delivered, at the test's site. */
export function citySource({ address }: Pick<TestSite, 'address'>): SourceAdapter {
  const settings = shippedSettings(source);
  return source.create({ ...settings, address, pace: { minIntervalMs: 0, reason: '测试' }, quietHours: null }, KAIYUAN);
}

export function cityRow(column: string, number: number, title: string, date: string, body?: string): CityRow {
  return { path: `/ggzyjy/${column}/t${number}.html`, title, date, ...(body !== undefined && { body }) };
}

const FILLER = '采购人：开远市财政局。招标人：开远市财政局。转让方：开远市财政局。详见公告正文，特此公告。'.repeat(8);

export function cityPage({ title, date, body = `<p>${FILLER}</p>` }: Omit<CityRow, 'path'>): string {
  return `<html><head><meta charset="utf-8"></head><body><div class="article"><h1>${title}</h1>
    <div class="info"><span class="time">${date}</span></div><div class="content">${body}</div></div></body></html>`;
}

function listOf(rows: readonly CityRow[], emptyList: string): string {
  const items = rows.map(({ path, title, date }) => `<li><a href="${path}">${title}</a><span>${date}</span></li>`);
  const list = `<div class="xw-main-left lf"><ul>${items.join('')}</ul></div><div class="page">共 ${rows.length} 条</div>`;
  return `<html><head><meta charset="utf-8"></head><body>${rows.length === 0 ? emptyList : list}</body></html>`;
}

export const EMPTY_CITY_LIST = '<div class="xw-main-left lf"><ul></ul></div><div class="page">共 0 条</div>';
