import type { Page } from '../model.ts';
import { attachmentName, bodyHtml } from '../pages/body.ts';
import { fileReply } from '../pages/files.ts';
import { count, json, jsonBody, pageOf, plainText, string } from './shelf.ts';
import type { Ask, Reply, Shelf, Site } from './shelf.ts';
import { compact, mixed, secondsOf, spaced } from './times.ts';

const ROBOTS = 'User-agent: *\nDisallow: /admin\n';
const PREFIX = '/ynggfwpt-home-api';
/** 红河州 */
const CITY = '015';
const MIRRORED = ['bxlx001', 'bxlx004', 'bxlx005', 'bxlx007', 'bxlx008', 'bxlx014'];

interface Column {
  list: string;
  detail: string;
  /** Lists of the shelf that this call serves, told by its body. */
  channels(body: Record<string, unknown>): string[];
  title: string;
  date: string;
  body: string;
  extras?: (page: Page) => Record<string, unknown>;
}

const one =
  (channel: string): Column['channels'] =>
  () => [channel];
/** Construction paths also serve 综合交易, which has nothing here. */
const works =
  (channel: string): Column['channels'] =>
  (body) =>
    body.tradeType === undefined || body.tradeType === 'gcjs' ? [channel] : [];

const tenderExtras = (page: Page): Record<string, unknown> => {
  const { body } = page.notice;
  if (body.form !== 'tender') return {};
  return {
    bidopentime: compact(body.opening, '').slice(0, 12) + '00',
    tenderdocdeadline: `${body.documentsTo.replaceAll('-', '')}170000`,
  };
};
const candidateExtras = (page: Page): Record<string, unknown> => {
  const { body } = page.notice;
  return body.form === 'candidate'
    ? { publicityendtime: `${body.period.end.replace('T', ' ')}:${body.period.end.endsWith('23:59') ? '59' : '00'}` }
    : {};
};
const resultExtras = (page: Page): Record<string, unknown> => {
  const { body } = page.notice;
  if (body.form !== 'result') return {};
  const won = body.awards.filter((award) => award.firm !== null);
  return {
    winbiddername: won.map((award) => award.firm).join(';'),
    bidamount: Math.round(won.reduce((sum, award) => sum + award.price, 0) * 100) / 100,
  };
};
const mirrorExtras = (page: Page): Record<string, unknown> => ({
  creatorName: page.notice.project.agency?.name ?? page.notice.project.purchaser.name,
  codeName: page.notice.project.county.name,
  bulletinClass: page.channel.replace('mirror/', ''),
});

const trading = (path: string): string => `${PREFIX}/jyzyCenter/jyInfo/${path}`;

const COLUMNS: Column[] = [
  {
    list: trading('gcjs/getTenserPlanList'),
    detail: trading('gcjs/getTenserPlanDetail'),
    channels: works('gcjs_plan'),
    title: 'tenderProjectName',
    date: 'publishTime',
    body: 'content',
  },
  {
    list: trading('gcjs/getZbggList'),
    detail: trading('gcjs/findZbggByGuid'),
    channels: works('gcjs_tender'),
    title: 'bulletinname',
    date: 'bulletinissuetime',
    body: 'bulletincontent',
    extras: tenderExtras,
  },
  {
    list: trading('gcjs/getGzsxList'),
    detail: trading('gcjs/findGzsxByGuid'),
    channels: works('gcjs_change'),
    title: 'changetitle',
    date: 'modificationstarttime',
    body: 'changecontent',
  },
  {
    list: trading('gcjs/getPbbgList'),
    detail: trading('gcjs/findPbbgByGuid'),
    channels: works('gcjs_candidate'),
    title: 'publicityname',
    date: 'publicitystarttime',
    body: 'publicitycontent',
    extras: candidateExtras,
  },
  {
    list: trading('gcjs/getZbJgGgList'),
    detail: trading('gcjs/findZbJgGgByGuid'),
    channels: works('gcjs_result'),
    title: 'winbidbulletintitle',
    date: 'winbidbulletinstarttime',
    body: 'winbidbulletincontent',
    extras: resultExtras,
  },
  {
    list: trading('gcjs/getContractList'),
    detail: trading('gcjs/getGcjsContractDetail'),
    channels: works('gcjs_contract'),
    title: 'contractName',
    date: 'createtime',
    body: 'contractContent',
  },
  {
    list: trading('gcjs/getZbycList'),
    detail: trading('gcjs/findZbycByGuid'),
    channels: works('gcjs_abnormal'),
    title: 'exceptionName',
    date: 'fabutime',
    body: 'exceptionInfor',
  },
  {
    list: trading('zfcg/getCgggList'),
    detail: trading('zfcg/findCgggByGuid'),
    channels: one('zfcg_tender'),
    title: 'bulletintitle',
    date: 'bulletinstarttime',
    body: 'bulletincontent',
  },
  {
    list: trading('zfcg/getGzsxList'),
    detail: trading('zfcg/findGzsxByGuid'),
    channels: one('zfcg_change'),
    title: 'changetitle',
    date: 'modificationstarttime',
    body: 'changecontent',
  },
  {
    list: trading('zfcg/getZbjgList'),
    detail: trading('zfcg/findZbjgByGuid'),
    channels: one('zfcg_result'),
    title: 'winbidbulletintitle',
    date: 'winbidbulletinstarttime',
    body: 'winbidbulletincontent',
  },
  {
    list: trading('zfcg/getHtgsList'),
    detail: trading('zfcg/findHtgsByGuid'),
    channels: one('zfcg_contract'),
    title: 'contractName',
    date: 'createtime',
    body: 'contractContent',
  },
  {
    list: trading('zfcg/getYcggList'),
    detail: trading('zfcg/findYcggByGuid'),
    channels: one('zfcg_abnormal'),
    title: 'exceptionName',
    date: 'fabutime',
    body: 'exceptionInfor',
  },
  {
    list: `${PREFIX}/zfchw/getggList`,
    detail: `${PREFIX}/zfchw/findggByGuid`,
    channels: (body) =>
      (body.bulletinclass === undefined ? MIRRORED : [string(body.bulletinclass)]).map((kind) => `mirror/${kind}`),
    title: 'bulletinTitle',
    date: 'finishDay',
    body: 'fileContent',
    extras: mirrorExtras,
  },
  {
    list: trading('tdsyq/getTdsyqList'),
    detail: trading('tdsyq/findTdsyqByGuid'),
    channels: (body) =>
      body.bulletinNature === '1'
        ? ['td_notice']
        : body.bulletinNature === '2'
          ? ['td_supplement']
          : ['td_notice', 'td_supplement'],
    title: 'announcementTitle',
    date: 'gongshiTime',
    body: 'announcementConnect',
  },
  {
    list: trading('tdsyq/getTdcjzdList'),
    detail: trading('tdsyq/findTdcjzdByGuid'),
    channels: one('td_result'),
    title: 'title',
    date: 'gongshiTime',
    body: 'ggNeirong',
  },
  {
    list: trading('cqjy/getGpggList'),
    detail: trading('cqjy/findGpggByGuid'),
    channels: one('cq_listing'),
    title: 'title',
    date: 'publishTime',
    body: 'content',
  },
  {
    list: trading('cqjy/getJyjgList'),
    detail: trading('cqjy/findJyjgByGuid'),
    channels: one('cq_result'),
    title: 'title',
    date: 'publishTime',
    body: 'content',
  },
];

const FILES = `${PREFIX}/u/file/queryAttachmentList`;
const DOWNLOAD = `${PREFIX}/u/file/downloadFile`;

const value = (content: unknown): Reply => json({ code: '1', message: '操作成功', value: content });
const refused = (message: string): Reply => json({ code: '0', message, value: null });

/** Most rows name the county's branch; now and then one names only the prefecture's centre. */
function platform(page: Page): string {
  const { county } = page.notice.project;
  return Number(secondsOf(page.externalId)) % 13 === 0
    ? '红河州公共资源交易中心'
    : `红河州公共资源交易中心${county.short}分中心`;
}

const facts = (column: Column, page: Page): Record<string, unknown> => ({
  guid: page.externalId,
  jyptid: platform(page),
  [column.title]: page.title,
  [column.date]: mixed(page.at, page.externalId),
  ...(page.notice.project.code !== null && page.notice.body.form !== 'plan' && !column.list.includes('/zfchw/')
    ? { tenderProjectCode: page.notice.project.code }
    : {}),
  ...column.extras?.(page),
});

/** 20260301000000 → 2026-03-01T00:00; empty = open; anything else null. */
function bound(raw: unknown): string | null {
  const text = string(raw);
  if (text === '') return '';
  return /^\d{14}$/.test(text)
    ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T${text.slice(8, 10)}:${text.slice(10, 12)}`
    : null;
}

/** 云南省公共资源交易信息网: JSON lists by POST, details by GET, no login. */
export function ynGgzy(shelf: Shelf): Site {
  const list = (column: Column, ask: Ask): Reply => {
    const body = jsonBody(ask);
    if (body === null) return refused('请求参数格式错误');
    const from = bound(body.startTime);
    const to = bound(body.endTime);
    if (from === null || to === null) return refused('时间格式错误');
    const city = string(body.cityId);
    const words = string(body.title);
    const channels = column.channels(body);
    const first = channels[0];
    const shelved = channels.length === 1 && first !== undefined ? shelf.list(first) : shelf.all(channels);
    const rows =
      city !== '' && city !== CITY
        ? []
        : shelved.filter(
            (page) =>
              (from === '' || page.at >= from) &&
              (to === '' || page.at <= to) &&
              (words === '' || page.title.includes(words)),
          );
    // More than 50 a page is not given, whatever is asked for.
    const page = pageOf(rows, count(body.pageNum, 1, 10_000), count(body.pageSize, 10, 50), ask.tricks);
    return value({ list: page.rows.map((row) => facts(column, row)), total: page.total });
  };
  const detail = (column: Column, ask: Ask): Reply => {
    const page = shelf.find(ask.query.get('guid') ?? '');
    if (
      page === null ||
      !column.channels({ bulletinclass: page.channel.replace('mirror/', '') }).includes(page.channel)
    ) {
      return refused('未查询到数据');
    }
    return value({ ...facts(column, page), [column.body]: bodyHtml(page, 'plain') });
  };
  const attachments = (ask: Ask): Reply => {
    const page = shelf.find(string(jsonBody(ask)?.ownerGuid));
    const name = page === null ? null : attachmentName(page);
    return value(
      page === null || name === null
        ? []
        : [{ fileId: page.externalId, fileName: name, uploadTime: spaced(page.at, page.externalId) }],
    );
  };
  return {
    id: 'yn_ggzy',
    roleOf: (path) =>
      path === '/robots.txt'
        ? 'robots'
        : COLUMNS.some((c) => c.list === path)
          ? 'list'
          : COLUMNS.some((c) => c.detail === path)
            ? 'detail'
            : path === FILES || path === DOWNLOAD
              ? 'file'
              : 'other',
    respond(ask) {
      if (ask.path === '/robots.txt') return plainText(ROBOTS);
      if (ask.path === FILES) return attachments(ask);
      if (ask.path === DOWNLOAD) {
        const page = shelf.find(ask.query.get('fileId') ?? '');
        if (page === null) return refused('文件不存在');
        return fileReply(page);
      }
      const listed = COLUMNS.find((c) => c.list === ask.path);
      if (listed !== undefined) {
        return ask.method === 'POST'
          ? list(listed, ask)
          : json({ code: '0', message: `Request method '${ask.method}' not supported`, value: null }, 405);
      }
      const detailed = COLUMNS.find((c) => c.detail === ask.path);
      if (detailed !== undefined) return detail(detailed, ask);
      return json({ code: '404', message: '接口不存在', value: null }, 404);
    },
  };
}
