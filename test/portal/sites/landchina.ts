import type { Body, Page, Parcel } from '../model.ts';
import { bodyHtml } from '../pages/body.ts';
import { hectares, landMethod } from '../pages/land.ts';
import { count, json, jsonBody, pageOf, plainText, string } from './shelf.ts';
import type { Ask, Reply, Shelf, Site } from './shelf.ts';
import { epoch, iso } from './times.ts';

const ROBOTS = 'User-agent: *\nDisallow: /admin/\n';

const regionName = (page: Page): string => `云南省红河哈尼族彝族自治州${page.notice.project.county.name}`;

type Land<F extends Body['form']> = Extract<Body, { form: F }>;

function bodyAs<F extends Body['form']>(page: Page, form: F): Land<F> {
  const { body } = page.notice;
  if (body.form !== form) throw new RangeError(`${page.externalId} is no ${form}`);
  return body as Land<F>;
}

const offered = (parcel: Parcel, body: Land<'land_offer'>): object => ({
  zdBh: parcel.code,
  zdZl: parcel.location,
  mj: parcel.areaSqm,
  tdYt: parcel.use,
  gyFs: '挂牌出让',
  crNx: `${parcel.years}年`,
  qsj: parcel.start,
  crBzj: parcel.deposit,
  jjFd: parcel.step,
  tjSqSjS: epoch(body.applyFrom),
  tjSqSjE: epoch(body.applyTo),
  gpSjS: epoch(body.listFrom),
  gpSjE: epoch(body.listTo),
});

interface Kind {
  channel: 'transfer' | 'deal' | 'result';
  list: string;
  detail: string;
  guid: string;
  row(page: Page): object;
  data(page: Page): object;
}

const KINDS: Kind[] = [
  {
    channel: 'transfer',
    list: '/tGygg/transfer/list',
    detail: '/tGygg/transfer/detail',
    guid: 'gyggGuid',
    row: (page) => ({
      gyggGuid: page.externalId,
      gyggBt: page.title,
      xzqDm: page.notice.project.county.code,
      xzqFullName: regionName(page),
      fbSj: iso(page.at, page.externalId),
      ggLx: '挂牌出让',
    }),
    data: (page) => {
      const body = bodyAs(page, 'land_offer');
      return {
        province: '云南省',
        city: '红河哈尼族彝族自治州',
        ggLx: '挂牌出让',
        gyggGuid: page.externalId,
        gyggBt: page.title,
        xzqDm: page.notice.project.county.code,
        xzqFullName: regionName(page),
        fbSj: iso(page.at, page.externalId),
        gyggNr: bodyHtml(page, 'plain'),
        relate: body.parcels.map((parcel) => offered(parcel, body)),
      };
    },
  },
  {
    channel: 'deal',
    list: '/tCjgs/deal/list',
    detail: '/tCjgs/deal/detail',
    guid: 'cjgsGuid',
    row: (page) => ({
      cjgsGuid: page.externalId,
      gsbt: page.title,
      fbSj: epoch(page.at),
      jzrq: bodyAs(page, 'land_deal').deadline,
      gyFs: '挂牌出让',
      xzqDm: page.notice.project.county.code,
      xzqFullName: regionName(page),
    }),
    data: (page) => {
      const body = bodyAs(page, 'land_deal');
      return {
        cjgsGuid: page.externalId,
        gsbt: page.title,
        fbSj: epoch(page.at),
        jzrq: body.deadline,
        gyFs: '挂牌出让',
        xzqDm: page.notice.project.county.code,
        xzqFullName: regionName(page),
        gsNr: bodyHtml(page, 'plain'),
        relate: body.parcels.map((parcel) => ({
          zdBh: parcel.code,
          zdZl: parcel.location,
          srDw: parcel.winner,
          cjJg: parcel.deal,
          mj: parcel.areaSqm,
          tdYt: parcel.use,
        })),
      };
    },
  },
  {
    channel: 'result',
    list: '/tGdxm/result/list',
    detail: '/tGdxm/result/detail',
    guid: 'gdGuid',
    row: (page) => {
      const { parcel, signed } = bodyAs(page, 'land_supply');
      return {
        gdGuid: page.externalId,
        xzqDm: page.notice.project.county.code,
        tdZl: parcel.location,
        gyFs: landMethod(page.notice.project),
        gyMj: Number(hectares(parcel.areaSqm)),
        tdYt: parcel.use,
        qdRq: signed,
        xzqFullName: regionName(page),
      };
    },
    data: (page) => {
      const { parcel, signed, approver } = bodyAs(page, 'land_supply');
      const { project } = page.notice;
      return {
        gdGuid: page.externalId,
        xzqDm: project.county.code,
        xzqFullName: regionName(page),
        xmMc: `${project.county.name}${parcel.code}宗地`,
        tdZl: parcel.location,
        gyFs: landMethod(project),
        gyMj: Number(hectares(parcel.areaSqm)),
        tdYt: parcel.use,
        qdRq: epoch(signed),
        je: parcel.deal,
        dzBaBh: parcel.supervision,
        srr: parcel.winner,
        pzdw: approver,
        zdBh: parcel.code,
      };
    },
  },
];

const ok = (data: unknown): Reply => json({ msg: '成功', code: 200, data });
const refused = (msg: string): Reply => json({ msg, code: 500, data: null });

/** "2026-03-01 00:00:00" → its day; empty = open; anything else null. */
function dayOfBound(value: unknown): string | null {
  const text = string(value);
  if (text === '') return '';
  return /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$/.test(text) ? text.slice(0, 10) : null;
}

/** 中国土地市场网: POST JSON, dates by startDate and endDate; startTime and endTime are silently ignored, as on the site. */
export function landchina(shelf: Shelf): Site {
  const list = (kind: Kind, ask: Ask, body: Record<string, unknown>): Reply => {
    const from = dayOfBound(body.startDate);
    const to = dayOfBound(body.endDate);
    if (from === null || to === null) return refused('日期格式错误');
    const region = string(body.xzqDm);
    const words = string(body.gyggBt);
    const rows = shelf.list(kind.channel).filter((page) => {
      const day = page.at.slice(0, 10);
      return (
        (region === '' || page.notice.project.county.code === region) &&
        (from === '' || day >= from) &&
        (to === '' || day <= to) &&
        (words === '' || page.title.includes(words))
      );
    });
    const pageNum = count(body.pageNum, 1, 10_000);
    const pageSize = count(body.pageSize, 10, 100);
    const page = pageOf(rows, pageNum, pageSize, ask.tricks);
    return ok({ total: page.total, list: page.rows.map(kind.row), pageNum, pageSize, hasNextPage: page.more });
  };
  const detail = (kind: Kind, body: Record<string, unknown>): Reply => {
    const page = shelf.find(string(body[kind.guid]));
    if (page === null || page.channel !== kind.channel) return refused('未查询到数据');
    return ok(kind.data(page));
  };
  return {
    id: 'landchina',
    roleOf: (path) =>
      path === '/robots.txt'
        ? 'robots'
        : KINDS.some((k) => k.list === path)
          ? 'list'
          : KINDS.some((k) => k.detail === path)
            ? 'detail'
            : 'other',
    respond(ask) {
      if (ask.path === '/robots.txt') return plainText(ROBOTS);
      const kind = KINDS.find((k) => k.list === ask.path || k.detail === ask.path);
      if (kind === undefined) return json({ timestamp: 0, status: 404, error: 'Not Found', path: ask.path }, 404);
      if (ask.method !== 'POST')
        return json({ msg: `Request method '${ask.method}' not supported`, code: 405, data: null }, 405);
      const body = jsonBody(ask);
      if (body === null) return refused('参数解析失败');
      return ask.path === kind.list ? list(kind, ask, body) : detail(kind, body);
    },
  };
}
