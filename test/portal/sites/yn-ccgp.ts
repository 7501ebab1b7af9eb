import type { Page } from '../model.ts';
import { bulletinPage } from '../pages/bulletin.ts';
import { fileReply } from '../pages/files.ts';
import { notFound } from '../pages/furniture.ts';
import { count, html, json, plainText } from './shelf.ts';
import type { Ask, Reply, Shelf, Site } from './shelf.ts';
import { secondsOf } from './times.ts';

const ROBOTS = 'User-agent: *\nDisallow: /04285c08de.html\n';
const DISTRICTS = '/api/common/otheruse.getdistrictlist.svc';
const HOME = '/api/firstpage/firstpage.gghtlist.svc';
const LIST = '/api/procurement/Procurement.gghtMoreList.svc';
const DETAIL = '/ggInfo.html';

const CLASSES: Record<string, string> = {
  bxlx001: '采购公告',
  bxlx004: '更正公告',
  bxlx005: '单一来源公示',
  bxlx007: '采购结果公告',
  bxlx008: '终止公告',
  bxlx014: '合同公告',
};

/** Row counts the list accepts; anything else is read as ten. */
const ROW_COUNTS = [10, 50, 100, 200];

/** Rows the site shows to everyone and that are no notices. */
const DEMO_ROW = {
  bulletin_id: 'sddfucggg',
  bulletintitle: '云南省采购成交纪录',
  bulletinclass: 'bxlx007',
  bulletinclasschina: '采购结果公告',
  codeName: '省级',
  finishday: '/',
  tabletype: '1',
};
const STICKY_ROW = {
  bulletin_id: 'always_show1',
  bulletintitle: '关于启用新版采购系统的通知',
  bulletinclass: 'bxlx001',
  bulletinclasschina: '采购公告',
  codeName: '省级',
  finishday: '',
  tabletype: '1',
};
const TEST_ROW = {
  bulletin_id: '5f0c2a11.18a90bb7e01.-2b4f',
  bulletintitle: '测试项目采购公告（请勿报名）',
  bulletinclass: 'bxlx001',
  bulletinclasschina: '采购公告',
  codeName: '开远市',
  tabletype: '1',
};

/** Most rows name the county; now and then one names only the prefecture, and the page tells. */
const region = (page: Page): string =>
  Number(secondsOf(page.externalId)) % 17 === 0 ? '红河州' : page.notice.project.county.name;

const row = (page: Page): Record<string, string> => ({
  bulletin_id: page.externalId,
  bulletintitle: page.title,
  bulletinclass: page.channel,
  bulletinclasschina: CLASSES[page.channel] ?? '',
  codeName: region(page),
  finishday: page.at.slice(0, 10),
  tabletype: '1',
});

function sessionOf(ask: Ask): string | null {
  const cookies = ask.headers.cookie;
  const text = Array.isArray(cookies) ? cookies.join(';') : (cookies ?? '');
  return /(?:^|;\s*)JSESSIONID=([^;\s]+)/.exec(text)?.[1] ?? null;
}

/** 云南省政府采购网: a session, the first page of the list and no more, details without a captcha. */
export function ynCcgp(shelf: Shelf): Site {
  const sessions = new Set<string>();
  let homeCalls = 0;

  const districts = (): Reply => {
    const id = `${(sessions.size + 1).toString(16).toUpperCase().padStart(8, '0')}C5A91E7734D0B2F6`;
    sessions.add(id);
    return json(
      {
        code: '1',
        data: [
          { code: '532500', name: '红河州' },
          { code: '532502', name: '开远市' },
        ],
      },
      200,
      {
        'set-cookie': `JSESSIONID=${id}; Path=/; HttpOnly`,
      },
    );
  };
  const home = (ask: Ask): Reply => {
    homeCalls++;
    // Now and then the call fails with HTTP 200, as seen in 2026-08; the next one works.
    if (homeCalls % 5 === 3) return json({ status: 500, message: '系统异常' });
    const form = new URLSearchParams(ask.body);
    const kind = form.get('TYPE') === '2' ? 'bxlx007' : 'bxlx001';
    const newest = ask.tricks.empty ? [] : shelf.list(kind).slice(0, 20);
    const rows = newest.map((page) => ({
      BULLETIN_ID: page.externalId,
      BULLETINTITLE: page.title,
      FINISHDAY: page.at.slice(0, 10),
      BULLETINCLASS: page.channel,
    }));
    // Both forms were seen: wrapped, and the bare array.
    return json(homeCalls % 2 === 1 ? { code: '1', data: rows } : rows);
  };
  const list = (ask: Ask): Reply => {
    const session = sessionOf(ask);
    if (session === null || !sessions.has(session)) return json({ code: '1', data: {} });
    const form = new URLSearchParams(ask.body);
    if (count(ask.query.get('p'), 1, 10_000) > 1 || count(form.get('current'), 1, 10_000) > 1) {
      return json({ code: '406', message: '验证码校验不通过' }, 406);
    }
    if (ask.tricks.empty) return json({ code: '1', data: { rows: [], total: 0 } });
    const asked = count(form.get('rowCount'), 10, 1000);
    const size = ROW_COUNTS.includes(asked) ? asked : 10;
    const words = form.get('searchPhrase') ?? '';
    const pages = shelf.all(Object.keys(CLASSES)).filter((page) => words === '' || page.title.includes(words));
    const bulletins = pages.slice(0, size).map(row);
    const rows = [
      DEMO_ROW,
      ...bulletins.slice(0, 6),
      { ...TEST_ROW, finishday: bulletins[0]?.finishday ?? '' },
      ...bulletins.slice(6),
      STICKY_ROW,
    ].slice(0, size);
    return json({
      code: '1',
      data: { rows: ask.tricks.short ? rows.slice(0, Math.ceil(rows.length / 2)) : rows, total: pages.length + 3 },
    });
  };
  const bulletin = (ask: Ask): Reply => {
    const page = shelf.find(ask.query.get('bulletin_id') ?? '');
    return page === null
      ? html(notFound('该公告'), 404)
      : html(bulletinPage(page), 200, { 'content-type': 'text/html;charset=UTF-8' });
  };
  return {
    id: 'yn_ccgp',
    roleOf: (path) =>
      path === '/robots.txt'
        ? 'robots'
        : path === DISTRICTS
          ? 'warmup'
          : path === HOME || path === LIST
            ? 'list'
            : path === DETAIL
              ? 'detail'
              : path.startsWith('/downloads/')
                ? 'file'
                : 'other',
    respond(ask) {
      if (ask.path === '/robots.txt') return plainText(ROBOTS);
      if (ask.path === DETAIL) return bulletin(ask);
      if (ask.path.startsWith('/downloads/')) {
        const page = shelf.find(ask.path.slice('/downloads/'.length).replace(/\.pdf$/, ''));
        return page === null ? html(notFound('该文件'), 404) : fileReply(page);
      }
      const call = { [DISTRICTS]: districts, [HOME]: home, [LIST]: list }[ask.path];
      if (call === undefined) return html(notFound(ask.path), 404);
      if (ask.method !== 'POST')
        return json({ status: 405, message: `Request method '${ask.method}' not supported` }, 405);
      return call(ask);
    },
  };
}
