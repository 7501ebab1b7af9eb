import { describe, expect, it } from 'vitest';

import type { DetailReading, FetchedPage, ListReading } from '../../src/model/source.ts';
import { failureOf, Fixtures, KAIYUAN, replyTo, shippedSettings } from '../shared/fixtures.ts';
import { source } from './source.ts';

const fixtures = new Fixtures(source);
const { adapter } = fixtures;
const JSON_TYPE = 'application/json;charset=UTF-8';

type Row = Record<string, unknown>;
interface Reply {
  code: string;
  value: { list: Row[]; total: number } & Row;
}

const channel = (id: string) => source.channels.find((one) => one.id === id)!;
const firstRow = (file: string, change: Row): FetchedPage =>
  fixtures.changed(file, (body: Reply) => ({
    ...body,
    value: { ...body.value, list: body.value.list.map((row, index) => (index === 0 ? { ...row, ...change } : row)) },
  }));
const record = (file: string, change: Row): FetchedPage =>
  fixtures.changed(file, (body: Reply) => ({ ...body, value: { ...body.value, ...change } }));
const emptyReply = (id: string, since: string | null): FetchedPage =>
  replyTo(
    adapter.start(channel(id), { since, until: null })[0]!,
    JSON.stringify({ code: '1', value: { list: [], total: 0 } }),
    JSON_TYPE,
  );

describe('云南省公共资源交易信息网', () => {
  it('asks for 红河州 and the window, in the site’s own form of time', () => {
    const [request] = adapter.start(channel('gcjs_tender'), { since: '2026-03-01', until: '2026-03-31' });
    expect(request!.json).toEqual({
      pageNum: 1,
      pageSize: 50,
      cityId: '015',
      tradeType: 'gcjs',
      title: '',
      startTime: '20260301000000',
      endTime: '20260331235959',
    });
  });

  it('another prefecture can be set, a wrong one is refused with the allowed form', () => {
    const settings = shippedSettings(source);
    const kunming = source.create({ ...settings, options: { cityId: '002' } }, KAIYUAN);
    expect(kunming.start(channel('td_notice'), { since: null, until: null })[0]!.json).toMatchObject({ cityId: '002' });
    expect(() => source.create({ ...settings, options: { cityId: 15 } }, KAIYUAN)).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ key: 'yn_ggzy.options.cityId' }) }),
    );
  });

  it('every class of the procurement mirror is a column of its own, so that each can be counted', () => {
    const classes = source.channels
      .filter(({ id }) => id.startsWith('mirror_'))
      .map(({ id }) => (adapter.start(channel(id), { since: null, until: null })[0]!.json as Row)['bulletinclass']);
    expect(classes).toEqual(['bxlx001', 'bxlx004', 'bxlx005', 'bxlx007', 'bxlx008', 'bxlx014']);
  });

  it('the county’s platform places a row, another county’s passes it over, the prefecture’s leaves it open', () => {
    expect(fixtures.list('gcjs_candidate-list.json').rows.map(({ inRegion }) => inRegion)).toEqual([true, false, null]);
  });

  it('a title that names 开远 places a row on the prefecture’s platform', () => {
    const page = firstRow('gcjs_result-list.json', { jyptid: '红河州公共资源交易中心' });
    expect((adapter.read(page) as ListReading).rows[0]!.inRegion).toBe(true);
  });

  it('where the list cannot tell, the place of the works decides', () => {
    expect((adapter.read(fixtures.page('gcjs_result-by-place-detail.json')) as DetailReading).notice).not.toBeNull();
    expect((adapter.read(fixtures.page('gcjs_candidate-elsewhere-detail.json')) as DetailReading).notice).toBeNull();
  });

  it('a rate in the amount field is no amount', () => {
    const reading = adapter.read(fixtures.page('gcjs_result-by-place-detail.json')) as DetailReading;
    expect(reading.notice!.fields.amount).toBeNull();
  });

  it('all further pages follow from the first one’s total', () => {
    const page = fixtures.changed('zfcg_tender-list.json', (body: Reply) => ({
      ...body,
      value: { ...body.value, total: 101 },
    }));
    expect((adapter.read(page) as ListReading).next.map(({ key }) => key)).toEqual([
      'list:zfcg_tender:2',
      'list:zfcg_tender:3',
    ]);
  });

  it('a bounded window may be empty; all years of the prefecture’s tenders may not', () => {
    expect(adapter.read(emptyReply('gcjs_tender', '2026-03-01'))).toMatchObject({ rows: [], total: 0 });
    expect(failureOf(adapter, emptyReply('gcjs_tender', null)).code).toBe('LIST_EMPTY');
  });

  it('a column that says why may be empty for ever', () => {
    expect(channel('cq_listing').mayBeEmpty).not.toBeNull();
    expect(adapter.read(emptyReply('cq_listing', null))).toMatchObject({ rows: [], total: 0 });
  });

  it('a code other than "1" is SITE_ERROR', () => {
    const page = fixtures.changed('gcjs_plan-list.json', () => ({ code: '500', message: '系统繁忙', value: null }));
    expect(failureOf(adapter, page).message).toContain('系统繁忙');
    expect(failureOf(adapter, page).code).toBe('SITE_ERROR');
  });

  it('a web page in place of JSON is WRONG_CONTENT_TYPE, JSON that breaks off BODY_TRUNCATED', () => {
    const request = fixtures.request('td_notice-list.json');
    expect(failureOf(adapter, replyTo(request, '<!DOCTYPE html><html></html>', 'text/html')).code).toBe(
      'WRONG_CONTENT_TYPE',
    );
    const half = fixtures.bytes('td_notice-list.json').subarray(0, 90);
    expect(failureOf(adapter, replyTo(request, half, JSON_TYPE)).code).toBe('BODY_TRUNCATED');
  });

  it('the title under another name is LIST_STRUCTURE_CHANGED and names the field', () => {
    const failure = failureOf(
      adapter,
      firstRow('gcjs_tender-list.json', { bulletinname: undefined, bulletintitle: '招标公告' }),
    );
    expect(failure.code).toBe('LIST_STRUCTURE_CHANGED');
    expect(failure.message).toContain('bulletinname');
  });

  it('a row of a class that was not asked for is UNKNOWN_COLUMN', () => {
    const failure = failureOf(adapter, firstRow('mirror_result-list.json', { bulletinclass: 'bxlx077' }));
    expect(failure.code).toBe('UNKNOWN_COLUMN');
    expect(failure.message).toContain('bxlx077');
  });

  it.each([
    ['publicityname', ''],
    ['publicitycontent', '  '],
    ['publicitycontent', null],
  ])('a candidate notice whose %s is %j is FIELD_MISSING', (field, value) => {
    expect(failureOf(adapter, record('gcjs_candidate-detail.json', { [field]: value }))).toMatchObject({
      code: 'FIELD_MISSING',
      facts: { field },
    });
  });

  it('an unreadable end of publicity is FIELD_MISSING, not left out', () => {
    const failure = failureOf(adapter, record('gcjs_candidate-detail.json', { publicityendtime: '三日后' }));
    expect(failure).toMatchObject({ code: 'FIELD_MISSING', facts: { field: 'publicityendtime' } });
  });

  it('an answer without content is FIELD_MISSING', () => {
    expect(
      failureOf(
        adapter,
        fixtures.changed('td_result-detail.json', () => ({ code: '1', value: null })),
      ).code,
    ).toBe('FIELD_MISSING');
  });
});
