import type { CheerioAPI } from 'cheerio/slim';

import type { SiteFailure } from '../../src/model/failure.ts';
import { NOTICE_KINDS } from '../../src/model/notice.ts';
import type { NoticeKind } from '../../src/model/notice.ts';
import type { DetailReading, FetchedPage, ListRowFacts } from '../../src/model/source.ts';
import { readNotice } from '../../src/notices/read.ts';
import { attachmentsIn } from '../shared/attachments.ts';
import { failure } from '../shared/failing.ts';
import { detailTime, rowBehind } from '../shared/fields.ts';
import { belongsTo } from '../shared/places.ts';
import { downOr, htmlOf } from '../shared/reply.ts';
import { oddLabels, oddSections, withOddities } from '../shared/strict.ts';
import type { CcgpContext } from './reply.ts';

const SUMMARY = '#showBulletinInfoDiv';
const BODY = '.vF_detail_content';
/** Helpers of the template editor: flags and ids that no reader sees, and styles. */
const JUNK = '.template-center-hide-state, #template-innerinfo, style, script, noscript';

/**
 * A bulletin's page. The whole legal text stands in a `display:none` container that a script shows; style attributes
 * hold unescaped quotes, and the summary table lacks a `<tr>`. Label and value are neighbours all the same, so that
 * the lean parser serves here; the tables are mended where the notice is read.
 */
export function readDetail(context: CcgpContext, page: FetchedPage): DetailReading {
  const row = rowBehind(page);
  const $ = htmlOf(page, context.settings);
  $(JUNK).remove();
  const title = titleOf($);
  if (title === null) throw missing(page, $, '标题', 'title');
  const summary = $(SUMMARY).first();
  const body = $(BODY).first();
  const attachments = attachmentsIn($, 'ul.fjxx a[href]', page);
  if (body.length === 0 || (body.text().trim() === '' && attachments.length === 0)) {
    throw missing(page, $, `正文（${BODY}）`, 'body');
  }
  const cells = summaryCells($);
  const publicUrl = page.request.url;
  const reading = readNotice({
    title,
    nodes: [summary, body].map((part) => ({
      type: 'tag',
      name: 'div',
      attribs: {},
      children: part.contents().toArray(),
    })),
    url: publicUrl,
    // The page's own, not the list's minute: the home page prints days alone, and either list may lead here.
    publishDate: detailTime(page, '公告时间', cells.get('公告时间')) ?? row.publishDate,
    columnKind: kindOf(row),
    columnTrack: 'procurement',
    region: cells.get('行政区域') ?? row.region,
  });
  return {
    role: 'detail',
    externalId: row.externalId,
    publicUrl,
    notice: belongsTo(context.region, reading, row) ? reading : null,
    attachments,
    ...withOddities([...oddLabels(cells.keys()), ...oddSections(reading.text)]),
  };
}

function missing(page: FetchedPage, $: CheerioAPI, label: string, field: string): SiteFailure {
  return downOr(failure('FIELD_MISSING', page, `页面没有公告${label}`, $('body').text(), { field }), page, $);
}

/** The page's own title, without the site's name behind it. */
function titleOf($: CheerioAPI): string | null {
  const title = $('head > title')
    .first()
    .text()
    .trim()
    .replace(/\s*[-_—|]+\s*云南省?政府采购网\s*$/, '');
  return title === '' || title === '云南省政府采购网' ? null : title;
}

/** Label cell → value cell of the summary table. The first of a label counts: 采购单位 stands there twice. */
function summaryCells($: CheerioAPI): Map<string, string> {
  const cells = new Map<string, string>();
  for (const label of $(`${SUMMARY} td.title`).toArray()) {
    const name = $(label).text().trim();
    const value = $(label).next('td').text().trim();
    if (value !== '' && !cells.has(name)) cells.set(name, value);
  }
  return cells;
}

function kindOf(row: ListRowFacts): NoticeKind | null {
  const kind = row.extra?.['kind'];
  return NOTICE_KINDS.find((known) => known === kind) ?? null;
}
