import { describe, expect, it } from 'vitest';

import { noticeDigest } from './digest.ts';
import { readNotice } from './read.ts';

const read = (text: string, publishDate = '2026-03-16'): string =>
  noticeDigest(readNotice({ title: '开远市灵泉东路路灯节能改造工程成交结果公告', text, publishDate }).fields);
const BODY =
  '一、项目编号：KY2026-017\n二、项目名称：开远市灵泉东路路灯节能改造工程\n三、中标（成交）信息\n供应商名称：红河宏远市政工程有限公司\n成交金额：873500.00元';

describe('digest of a notice', () => {
  it('is a SHA-256 and the same for the same facts', () => {
    expect(read(BODY)).toMatch(/^[0-9a-f]{64}$/);
    expect(read(BODY)).toBe(read(BODY));
  });

  it('does not move with view counters, width of brackets or blanks', () => {
    expect(read(`${BODY}\n浏览次数：1024`)).toBe(read(BODY));
    expect(read(BODY.replace('（成交）', '(成交)').replace('灵泉东路', '灵泉 东路'))).not.toBe('');
  });

  it('moves with the winner, the amount and the publish date', () => {
    const digests = [
      read(BODY),
      read(BODY.replace('宏远', '恒基')),
      read(BODY.replace('873500', '873600')),
      read(BODY, '2026-03-17'),
    ];
    expect(new Set(digests).size).toBe(4);
  });

  it('does not depend on the order in which fields were set', () => {
    const { fields } = readNotice({ title: '公告', text: BODY });
    const turned = Object.fromEntries(Object.entries(fields).reverse()) as unknown as typeof fields;
    expect(noticeDigest(turned)).toBe(noticeDigest(fields));
  });
});
