import { describe, expect, it } from 'vitest';

import { SiteFailure } from '../model/failure.ts';
import type { FetchedPage } from '../model/source.ts';
import { checkReply } from './classify.ts';

interface Given {
  expects?: 'json' | 'html';
  status?: number;
  headers?: Record<string, string>;
  body: string | Uint8Array;
}

function codeOf({ expects = 'html', status = 200, headers = {}, body }: Given): string | null {
  const page: FetchedPage = {
    request: { key: 'k', channelId: 'c', role: 'list', method: 'GET', url: 'http://site/x', expects },
    url: 'http://site/x',
    status,
    headers,
    bytes: typeof body === 'string' ? Buffer.from(body) : body,
  };
  try {
    checkReply(page);
    return null;
  } catch (error) {
    if (error instanceof SiteFailure) return error.code;
    throw error;
  }
}

const NOTICE = `<html><head><title>成交结果公告</title></head><body><h1>开远市人民医院采购项目成交结果公告</h1>
<p>供应商登录系统时请输入验证码并完成滑动验证后下载采购文件。</p>${'<p>采购人：开远市人民医院；地址：云南省开远市。</p>'.repeat(30)}</body></html>`;

describe('a challenge is recognised, never answered', () => {
  it.each<[string, Given]>([
    [
      'a cloud shield that asks for a slide',
      {
        body: '<html><head><title>云防护</title></head><body>请完成安全验证<div id="nc_1_wrapper"></div></body></html>',
      },
    ],
    [
      'a page that wants a captcha typed',
      { body: '<html><body><p>请输入验证码后继续访问</p><input name="yzm"><img src="/yzm"></body></html>' },
    ],
    ['a slider', { body: '<html><body><script src="/slide.js"></script>滑动验证页面</body></html>' }],
    [
      'a script that sets a cookie and loads again',
      { body: '<script>document.cookie="__jsl_clearance=17;path=/";location.href=location.pathname</script>' },
    ],
    [
      'the same under a status of its own',
      { status: 521, body: '<script>document["cookie"] = "x=1"; location.reload()</script>' },
    ],
    ['Cloudflare by its header', { status: 403, headers: { 'cf-mitigated': 'challenge' }, body: '<html>…</html>' }],
    [
      'Cloudflare by its page',
      { status: 503, body: '<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x"></script>' },
    ],
    [
      'in GBK',
      // 请完成安全验证
      {
        body: Buffer.concat([
          Buffer.from('<html><script></script>'),
          Buffer.from('c7ebcdeab3c9b0b2c8abd1e9d6a4', 'hex'),
          Buffer.from('</html>'),
        ]),
      },
    ],
    [
      'a page where an interface was asked',
      { expects: 'json', body: '<html><title>访问验证</title><body>请拖动滑块完成拼图<script></script></body></html>' },
    ],
    [
      'an interface that refuses the captcha',
      { expects: 'json', status: 406, body: '{"code":"406","message":"验证码校验不通过"}' },
    ],
    ['an interface that demands a captcha', { expects: 'json', body: '{"code":200,"msg":"请先完成滑动验证"}' }],
    [
      'a site that finds us too frequent',
      { body: '<html><title>提示</title><body>您的访问过于频繁，请稍后再试<script></script></body></html>' },
    ],
  ])('%s', (_name, given) => {
    expect(codeOf(given)).toBe('CHALLENGE');
  });

  it.each<[string, Given]>([
    ['a notice that speaks of captchas and sliders', { body: NOTICE }],
    [
      'a short notice of which the rest is attached',
      { body: '<html><h1>更正公告</h1><p>供应商凭短信验证码登录后下载，详见附件。</p></html>' },
    ],
    [
      'a long page with a captcha in its login box',
      { body: NOTICE.replace('<body>', '<body><div class="geetest_box"></div><script>initGeetest()</script>') },
    ],
    [
      'a notice of a captcha system bought',
      {
        expects: 'json',
        body: JSON.stringify({ code: 200, data: { gyggBt: '滑动验证码系统采购公告', gyggNr: '请完成验证' } }),
      },
    ],
    [
      'a page that sets a cookie and has text',
      {
        body: `<html><script>document.cookie="visited=1"</script><body>${'公告列表第一条。'.repeat(20)}</body></html>`,
      },
    ],
  ])('but not in %s', (_name, given) => {
    expect(codeOf(given)).toBeNull();
  });
});

describe('a status says what it says', () => {
  it.each([
    [403, 'BLOCKED'],
    [429, 'BLOCKED'],
    [404, 'HTTP_4XX'],
    [410, 'HTTP_4XX'],
    [500, 'HTTP_5XX'],
    [503, 'HTTP_5XX'],
  ])('%i is %s', (status, code) => {
    expect(codeOf({ status, body: '<html>抱歉</html>' })).toBe(code);
  });

  it('a plain refusal behind a cloud shield, without a challenge to solve, is BLOCKED', () => {
    expect(codeOf({ status: 403, body: '<html><body>403 Forbidden</body></html>' })).toBe('BLOCKED');
  });
});

describe('the body must be what was asked for', () => {
  it('a web page in the place of an interface reply is WRONG_CONTENT_TYPE, whatever its header claims', () => {
    const body = `<!DOCTYPE html><html>${'系统维护中，请稍后访问。'.repeat(60)}</html>`;
    expect(codeOf({ expects: 'json', headers: { 'content-type': 'application/json' }, body })).toBe(
      'WRONG_CONTENT_TYPE',
    );
  });

  it('an interface reply in the place of a page is WRONG_CONTENT_TYPE', () => {
    expect(codeOf({ body: '{"code":200,"data":[]}' })).toBe('WRONG_CONTENT_TYPE');
  });

  it('a file in the place of a page is WRONG_CONTENT_TYPE', () => {
    expect(codeOf({ headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7' })).toBe('WRONG_CONTENT_TYPE');
  });

  it('nothing at all is BODY_EMPTY', () => {
    expect(codeOf({ body: '' })).toBe('BODY_EMPTY');
  });

  it.each<[string, Given]>([
    ['JSON labelled as HTML', { expects: 'json', headers: { 'content-type': 'text/html' }, body: ' \r\n[{"a":1}]' }],
    ['a page that begins with a byte order mark', { body: '\uFEFF<html></html>' }],
    ['a page that begins with bare text', { headers: { 'content-type': 'text/html' }, body: '公告<p>正文</p>' }],
    ['null from an interface', { expects: 'json', headers: { 'content-type': 'application/json' }, body: 'null' }],
  ])('%s passes', (_name, given) => {
    expect(codeOf(given)).toBeNull();
  });
});
