import { load } from 'cheerio';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochOf } from '../../src/model/day.ts';
import { CorrectInput } from '../../src/model/errors.ts';
import { FAULT_KINDS, parseFaults } from './faults.ts';
import type { SiteId } from './model.ts';
import { startPortal } from './portal.ts';
import type { Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ seed: 21, notices: 1200 });
});
afterAll(() => portal.close());

const get = (site: SiteId, path: string, init?: RequestInit, of: Portal = portal): Promise<Response> =>
  fetch(of.addresses[site] + path, { redirect: 'manual', ...init });
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a reply is read by the names the site gives its fields
const postJson = async (site: SiteId, path: string, body: unknown, of: Portal = portal): Promise<any> =>
  (
    await get(
      site,
      path,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      of,
    )
  ).json();
const postForm = (
  site: SiteId,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> => get(site, path, { method: 'POST', body: new URLSearchParams(form), headers });
const gbk = async (path: string): Promise<string> =>
  iconv.decode(Buffer.from(await (await get('hh_finance', path)).arrayBuffer()), 'gbk');
const pagesOf = (site: SiteId, channel: string) => portal.world.pages[site].filter((page) => page.channel === channel);

describe('every site', () => {
  it('listens on loopback and has a robots.txt; one asks for a pause', async () => {
    const texts: string[] = [];
    for (const site of ['landchina', 'yn_ccgp', 'yn_ggzy', 'ky_gov', 'hh_finance'] as const) {
      expect(portal.addresses[site]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      texts.push(await (await get(site, '/robots.txt')).text());
    }
    expect(texts.filter((text) => text.includes('Crawl-delay: 0.01'))).toHaveLength(1);
  });

  it('counts its requests', async () => {
    const before = portal.requests().ky_gov;
    await (await get('ky_gov', '/nowhere')).text();
    expect(portal.requests().ky_gov).toBe(before + 1);
  });
});

describe('landchina', () => {
  const range = { startDate: '2026-01-01 00:00:00', endDate: '2026-12-31 23:59:59' };
  it.each([
    ['/tGygg/transfer/list', '/tGygg/transfer/detail', 'gyggGuid', ['gyggBt', 'fbSj', 'xzqFullName']],
    ['/tCjgs/deal/list', '/tCjgs/deal/detail', 'cjgsGuid', ['gsbt', 'jzrq', 'fbSj']],
    ['/tGdxm/result/list', '/tGdxm/result/detail', 'gdGuid', ['tdZl', 'gyMj', 'qdRq']],
  ])('%s gives rows of the region and their details', async (list, detail, guid, fields) => {
    const reply = await postJson('landchina', list, { pageNum: 1, pageSize: 40, xzqDm: '532502', ...range });
    expect(reply).toMatchObject({ code: 200, data: { pageNum: 1, pageSize: 40 } });
    expect(reply.data.list.length).toBeGreaterThan(0);
    for (const row of reply.data.list) {
      expect(row.xzqDm).toBe('532502');
      for (const field of fields) expect(row[field]).toBeDefined();
    }
    const one = await postJson('landchina', detail, { [guid]: reply.data.list[0][guid] });
    expect(one.code).toBe(200);
    expect(one.data.xzqDm).toBe('532502');
  });

  it('ignores startTime and endTime without a word, and heeds startDate', async () => {
    const all = await postJson('landchina', '/tGdxm/result/list', {
      pageNum: 1,
      pageSize: 40,
      xzqDm: '532502',
      startTime: '2026-11-19 00:00:00',
    });
    const cut = await postJson('landchina', '/tGdxm/result/list', {
      pageNum: 1,
      pageSize: 40,
      xzqDm: '532502',
      startDate: '2026-11-19 00:00:00',
    });
    expect(all.data.total).toBeGreaterThan(cut.data.total);
  });

  it('answers bad JSON with code 500 in a body of HTTP 200', async () => {
    const reply = await get('landchina', '/tGdxm/result/list', { method: 'POST', body: '{' });
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ code: 500 });
  });
});

describe('yn_ccgp', () => {
  const LIST = '/api/procurement/Procurement.gghtMoreList.svc?captchaCheckFlag=0&p=1';
  const form = { current: '1', rowCount: '200', searchPhrase: '' };
  const warmUp = async (): Promise<string> => {
    const reply = await postForm('yn_ccgp', '/api/common/otheruse.getdistrictlist.svc', {});
    return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };

  it('gives no rows without a session, and rows with one', async () => {
    expect(await (await postForm('yn_ccgp', LIST, form)).json()).toEqual({ code: '1', data: {} });
    const cookie = await warmUp();
    expect(cookie).toMatch(/^JSESSIONID=/);
    const reply = (await (await postForm('yn_ccgp', LIST, form, { cookie })).json()) as {
      data: { rows: Record<string, string>[]; total: number };
    };
    expect(reply.data.rows).toHaveLength(200);
    expect(reply.data.total).toBeGreaterThan(200);
    const ids = reply.data.rows.map((row) => row.bulletin_id);
    expect(ids).toContain('sddfucggg');
    expect(reply.data.rows.some((row) => row.bulletintitle?.includes('测试'))).toBe(true);
  });

  it('wants a captcha from the second page on', async () => {
    const cookie = await warmUp();
    const reply = await postForm('yn_ccgp', LIST.replace('p=1', 'p=2'), { ...form, current: '2' }, { cookie });
    expect(reply.status).toBe(406);
    expect(await reply.json()).toEqual({ code: '406', message: '验证码校验不通过' });
  });

  it('shows the newest twenty results on the home page, now and then an error instead', async () => {
    const replies: unknown[] = [];
    for (let i = 0; i < 5; i++)
      replies.push(
        await (await postForm('yn_ccgp', '/api/firstpage/firstpage.gghtlist.svc', { LEVEL: '1', TYPE: '2' })).json(),
      );
    expect(replies[2]).toEqual({ status: 500, message: '系统异常' });
    expect(replies[1]).toHaveLength(20);
    expect(replies[0]).toMatchObject({
      code: '1',
      data: [{ BULLETINCLASS: 'bxlx007' }, ...Array<object>(19).fill({})],
    });
  });

  it('prints a bulletin with a summary table and the text in a hidden element', async () => {
    const page = pagesOf('yn_ccgp', 'bxlx007').find((one) => one.notice.project.lots.length === 0);
    const text = await (
      await get('yn_ccgp', `/ggInfo.html?bulletin_id=${encodeURIComponent(page?.externalId ?? '')}`)
    ).text();
    const $ = load(text);
    expect($('#showBulletinInfoDiv td.title').first().text()).toBe('采购项目名称');
    expect($('#showBulletinInfoDiv').text()).toMatch(/总(中标|成交)金额/);
    expect($('.vF_detail_content').attr('style')).toContain('display: none');
    expect($('.vF_detail_content').text()).toContain('一、项目编号');
    expect(text).toContain('font-family: 微软雅黑, "Microsoft YaHei"');
    expect((await get('yn_ccgp', '/ggInfo.html?bulletin_id=none')).status).toBe(404);
  });
});

describe('yn_ggzy', () => {
  const PREFIX = '/ynggfwpt-home-api';
  const INFO = `${PREFIX}/jyzyCenter/jyInfo`;
  const query = {
    pageNum: 1,
    pageSize: 50,
    cityId: '015',
    startTime: '20250101000000',
    endTime: '20261231235959',
    title: '',
  };
  it.each([
    [
      `${INFO}/gcjs/getZbggList`,
      `${INFO}/gcjs/findZbggByGuid`,
      { tradeType: 'gcjs' },
      'bulletinname',
      'bulletincontent',
    ],
    [
      `${INFO}/gcjs/getPbbgList`,
      `${INFO}/gcjs/findPbbgByGuid`,
      { tradeType: 'gcjs' },
      'publicityname',
      'publicitycontent',
    ],
    [
      `${INFO}/gcjs/getZbJgGgList`,
      `${INFO}/gcjs/findZbJgGgByGuid`,
      { tradeType: 'gcjs' },
      'winbidbulletintitle',
      'winbidbulletincontent',
    ],
    [`${INFO}/zfcg/getZbjgList`, `${INFO}/zfcg/findZbjgByGuid`, {}, 'winbidbulletintitle', 'winbidbulletincontent'],
    [
      `${PREFIX}/zfchw/getggList`,
      `${PREFIX}/zfchw/findggByGuid`,
      { bulletinclass: 'bxlx007' },
      'bulletinTitle',
      'fileContent',
    ],
    [
      `${INFO}/tdsyq/getTdsyqList`,
      `${INFO}/tdsyq/findTdsyqByGuid`,
      { bulletinNature: '1' },
      'announcementTitle',
      'announcementConnect',
    ],
    [`${INFO}/cqjy/getJyjgList`, `${INFO}/cqjy/findJyjgByGuid`, {}, 'title', 'content'],
  ])('%s lists rows and %s their text', async (list, detail, more, title, body) => {
    const reply = await postJson('yn_ggzy', list, { ...query, ...more });
    expect(reply.code).toBe('1');
    const row = reply.value.list[0];
    expect(row[title]).toBeTypeOf('string');
    const one = (await (await get('yn_ggzy', `${detail}?guid=${row.guid}`)).json()) as {
      code: string;
      value: Record<string, string>;
    };
    expect(one.code).toBe('1');
    expect(one.value[title]).toBe(row[title]);
    expect(one.value[body]).toContain('<');
  });

  it('gives at most fifty rows a page and the same rows once over all pages', async () => {
    const guids: string[] = [];
    let total = 1;
    for (let pageNum = 1; guids.length < total; pageNum++) {
      const { value } = await postJson('yn_ggzy', `${PREFIX}/zfchw/getggList`, {
        ...query,
        pageNum,
        pageSize: 500,
        bulletinclass: 'bxlx001',
      });
      expect(value.list.length).toBeLessThanOrEqual(50);
      expect(value.list.length).toBeGreaterThan(0);
      total = value.total;
      guids.push(...value.list.map((row: { guid: string }) => row.guid));
    }
    expect(new Set(guids).size).toBe(total);
    expect(total).toBe(pagesOf('yn_ggzy', 'mirror/bxlx001').length);
  });

  it('filters by time, by city and by trade', async () => {
    const list = `${INFO}/gcjs/getZbJgGgList`;
    const all = await postJson('yn_ggzy', list, { ...query, tradeType: 'gcjs' });
    const day = pagesOf('yn_ggzy', 'gcjs_result')[5]?.at.slice(0, 10).replaceAll('-', '') ?? '';
    const one = await postJson('yn_ggzy', list, {
      ...query,
      tradeType: 'gcjs',
      startTime: `${day}000000`,
      endTime: `${day}235959`,
    });
    expect(one.value.total).toBeGreaterThan(0);
    expect(one.value.total).toBeLessThan(all.value.total);
    expect((await postJson('yn_ggzy', list, { ...query, cityId: '002', tradeType: 'gcjs' })).value.total).toBe(0);
    expect((await postJson('yn_ggzy', list, { ...query, tradeType: 'zhjy' })).value.total).toBe(0);
    expect((await postJson('yn_ggzy', list, { ...query, startTime: '2026-01-01' })).code).not.toBe('1');
  });

  it('prints its times in three forms', async () => {
    const { value } = await postJson('yn_ggzy', `${INFO}/gcjs/getZbggList`, { ...query, tradeType: 'gcjs' });
    const forms = value.list.map((row: { bulletinissuetime: unknown }) =>
      typeof row.bulletinissuetime === 'number' ? 'epoch' : String(row.bulletinissuetime).length,
    );
    expect(new Set(forms)).toEqual(new Set(['epoch', 14, 19]));
  });

  it('lists and serves the file that hangs on a notice', async () => {
    const page = pagesOf('yn_ggzy', 'gcjs_tender')[0];
    const reply = await postJson('yn_ggzy', `${PREFIX}/u/file/queryAttachmentList`, {
      ownerGuid: page?.externalId,
      publishTime: null,
      isYingCangFuJian: null,
    });
    expect(reply.value).toHaveLength(1);
    const file = await get('yn_ggzy', `${PREFIX}/u/file/downloadFile?fileId=${reply.value[0].fileId}`);
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });
});

describe.each([
  ['ky_gov', '/ggzyjy/zfcg/', 'div.xw-main-left.lf ul li', 'a', 'span', 'div.article h1', 'div.article .content'],
  ['hh_finance', '/zfcgxx/', 'table.newslist tr', 'td.title a', 'td.date', 'td.bt', 'td.nr'],
] as const)('%s', (site, column, rows, link, date, title, body) => {
  const read = (path: string): Promise<string> =>
    site === 'hh_finance' ? gbk(path) : get(site, path).then((reply) => reply.text());

  it('leads from page to page to every notice of the column', async () => {
    const seen: string[] = [];
    let path: string | undefined = column;
    let total = 0;
    while (path !== undefined) {
      const text: string = await read(path);
      const $ = load(text);
      total = Number(/共\s*(\d+)\s*条/.exec(text)?.[1]);
      $(rows).each((_, row) => {
        seen.push(new URL($(row).find(link).attr('href') ?? '', `http://x${path}`).pathname.slice(1));
        expect($(row).find(date).text()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      });
      const next: string | undefined = $('a.next').attr('href');
      path = next === undefined ? undefined : new URL(next, `http://x${path}`).pathname;
    }
    expect(seen).toEqual(pagesOf(site, 'zfcg').map((page) => page.externalId));
    expect(seen).toHaveLength(total);
    expect(total).toBeGreaterThan(40);
  });

  it('prints an article with its title, and its file', async () => {
    const page = pagesOf(site, 'zfcg').find((one) => one.notice.body.form === 'tender');
    const $ = load(await read(`/${page?.externalId}`));
    expect($(title).text()).toBe(page?.title);
    expect($(body).text()).toContain('项目');
    const file = await get(site, `/${page?.externalId.replace('.html', '.pdf')}`);
    expect(file.headers.get('content-type')).toBe('application/pdf');
  });
});

describe('hh_finance', () => {
  it('says its charset in the page alone, and its bytes are GBK without a lost character', async () => {
    const reply = await get('hh_finance', '/zfcgxx/');
    expect(reply.headers.get('content-type')).toBe('text/html');
    const bytes = Buffer.from(await reply.arrayBuffer());
    expect(bytes.toString('latin1')).toContain('charset=gb2312');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    for (const page of pagesOf('hh_finance', 'zfcg').slice(0, 60)) {
      const text = await gbk(`/${page.externalId}`);
      expect(text).toContain(page.title);
      expect(text).not.toMatch(/\ufffd|[\u4e00-\u9fff]\?[\u4e00-\u9fff]/);
    }
  });
});

describe('a portal with a clock', () => {
  it('shows a notice only once it is published', async () => {
    const last = portal.world.pages.ky_gov.find((page) => page.channel === 'zfcg');
    if (last === undefined) throw new Error('no page');
    let now = epochOf(last.at) - 60_000;
    const early = await startPortal({ seed: 21, notices: 1200, now: () => now });
    try {
      expect((await get('ky_gov', `/${last.externalId}`, {}, early)).status).toBe(404);
      now = epochOf(last.at);
      expect((await get('ky_gov', `/${last.externalId}`, {}, early)).status).toBe(200);
    } finally {
      await early.close();
    }
  });

  it('answers the same bytes for the same seed', async () => {
    const path = '/ggzyjy/gcjs/index_1.html';
    const bytes: string[] = [];
    for (let i = 0; i < 2; i++) {
      const twin = await startPortal({ seed: 21, notices: 1200 });
      bytes.push(await (await get('ky_gov', path, {}, twin)).text());
      await twin.close();
    }
    expect(bytes[0]).toBe(bytes[1]);
  });
});

describe('faults', () => {
  const COLUMN = '/ggzyjy/zfcg/';
  const under = async (fault: Parameters<Portal['fault']>[0], check: () => Promise<void>): Promise<void> => {
    await portal.fault(fault);
    try {
      await check();
    } finally {
      await portal.heal();
    }
  };

  it('down refuses the connection, and the port is the same again after', async () => {
    await under({ site: 'ky_gov', kind: 'down' }, async () => {
      await expect(get('ky_gov', COLUMN)).rejects.toThrow();
    });
    expect((await get('ky_gov', COLUMN)).status).toBe(200);
  });

  it('an error strikes as often as told, then the site is well; robots.txt is never hit', async () => {
    await under({ site: 'ky_gov', kind: 'error-500', times: 1 }, async () => {
      expect((await get('ky_gov', '/robots.txt')).status).toBe(200);
      expect((await get('ky_gov', COLUMN)).status).toBe(500);
      expect((await get('ky_gov', COLUMN)).status).toBe(200);
      expect(portal.hits('ky_gov')).toBe(1);
    });
  });

  it.each([
    ['html-for-json', 200, /系统维护/],
    ['challenge', 200, /安全验证/],
    ['forbidden', 403, /403/],
    ['too-many', 429, /429/],
    ['redirect', 302, /^$/],
    ['site-error', 200, /系统异常/],
  ] as const)('%s answers %i', async (kind, status, text) => {
    await under({ site: 'yn_ggzy', kind }, async () => {
      const reply = await get('yn_ggzy', '/ynggfwpt-home-api/zfchw/getggList', { method: 'POST', body: '{}' });
      expect(reply.status).toBe(status);
      expect(await reply.text()).toMatch(text);
    });
  });

  it('a truncated body breaks off before its promised end', async () => {
    await under({ site: 'ky_gov', kind: 'truncated' }, async () => {
      await expect(get('ky_gov', COLUMN).then((reply) => reply.text())).rejects.toThrow();
    });
  });

  it('a wrong charset is wrong on a UTF-8 site and on the GBK one', async () => {
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    await under({ site: 'ky_gov', kind: 'wrong-charset' }, async () => {
      const bytes = await (await get('ky_gov', COLUMN)).arrayBuffer();
      expect(() => utf8.decode(bytes)).toThrow();
    });
    await under({ site: 'hh_finance', kind: 'wrong-charset' }, async () => {
      const bytes = await (await get('hh_finance', '/zfcgxx/')).arrayBuffer();
      expect(utf8.decode(bytes)).toContain('charset=gb2312');
    });
  });

  it('a huge body can be left at any time', async () => {
    await under({ site: 'landchina', kind: 'huge-body' }, async () => {
      const reply = await get('landchina', '/tGdxm/result/list', { method: 'POST', body: '{}' });
      let size = 0;
      for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > 2_000_000) break;
      }
      expect(size).toBeGreaterThan(2_000_000);
    });
  });

  it('lists go empty, repeat their first page or end too early, each with the total that goes with it', async () => {
    const ask = async (pageNum: number): Promise<{ list: { gdGuid: string }[]; total: number }> =>
      (await postJson('landchina', '/tGdxm/result/list', { pageNum, pageSize: 10, xzqDm: '532502' })).data;
    const lawful = await ask(1);
    expect(lawful.total).toBeGreaterThan(20);
    await under({ site: 'landchina', kind: 'empty-list' }, async () => {
      expect(await ask(1)).toMatchObject({ list: [], total: 0 });
    });
    await under({ site: 'landchina', kind: 'repeats-page-1' }, async () => {
      expect((await ask(2)).list).toEqual(lawful.list);
    });
    await under({ site: 'landchina', kind: 'pagination-short' }, async () => {
      const last = await ask(Math.ceil(lawful.total / 10));
      expect(last.list).toEqual([]);
      expect(last.total).toBe(lawful.total);
    });
  });

  it('details vanish while lists stay', async () => {
    await under({ site: 'hh_finance', kind: 'detail-404' }, async () => {
      expect((await get('hh_finance', '/zfcgxx/')).status).toBe(200);
      expect((await get('hh_finance', `/${pagesOf('hh_finance', 'zfcg')[0]?.externalId}`)).status).toBe(404);
    });
  });

  it('a slow site answers in the end', async () => {
    await under({ site: 'ky_gov', kind: 'slow', delayMs: 30 }, async () => {
      const started = performance.now();
      expect((await get('ky_gov', COLUMN)).status).toBe(200);
      expect(performance.now() - started).toBeGreaterThanOrEqual(29);
    });
  });

  it('are read from a line of text; what is unknown is refused with the words that are known', () => {
    expect(parseFaults('yn_ccgp:challenge, ky_gov:error-500*2')).toEqual([
      { site: 'yn_ccgp', kind: 'challenge' },
      { site: 'ky_gov', kind: 'error-500', times: 2 },
    ]);
    expect(() => parseFaults('ky_gov:tired')).toThrow(CorrectInput);
    expect(Object.keys(FAULT_KINDS).length).toBeGreaterThanOrEqual(12);
  });
});
