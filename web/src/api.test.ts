import { afterEach, describe, expect, it, vi } from 'vitest';

import { alertPath, api, ApiFailure, noticePath } from './api.ts';

const answer = (status: number, body: string) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(body, { status })),
  );
const asked = () => vi.mocked(fetch).mock.calls[0]?.[0];
const signal = new AbortController().signal;

afterEach(() => vi.unstubAllGlobals());

describe('asking the API', () => {
  it('sends only the filters that were chosen', async () => {
    answer(200, '{"items":[],"nextCursor":null,"total":0}');
    await api.notices({ q: '道路 绿化', kind: '', cursor: undefined }, signal);
    expect(asked()).toBe('/api/notices?q=%E9%81%93%E8%B7%AF+%E7%BB%BF%E5%8C%96');
  });

  it('keeps a notice id with slashes in one place of the address', async () => {
    answer(200, '{}');
    await api.notice('hh_finance:zfcgxx/202611/1.html', signal);
    expect(asked()).toBe('/api/notices/hh_finance%3Azfcgxx%2F202611%2F1.html');
    expect(noticePath('a/b')).toBe('/notices/a%2Fb');
    expect(alertPath('p|1|KY-GP-3D')).toBe('/alerts/p%7C1%7CKY-GP-3D');
  });

  it('hands on what the API says and advises', async () => {
    answer(404, '{"code":"NOT_FOUND","message":"没有这条公告","advice":"请核对网址。"}');
    await expect(api.notice('x', signal)).rejects.toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
      message: '没有这条公告',
      advice: '请核对网址。',
    });
  });

  it('says what to do when something else than data comes back', async () => {
    answer(502, '<html>Bad Gateway</html>');
    const failure = await api.overview(signal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiFailure);
    expect(failure).toMatchObject({ status: 502, code: 'NOT_JSON' });
  });

  it('says what to do when nothing comes back', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => Promise.reject(new TypeError('Failed to fetch'))),
    );
    await expect(api.overview(signal)).rejects.toMatchObject({ status: 0, message: '无法连接服务' });
  });
});
