import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';

import { SiteFailure } from '../model/failure.ts';
import { decode } from './decode.ts';

const NOTICE = '开远市灵泉东路人行道提升改造工程成交候选供应商公示';
const gbk = (text: string): Uint8Array => iconv.encode(text, 'gbk');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decoding a page', () => {
  it('reads a GBK page whose charset stands only in <meta>', () => {
    const page = gbk(
      `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>${NOTICE}</body></html>`,
    );
    const { text, charset } = decode(page, 'text/html', null);
    expect(charset).toBe('gb18030');
    expect(text).toContain(NOTICE);
  });

  it('reads a GBK page that states no charset anywhere', () => {
    expect(decode(gbk(NOTICE), null, null)).toEqual({ text: NOTICE, charset: 'gb18030' });
  });

  it('reads characters beyond gb2312 under its label, because gbk and gb2312 mean gb18030', () => {
    const rare = '云南滇中諴工程咨询有限公司、㐂';
    expect(decode(iconv.encode(rare, 'gb18030'), 'text/html; charset=gb2312', null).text).toBe(rare);
  });

  it('believes the bytes, not a meta that still says gb2312 over a converted UTF-8 page', () => {
    const page = utf8(`<meta charset="gb2312"><p>${NOTICE}</p>`);
    expect(decode(page, null, null)).toMatchObject({ charset: 'utf-8' });
    expect(decode(page, null, null).text).toContain(NOTICE);
  });

  it('believes the label where a few GBK bytes happen to be valid UTF-8', () => {
    const pair = new Uint8Array([0xd0, 0xb0, 0xd6, 0xb8]);
    expect(decode(pair, 'text/html; charset=gbk', null).charset).toBe('gb18030');
    expect(decode(pair, null, null).charset).toBe('utf-8');
  });

  it('reads GBK under a UTF-8 label', () => {
    expect(decode(gbk(NOTICE.repeat(3)), 'text/html;charset=utf-8', null).text).toBe(NOTICE.repeat(3));
  });

  it('keeps a UTF-8 page that was cut in the middle of a character', () => {
    const cut = utf8(NOTICE.repeat(40)).slice(0, -1);
    expect(decode(cut, 'text/html; charset=UTF-8', null).charset).toBe('utf-8');
  });

  it('reads a few GBK characters in a page that is markup for the rest', () => {
    const page = gbk(`<html>${'<td class="cell"></td>'.repeat(400)}<p>公示</p></html>`);
    expect(decode(page, null, null).text).toContain('公示');
  });

  it('follows a byte order mark before anything else', () => {
    expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8(NOTICE)]), 'text/html; charset=gbk', null).text).toBe(
      NOTICE,
    );
    expect(decode(new Uint8Array([0xff, 0xfe, ...iconv.encode('公示', 'utf-16le')]), null, null).text).toBe('公示');
  });

  it('follows the operator over label and bytes', () => {
    expect(decode(gbk(NOTICE), 'text/html; charset=utf-8', 'gb18030').text).toBe(NOTICE);
  });

  it('names bytes that are text in neither charset CHARSET_BROKEN', () => {
    const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i % 3 === 0 ? 0xff : 0x80));
    expect(() => decode(noise, 'text/html', null)).toThrow(SiteFailure);
    expect(() => decode(noise, null, null)).toThrow(expect.objectContaining({ code: 'CHARSET_BROKEN' }));
  });

  it('names a wrong override CHARSET_BROKEN instead of storing garble', () => {
    expect(() => decode(gbk(NOTICE.repeat(4)), null, 'utf-8')).toThrow(
      expect.objectContaining({ code: 'CHARSET_BROKEN' }),
    );
  });
});
