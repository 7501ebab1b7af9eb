import { describe, expect, it } from 'vitest';

import type { FetchedPage, SourceRequest } from '../../src/model/source.ts';
import { failureOf, Fixtures, replyTo } from '../shared/fixtures.ts';
import { source } from './source.ts';

const fixtures = new Fixtures(source);
const { adapter } = fixtures;
const JSON_TYPE = 'application/json;charset=UTF-8';
const transfer = source.channels[0]!;

interface Reply {
  code: number;
  msg: string;
  data: { total: number; pageNum: number; list: Record<string, unknown>[] } & Record<string, unknown>;
}

/** An answer without rows to a request for this window. */
function emptyReply(since: string | null, total: number, page = 1): FetchedPage {
  const [first] = adapter.start(transfer, { since, until: null });
  const request: SourceRequest = { ...first!, page };
  return replyTo(request, JSON.stringify({ code: 200, data: { total, list: [], pageNum: page } }), JSON_TYPE);
}

describe('中国土地市场网', () => {
  it('asks by startDate and endDate, since startTime would be ignored in silence', () => {
    const [bounded] = adapter.start(transfer, { since: '2026-03-01', until: '2026-03-31' });
    expect(bounded!.json).toMatchObject({
      xzqDm: '532502',
      startDate: '2026-03-01 00:00:00',
      endDate: '2026-03-31 23:59:59',
    });
    const [open] = adapter.start(transfer, { since: null, until: null });
    expect(Object.keys(open!.json as object)).not.toContain('startDate');
  });

  it('asks for all further pages at once, as soon as the first tells the total', () => {
    const reading = adapter.read(
      fixtures.changed('transfer-list.json', (body: Reply) => ({ ...body, data: { ...body.data, total: 81 } })),
    );
    expect(reading).toMatchObject({
      total: 81,
      next: [
        { key: 'list:transfer:2', page: 2 },
        { key: 'list:transfer:3', page: 3 },
      ],
    });
  });

  it('the last of 80 rows stands on page 2: no third page is asked for', () => {
    const reading = adapter.read(
      fixtures.changed('transfer-list.json', (body: Reply) => ({ ...body, data: { ...body.data, total: 80 } })),
    );
    expect(reading).toMatchObject({ next: [{ page: 2 }] });
  });

  it('a bounded window may be empty when the site says so', () => {
    expect(adapter.read(emptyReply('2026-03-01', 0))).toMatchObject({ rows: [], total: 0, next: [] });
  });

  it('an empty list over all years is LIST_EMPTY', () => {
    expect(failureOf(adapter, emptyReply(null, 0)).code).toBe('LIST_EMPTY');
  });

  it('an empty list that claims rows is LIST_EMPTY', () => {
    expect(failureOf(adapter, emptyReply('2026-03-01', 7)).code).toBe('LIST_EMPTY');
  });

  it('an empty second page that should hold rows is PAGINATION_SHORT', () => {
    expect(failureOf(adapter, emptyReply('2026-03-01', 57, 2)).code).toBe('PAGINATION_SHORT');
  });

  it('the answer of another page is REPEATED_PAGE', () => {
    const page = fixtures.page('transfer-list.json');
    page.request = { ...page.request, page: 2 };
    expect(failureOf(adapter, page).code).toBe('REPEATED_PAGE');
  });

  it('code 500 in the body is SITE_ERROR with the site’s words', () => {
    const failure = failureOf(
      adapter,
      fixtures.changed('deal-list.json', () => ({ code: 500, msg: '系统繁忙', data: null })),
    );
    expect(failure).toMatchObject({ code: 'SITE_ERROR', remedy: 'again' });
    expect(failure.message).toContain('系统繁忙');
  });

  it('a web page in place of JSON is WRONG_CONTENT_TYPE', () => {
    const failure = failureOf(adapter, replyTo(fixtures.request('deal-list.json'), '<html>维护中</html>', 'text/html'));
    expect(failure.code).toBe('WRONG_CONTENT_TYPE');
    expect(failure.facts['sample']).toContain('维护中');
  });

  it('JSON that breaks off is BODY_TRUNCATED, wherever it breaks', () => {
    const whole = fixtures.bytes('deal-list.json');
    for (const length of [1, 40, 200, whole.length - 1]) {
      const page = replyTo(fixtures.request('deal-list.json'), whole.subarray(0, length), JSON_TYPE);
      expect(failureOf(adapter, page).code).toBe('BODY_TRUNCATED');
    }
  });

  it('a renamed field is LIST_STRUCTURE_CHANGED and is named', () => {
    const failure = failureOf(
      adapter,
      fixtures.changed('transfer-list.json', (body: Reply) => {
        const [{ gyggBt, ...first }, ...rest] = body.data.list as [
          Record<string, unknown>,
          ...Record<string, unknown>[],
        ];
        return { ...body, data: { ...body.data, list: [{ ...first, title: gyggBt }, ...rest] } };
      }),
    );
    expect(failure.code).toBe('LIST_STRUCTURE_CHANGED');
    expect(failure.message).toContain('gyggBt');
  });

  it('a list whose dates are gone is LIST_STRUCTURE_CHANGED', () => {
    const failure = failureOf(
      adapter,
      fixtures.changed('transfer-list.json', (body: Reply) => ({
        ...body,
        data: { ...body.data, list: body.data.list.map((row) => ({ ...row, fbSj: '' })) },
      })),
    );
    expect(failure.code).toBe('LIST_STRUCTURE_CHANGED');
  });

  it('a notice without its text is FIELD_MISSING', () => {
    const failure = failureOf(
      adapter,
      fixtures.changed('transfer-detail.json', (body: Reply) => ({ ...body, data: { ...body.data, gyggNr: ' ' } })),
    );
    expect(failure.code).toBe('FIELD_MISSING');
    expect(failure.message).toContain('gyggNr');
  });

  it('a notice of another county is read and not kept', () => {
    const reading = adapter.read(
      fixtures.changed('transfer-detail.json', (body: Reply) => ({ ...body, data: { ...body.data, xzqDm: '532501' } })),
    );
    expect(reading).toMatchObject({ notice: null });
  });
});
