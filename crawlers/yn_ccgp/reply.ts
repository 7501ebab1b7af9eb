import { z } from 'zod';

import { addDays } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';
import type { NoticeKind } from '../../src/model/notice.ts';
import type { FetchedPage, ListRow, ListRowFacts, Region, SourceSettings } from '../../src/model/source.ts';
import { kindOfClass } from '../shared/ccgp-classes.ts';
import { failure } from '../shared/failing.ts';

export interface CcgpContext {
  settings: SourceSettings;
  region: Region;
  /** Classes the operator registered beyond the known ones. */
  classes: Readonly<Record<string, NoticeKind>>;
}

/** The calls want to come from the site's own page. */
export function headers(settings: SourceSettings): Record<string, string> {
  return { referer: `${settings.address}/`, 'x-requested-with': 'XMLHttpRequest' };
}

const envelope = z.looseObject({
  code: z.union([z.string(), z.number()]).nullish(),
  status: z.union([z.string(), z.number()]).nullish(),
  message: z.string().nullish(),
  data: z.unknown().optional(),
});

/**
 * What a reply carries: `data` of `{code:"1", data}`, or the bare array that some calls send.
 * Throws `CHALLENGE` where a captcha is asked for, `SITE_ERROR` for every other refusal in the body.
 */
export function bodyOf(page: FetchedPage, reply: unknown): unknown {
  if (Array.isArray(reply)) return reply;
  const parsed = envelope.safeParse(reply);
  if (!parsed.success) throw failure('SITE_ERROR', page, '接口应答的格式不符', reply);
  const { code, status, message, data } = parsed.data;
  const said = message ?? '';
  if (String(code) === '406' || /验证码/.test(said)) {
    throw failure('CHALLENGE', page, `接口要求验证码：${said}`, reply, { code });
  }
  if (code == null || String(code) !== '1') {
    throw failure('SITE_ERROR', page, `接口返回 ${String(code ?? status ?? '无状态')}：${said}`, reply, {
      code,
      status,
    });
  }
  return data;
}

/** A row in the site's terms, whichever call it came from. */
interface CcgpRow {
  id: string;
  title: string;
  classCode: string | null;
  className: string | null;
  facts: Pick<ListRowFacts, 'publishDate' | 'region'>;
  inRegion: boolean | null;
}

/** Rows that the site shows for ever as a demonstration. Seen 2016–2022. */
const PLANTED_IDS = new Set(['sddfucggg', 'always_show1']);
/**
 * Titles of trial postings. 测试 alone is no sign: schools buy 体质测试仪, offices 等保测评与测试服务.
 */
const TRIAL_TITLE =
  /^[【[（(]?(系统|功能|流程|平台)?测试[】\]）)]?(公告|项目|数据|采购|标段|信息|专用|请勿|勿|\d|[，,。！!]|$)|[【[（(](系统|功能|内部)?测试(用|专用|数据)?[】\]）)]|测试.{0,6}(请勿|勿)(投标|报名|响应)|(请勿|勿)(投标|报名|响应).{0,6}测试|测试公告$/;

/** Why a row is passed over by name; null for a row to be kept. */
export function plantedReason(id: string, title: string): string | null {
  if (PLANTED_IDS.has(id)) return '网站固定展示的演示条目';
  return TRIAL_TITLE.test(title) ? '网站的测试公告' : null;
}

/** Both calls show one bulletin under one detail address: it is one notice with one key. */
export function rowOf(context: CcgpContext, page: FetchedPage, row: CcgpRow): ListRow {
  const kind = kindOfClass(row.classCode, row.className, context.classes);
  if (kind === null && row.inRegion !== false) {
    const label = [row.className, row.classCode].filter((part) => part).join('，代码 ') || '（空）';
    throw failure('UNKNOWN_COLUMN', page, `公告类型“${label}”未登记，见于《${row.title}》`, row, { label });
  }
  const facts: ListRowFacts = {
    externalId: row.id,
    title: row.title,
    ...row.facts,
    extra: { kind },
  };
  return {
    ...facts,
    inRegion: row.inRegion,
    detail: {
      key: `detail:${row.id}`,
      channelId: page.request.channelId,
      role: 'detail',
      method: 'GET',
      url: `${context.settings.address}/ggInfo.html?bulletin_id=${encodeURIComponent(row.id)}`,
      headers: { referer: `${context.settings.address}/` },
      expects: 'html',
      row: facts,
    },
  };
}

/**
 * How far back a list without paging testifies: the day after its last row, since more rows of that very day
 * may stand on the page that is not shown. The last row and not the oldest: pinned rows at the top may be years old.
 * Null where the list shows everything there is.
 */
export function reachOf(rows: readonly Pick<ListRowFacts, 'publishDate'>[], showsAll: boolean): LocalDay | null {
  const last = rows.findLast(({ publishDate }) => publishDate !== null)?.publishDate;
  return showsAll || last == null ? null : addDays(last.slice(0, 10), 1);
}
