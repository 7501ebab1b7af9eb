import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';

import { source as financeSource } from '../../hh_finance/source.ts';
import { source as citySource } from '../../ky_gov/source.ts';
import type { FetchedPage, ListReading } from '../../../src/model/source.ts';
import { failureOf, Fixtures, KAIYUAN, replyTo, shippedSettings } from '../fixtures.ts';

const city = new Fixtures(citySource);
const finance = new Fixtures(financeSource);
const zfcg = citySource.channels.find(({ id }) => id === 'zfcg')!;

const cityText = (file: string): string => Buffer.from(city.bytes(file)).toString('utf8');
const cityReply = (file: string, change: (html: string) => string): FetchedPage =>
  replyTo(city.request(file), change(cityText(file)), 'text/html');
/** The first page of 政府采购 asked for since a day. */
const since = (day: string | null, html: string): FetchedPage =>
  replyTo(city.adapter.start(zfcg, { since: day, until: null })[0]!, html, 'text/html');
const listOf = (page: FetchedPage): ListReading => city.adapter.read(page) as ListReading;

describe('a site of columns', () => {
  it('follows the link to the next page, and counts only when it came to the end', () => {
    const first = city.list('zfcg-list-1.html');
    expect(first).toMatchObject({ total: null, next: [{ key: 'list:zfcg:2', page: 2 }] });
    expect(city.list('zfcg-list-2.html')).toMatchObject({ total: 6, next: [] });
  });

  it('stops behind a page that is older than the window as a whole', () => {
    expect(listOf(since('2026-04-01', cityText('zfcg-list-1.html')))).toMatchObject({ total: null, next: [] });
  });

  it('goes on when one row of the page is of the window’s first day', () => {
    expect(listOf(since('2026-03-20', cityText('zfcg-list-1.html'))).next).toHaveLength(1);
  });

  it('an old row pinned at the top ends nothing', () => {
    const pinned = cityText('zfcg-list-1.html').replace('<span>2026-03-20</span>', '<span>2019-01-02</span>');
    expect(listOf(since('2026-03-10', pinned)).next).toHaveLength(1);
  });

  it('rows older than the window on a page in it are read as well', () => {
    expect(listOf(since('2026-03-17', cityText('zfcg-list-1.html'))).rows).toHaveLength(3);
  });

  it('the title attribute holds what the row cuts off', () => {
    expect(city.list('zfcg-list-1.html').rows[1]!.title).toBe('开远市灵泉西路市政道路提升改造工程成交候选供应商公示');
  });

  it('rows that lead to another site are passed over and counted', () => {
    expect(city.list('zfcg-list-1.html').passedOver).toEqual([{ reason: '链接指向其他网站', count: 1 }]);
  });

  it('other counties of the prefecture are told by title; a title without a place leaves it to the page', () => {
    expect(finance.list('zfcg-list-1.html').rows.map(({ inRegion }) => inRegion)).toEqual([
      true,
      false,
      true,
      null,
      null,
    ]);
  });

  it('a selector that finds nothing on a page with content is LIST_STRUCTURE_CHANGED', () => {
    const failure = failureOf(
      city.adapter,
      cityReply('zfcg-list-1.html', (html) => html.replaceAll('xw-main-left', 'main-list')),
    );
    expect(failure.code).toBe('LIST_STRUCTURE_CHANGED');
    expect(failure.message).toContain('div.xw-main-left.lf ul li');
    expect(String(failure.facts['sample']).length).toBeGreaterThan(10);
  });

  it.each([
    ['an empty frame that counts rows', (html: string) => html.replace(/<ul>\n[\s\S]*?<\/ul>/, '<ul></ul>')],
    ['a blank page', () => '<html><body></body></html>'],
  ])('%s is LIST_EMPTY', (_what, change) => {
    expect(failureOf(city.adapter, cityReply('zfcg-list-1.html', change)).code).toBe('LIST_EMPTY');
  });

  it.each([
    ['an empty frame', '<ul></ul>', '', null],
    ['a frame that says 暂无信息', '<ul><li>暂无信息</li></ul>', '', null],
    ['a count of 0', '', '共 0 条', 0],
  ])('%s is the list without a row, for the run to judge', (_what, frame, count, total) => {
    const page = cityReply('zfcg-list-1.html', (html) =>
      html.replace(/<ul>\n[\s\S]*?<\/ul>/, frame).replace('共 6 条', count),
    );
    expect(city.adapter.read(page)).toMatchObject({ rows: [], total, next: [], emptied: true });
  });

  it.each([
    ['without a link', (html: string) => html.replace(/<a href="\.\/t20260320[^>]*>[^<]*<\/a>/, '成交结果公告')],
    ['with a date that is none', (html: string) => html.replace('<span>2026-03-20</span>', '<span>置顶</span>')],
  ])('a row %s is LIST_STRUCTURE_CHANGED', (_what, change) => {
    expect(failureOf(city.adapter, cityReply('zfcg-list-1.html', change)).code).toBe('LIST_STRUCTURE_CHANGED');
  });

  it('a list whose dates are gone is LIST_STRUCTURE_CHANGED', () => {
    const failure = failureOf(
      city.adapter,
      cityReply('zfcg-list-1.html', (html) => html.replace(/<span>[\d-]+<\/span>/g, '')),
    );
    expect(failure.code).toBe('LIST_STRUCTURE_CHANGED');
  });

  it('a next link that leads back to the page is REPEATED_PAGE', () => {
    const failure = failureOf(
      city.adapter,
      cityReply('zfcg-list-1.html', (html) => html.replace('href="index_1.html"', 'href="./"')),
    );
    expect(failure.code).toBe('REPEATED_PAGE');
  });

  it.each(['zfcg-list-1.html', 'zfcg-candidate.html'])(
    '%s: a page that says the site is down is SITE_ERROR, to be asked again',
    (file) => {
      const down =
        '<html><head><title>系统维护</title></head><body><h1>系统维护中</h1><p>请稍后访问。</p></body></html>';
      const failure = failureOf(
        city.adapter,
        cityReply(file, () => down),
      );
      expect(failure).toMatchObject({ code: 'SITE_ERROR', remedy: 'again' });
      expect(failure.message).toContain('系统维护中');
    },
  );

  it('a short notice about 系统维护 is a notice', () => {
    const page = cityReply('zfcg-attachment-only.html', (html) =>
      html.replace(/<h1>.*<\/h1>/, '<h1>门户网站系统维护服务合同公告</h1>'),
    );
    expect(city.adapter.read(page)).toMatchObject({ notice: { fields: { title: '门户网站系统维护服务合同公告' } } });
  });

  it('a gateway’s page in UTF-8 before a GBK site is read as what it says', () => {
    const down = '<html><body><h1>系统维护中</h1><p>系统正在升级维护，请各位用户稍后访问。</p></body></html>';
    const page = replyTo(finance.request('zfcg-list-1.html'), down, 'text/html; charset=utf-8');
    expect(failureOf(finance.adapter, page).code).toBe('SITE_ERROR');
  });

  it('JSON in place of a page is WRONG_CONTENT_TYPE', () => {
    const page = replyTo(city.request('zfcg-list-1.html'), '{"status":500,"message":"系统异常"}', 'application/json');
    expect(failureOf(city.adapter, page).code).toBe('WRONG_CONTENT_TYPE');
  });

  it.each([
    ['title', (html: string) => html.replace(/<h1>.*<\/h1>/, '')],
    ['body', (html: string) => html.replace('class="content"', 'class="text"')],
    [
      'body',
      (html: string) =>
        html.replace(/<div class="content">[\s\S]*?<div class="attach">.*/, '<div class="content"></div></div>'),
    ],
  ])('a page without %s is FIELD_MISSING', (field, change) => {
    expect(failureOf(city.adapter, cityReply('zfcg-candidate.html', change))).toMatchObject({
      code: 'FIELD_MISSING',
      facts: { field },
    });
  });

  it('a body that is an attachment alone is a notice', () => {
    expect(city.adapter.read(city.page('zfcg-attachment-only.html'))).toMatchObject({
      notice: { fields: { title: '开远市公安局执法记录仪采购项目合同公告' } },
      attachments: [{ name: '开远市公安局执法记录仪采购项目合同.pdf' }],
    });
  });

  it('GBK is read though only the page’s own meta element says so', () => {
    const settings = { ...shippedSettings(financeSource), charset: null };
    const adapter = financeSource.create(settings, KAIYUAN);
    expect(adapter.read(finance.page('zfcg-list-1.html'))).toEqual(finance.list('zfcg-list-1.html'));
  });

  it('a site that moved to UTF-8 under a charset set to gb18030 is CHARSET_BROKEN, not read as nonsense', () => {
    const settings = { ...shippedSettings(financeSource), charset: 'gb18030' as const };
    const utf8 = iconv.decode(Buffer.from(finance.bytes('zfcg-list-1.html')), 'gbk');
    const page = replyTo(finance.request('zfcg-list-1.html'), utf8, 'text/html');
    expect(failureOf(financeSource.create(settings, KAIYUAN), page).code).toBe('CHARSET_BROKEN');
  });
});

describe('options of a site of columns', () => {
  const create = (options: Record<string, unknown>) => () =>
    citySource.create({ ...shippedSettings(citySource), options }, KAIYUAN);
  const { list, detail, columns } = shippedSettings(citySource).options as Record<string, Record<string, string>>;

  it.each([
    ['ky_gov.options.list', 'row', { detail, columns }],
    ['ky_gov.options.list.row', 'CSS', { list: { ...list, row: 'ul >> li[' }, detail, columns }],
    ['ky_gov.options.list.total', '正则', { list: { ...list, total: '共 N 条' }, detail, columns }],
    ['ky_gov.options.columns.cqjy', '/zfcgxx/', { list, detail, columns: { ...columns, cqjy: 'http://elsewhere/' } }],
    ['ky_gov.options.columns.news', 'gcjs', { list, detail, columns: { ...columns, news: '/news/' } }],
  ])('%s: the error names it and what is allowed', (key, allowed, options) => {
    expect(create(options)).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({ file: 'config/sources.yaml', key, allowed: expect.stringContaining(allowed) }),
      }),
    );
  });

  it('a missing column is refused: a column that is not asked for would look complete', () => {
    const { cqjy, ...rest } = columns!;
    expect(cqjy).toBeDefined();
    expect(create({ list, detail, columns: rest })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
