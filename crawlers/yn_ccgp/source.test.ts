import { describe, expect, it } from 'vitest';

import type { FetchedPage, ListReading } from '../../src/model/source.ts';
import { failureOf, Fixtures, KAIYUAN, replyTo, shippedSettings } from '../shared/fixtures.ts';
import { plantedReason } from './reply.ts';
import { source } from './source.ts';

const fixtures = new Fixtures(source);
const { adapter } = fixtures;
const JSON_TYPE = 'application/json;charset=UTF-8';

type Row = Record<string, unknown>;
interface Reply {
  code: string;
  data: { rows: Row[]; total: number };
}

const answer = (file: string, body: unknown): FetchedPage =>
  replyTo(fixtures.request(file), JSON.stringify(body), JSON_TYPE);
/** The list with its first row of 开远 changed. */
const withRow = (change: Row): FetchedPage =>
  fixtures.changed('list.json', (body: Reply) => ({
    ...body,
    data: { ...body.data, rows: body.data.rows.map((row, index) => (index === 1 ? { ...row, ...change } : row)) },
  }));
const html = (file: string, change: (page: string) => string): FetchedPage =>
  replyTo(
    fixtures.request(file),
    change(Buffer.from(fixtures.bytes(file)).toString('utf8')),
    'text/html;charset=UTF-8',
  );

describe('云南省政府采购网', () => {
  it('opens the session before it asks for the list, and never asks for page 2', () => {
    const list = source.channels.find(({ id }) => id === 'list')!;
    const requests = adapter.start(list, { since: null, until: null });
    expect(requests.map(({ role }) => role)).toEqual(['warmup', 'list']);
    expect((adapter.read(fixtures.page('list.json')) as ListReading).next).toEqual([]);
  });

  it('one bulletin on both lists is one notice with one detail request', () => {
    const id = '-5a3e1c07.1a6b2f90d41.7c12';
    const [home, list] = ['home.json', 'list.json'].map(
      (file) => fixtures.list(file).rows.find(({ externalId }) => externalId === id)!.detail,
    );
    expect(home!.key).toBe(list!.key);
    expect(home!.url).toBe(list!.url);
  });

  it('testifies from the day after its last row on, since that day may go on overleaf', () => {
    expect(fixtures.list('list.json').reachesBackTo).toBe('2026-03-17');
  });

  it('an old row pinned at the top does not stretch the reach', () => {
    const page = withRow({ finishday: '2019-01-01' });
    expect(adapter.read(page)).toMatchObject({ reachesBackTo: '2026-03-17' });
  });

  it('a list that shows everything there is reaches back without end', () => {
    const page = fixtures.changed('list.json', (body: Reply) => ({ ...body, data: { ...body.data, total: 11 } }));
    expect(adapter.read(page)).toMatchObject({ reachesBackTo: null, total: 11 });
  });

  it('home rows come wrapped or as a bare array', () => {
    const bare = fixtures.changed('home.json', (body: { data: unknown }) => body.data);
    expect(adapter.read(bare)).toEqual(adapter.read(fixtures.page('home.json')));
  });

  it('demonstration rows and trial postings are passed over by name', () => {
    expect(fixtures.list('list.json').passedOver).toEqual([
      { reason: '网站固定展示的演示条目', count: 1 },
      { reason: '网站的测试公告', count: 1 },
    ]);
    expect(plantedReason('always_show1', '关于启用新版采购系统的通知')).not.toBeNull();
  });

  it.each(['测试项目采购公告（请勿报名）', '（测试）竞争性磋商公告', '采购流程测试公告', '测试', '测试请勿投标'])(
    '“%s” is a trial posting',
    (title) => {
      expect(plantedReason('x', title)).toBe('网站的测试公告');
    },
  );

  it.each([
    '开远市第一中学学生体质测试仪采购项目竞争性谈判公告',
    '智慧政务系统等保测评与测试服务采购公告',
    '测试仪器采购项目中标公告',
  ])('“%s” is a real notice', (title) => {
    expect(plantedReason('x', title)).toBeNull();
  });

  it('a class known by neither code nor name is UNKNOWN_COLUMN, with its label', () => {
    const failure = failureOf(adapter, withRow({ bulletinclass: 'bxlx099', bulletinclasschina: '信用评价公告' }));
    expect(failure.code).toBe('UNKNOWN_COLUMN');
    expect(failure.message).toContain('信用评价公告');
    expect(failure.message).toContain('bxlx099');
  });

  it('a class that the operator registered is read', () => {
    const settings = { ...shippedSettings(source), options: { classes: { bxlx099: 'other' } } };
    const page = withRow({ bulletinclass: 'bxlx099', bulletinclasschina: '信用评价公告' });
    expect(source.create(settings, KAIYUAN).read(page)).toMatchObject({ role: 'list' });
  });

  it('a registration of a kind that does not exist is answered with the allowed kinds', () => {
    const settings = { ...shippedSettings(source), options: { classes: { bxlx099: '结果' } } };
    expect(() => source.create(settings, KAIYUAN)).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({
          key: 'yn_ccgp.options.classes.bxlx099',
          allowed: expect.stringContaining('result'),
          got: '结果',
        }),
      }),
    );
  });

  it('an empty object means the session was not accepted', () => {
    const failure = failureOf(adapter, answer('list.json', { code: '1', data: {} }));
    expect(failure.code).toBe('SITE_ERROR');
    expect(failure.message).toContain('会话');
  });

  it('status 500 under HTTP 200 is SITE_ERROR, to be asked again', () => {
    const failure = failureOf(adapter, answer('home.json', { status: 500, message: '系统异常' }));
    expect(failure).toMatchObject({ code: 'SITE_ERROR', remedy: 'again' });
  });

  it('a captcha is CHALLENGE and stops the source', () => {
    const failure = failureOf(adapter, answer('list.json', { code: '406', message: '验证码校验不通过' }));
    expect(failure).toMatchObject({ code: 'CHALLENGE', remedy: 'stop' });
  });

  it.each([
    ['list.json', { code: '1', data: { rows: [], total: 0 } }],
    ['home.json', { code: '1', data: [] }],
  ])('%s without rows is LIST_EMPTY: the province publishes every working day', (file, body) => {
    expect(failureOf(adapter, answer(file, body)).code).toBe('LIST_EMPTY');
  });

  it('rows in another form are LIST_STRUCTURE_CHANGED', () => {
    expect(failureOf(adapter, answer('list.json', { code: '1', data: { list: [], total: 3 } })).code).toBe(
      'LIST_STRUCTURE_CHANGED',
    );
    expect(failureOf(adapter, withRow({ bulletin_id: '' })).code).toBe('LIST_STRUCTURE_CHANGED');
    expect(failureOf(adapter, withRow({ finishday: '昨天' })).code).toBe('LIST_STRUCTURE_CHANGED');
  });

  it('a web page in place of JSON is WRONG_CONTENT_TYPE, JSON that breaks off BODY_TRUNCATED', () => {
    const request = fixtures.request('list.json');
    expect(failureOf(adapter, replyTo(request, '<html></html>', 'text/html')).code).toBe('WRONG_CONTENT_TYPE');
    const half = fixtures.bytes('list.json').subarray(0, 700);
    expect(failureOf(adapter, replyTo(request, half, JSON_TYPE)).code).toBe('BODY_TRUNCATED');
  });

  it('a page without title is FIELD_MISSING', () => {
    const failure = failureOf(
      adapter,
      html('detail-result.html', (page) => page.replace(/<title>.*<\/title>/, '<title>云南省政府采购网</title>')),
    );
    expect(failure).toMatchObject({ code: 'FIELD_MISSING', facts: { field: 'title' } });
  });

  it('a page without the container of the legal text is FIELD_MISSING', () => {
    const failure = failureOf(
      adapter,
      html('detail-result.html', (page) => page.replaceAll('vF_detail_content', 'content')),
    );
    expect(failure).toMatchObject({ code: 'FIELD_MISSING', facts: { field: 'body' } });
  });

  it('the hidden text is read, the template’s hidden helpers are not', () => {
    const reading = adapter.read(fixtures.page('detail-result.html'));
    const text = reading.role === 'detail' ? (reading.notice?.text ?? '') : '';
    expect(text).toContain('YNZC2026-C2-00731-YNHY-0016');
    expect(text).not.toContain('9999999');
  });

  it('attachments are absolute http addresses; script links are left out', () => {
    expect(adapter.read(fixtures.page('detail-result.html'))).toMatchObject({
      attachments: [
        { name: '开远市灵泉西路市政道路提升改造工程磋商文件.docx' },
        { name: '成交供应商分项报价表.pdf', url: 'http://www.ccgp-yunnan.gov.cn/filemanager/download.svc?fileId=8812' },
      ],
    });
  });
});
