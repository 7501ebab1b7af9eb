import type { CheerioAPI } from 'cheerio/slim';

import type { SiteFailure } from '../../../src/model/failure.ts';
import type { DetailReading, FetchedPage } from '../../../src/model/source.ts';
import { readNotice } from '../../../src/notices/read.ts';
import { attachmentsIn } from '../attachments.ts';
import { failure } from '../failing.ts';
import { detailTime, moreExact, rowBehind } from '../fields.ts';
import { channelOf } from '../listing.ts';
import { belongsTo } from '../places.ts';
import { downOr, goneOr, htmlOf } from '../reply.ts';
import type { ColumnSite } from './context.ts';

/** A time as it stands in a line of particulars: 发布时间：2026-03-16 09:30 来源：市财政局. */
const TIME_IN_LINE = /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[T\s]*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2})?[分秒]?)?/;

export function readDetail(site: ColumnSite, page: FetchedPage): DetailReading {
  const { title: titleAt, date: dateAt, body: bodyAt, attachments: attachmentsAt } = site.options.detail;
  const row = rowBehind(page);
  const channel = channelOf(site.channels, page.request);
  const $ = htmlOf(page, site.settings);
  const title = $(titleAt).first().text().replace(/\s+/g, ' ').trim();
  if (title === '') throw missing(page, $, `标题（${titleAt}）`, 'title');
  const body = $(bodyAt).first();
  body.find('script, style, noscript').remove();
  const attachments = attachmentsIn($, [attachmentsAt, `${bodyAt} a[href]`].filter(Boolean).join(', '), page);
  // A body of an attachment alone is a notice; a body of nothing is a broken page.
  if (body.length === 0 || (body.text().trim() === '' && attachments.length === 0 && body.find('img').length === 0)) {
    throw missing(page, $, `正文（${bodyAt}）`, 'body');
  }
  const line = $(dateAt).first().text();
  const published = moreExact(detailTime(page, dateAt, TIME_IN_LINE.exec(line)?.[0]), row.publishDate);
  if (published === null)
    throw failure('FIELD_MISSING', page, `页面与列表都没有发布日期（${dateAt}）`, line, { field: 'date' });
  const reading = readNotice({
    title,
    nodes: body.contents().toArray(),
    url: page.request.url,
    publishDate: published,
    columnKind: channel.kind,
    columnTrack: channel.track,
    region: row.region,
  });
  return {
    role: 'detail',
    externalId: row.externalId,
    publicUrl: page.request.url,
    notice: site.scope === 'own-region' || belongsTo(site.region, reading, row) ? reading : null,
    attachments,
  };
}

function missing(page: FetchedPage, $: CheerioAPI, label: string, field: string): SiteFailure {
  const lost = failure('FIELD_MISSING', page, `页面没有${label}`, $('body').text(), { field });
  return downOr(goneOr(lost, page, $), page, $);
}
