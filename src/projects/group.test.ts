import { describe, expect, it } from 'vitest';

import { groupCopies } from './group.ts';
import { identityOfStored } from './identity.ts';
import type { Notice } from '../model/notice.ts';
import { bodyOf, notice } from './testing/notices.ts';

const groupsOf = (...notices: Notice[]): string[][] =>
  groupCopies(notices.map(identityOfStored)).groups.map((g) => g.noticeIds);
const text = bodyOf('灵泉东路人行道改造', '成交供应商：云南恒泰建设工程有限公司，成交金额 863200 元。');
const result = {
  kind: 'result' as const,
  publishDate: '2026-03-17',
  text,
  suppliers: ['云南恒泰建设工程有限公司'],
  amount: 863_200,
};

describe('the same notice on several pages', () => {
  it('groups copies on several sites, a summary block in front of one', () => {
    const summary = `公告概要\n采购项目名称：灵泉东路人行道改造工程\n采购单位：开远市住房和城乡建设局\n行政区域：开远市\n${text}`;
    expect(
      groupsOf(
        notice('hh_finance:1', result),
        notice('yn_ccgp:2', { ...result, text: summary }),
        notice('yn_ggzy:3', { ...result, publishDate: '2026-03-18T08:20' }),
      ),
    ).toEqual([['hh_finance:1', 'yn_ccgp:2', 'yn_ggzy:3']]);
  });

  it('groups a copy that was retyped with one wrong amount, and says so', () => {
    const { groups, links } = groupCopies(
      [notice('hh_finance:1', result), notice('ky_gov:2', { ...result, amount: 863_000 })].map(identityOfStored),
    );
    expect(groups).toHaveLength(1);
    expect(links[0]?.reason).toBe('标题相同，正文相同部分 100%，公告日相同，但金额不一致');
  });

  it('keeps the notices of two lots apart, though only a few words differ', () => {
    const lot = (id: string) => ({
      lots: [{ id, name: null, budget: null, amount: null, suppliers: [], failed: false }],
    });
    expect(
      groupsOf(notice('yn_ccgp:1', { ...result, ...lot('1') }), notice('yn_ccgp:2', { ...result, ...lot('2') })),
    ).toHaveLength(1);
    expect(
      groupsOf(
        notice('yn_ccgp:1', { ...result, ...lot('1') }),
        notice('yn_ccgp:2', {
          ...result,
          ...lot('2'),
          title: '灵泉东路人行道改造工程成交结果公告（2包）',
          text: `${text}第二包`,
          amount: 200_000,
        }),
      ),
    ).toHaveLength(2);
  });

  it('keeps tender and result, and the rounds, apart', () => {
    expect(groupsOf(notice('a:1', { text }), notice('a:2', result))).toHaveLength(2);
    expect(
      groupsOf(notice('a:1', { text }), notice('b:2', { text, round: 2, publishDate: '2026-03-05' })),
    ).toHaveLength(2);
  });

  it('groups a copy that a long holiday held up, and takes a page 22 days later for another publication', () => {
    const held = (publishDate: string, more = {}) =>
      groupsOf(notice('a:1', result), notice('b:2', { ...result, publishDate, ...more })).length;
    expect(held('2026-04-07')).toBe(1);
    expect(held('2026-04-08')).toBe(2);
    // With a difference in it, a copy is one of the next ten days only.
    expect(held('2026-03-27', { amount: 1 })).toBe(1);
    expect(held('2026-03-28', { amount: 1 })).toBe(2);
  });

  it('takes a second correction in the same column for another one', () => {
    const correction = {
      kind: 'correction' as const,
      openingDate: '2026-03-12T09:00',
      text: bodyOf('灵泉东路', '开标时间改为 3 月 12 日'),
    };
    expect(
      groupsOf(
        notice('a:1', correction),
        notice('a:2', { ...correction, openingDate: '2026-03-16T09:00', publishDate: '2026-03-04' }),
      ),
    ).toHaveLength(2);
  });

  it('keeps the correction of the tender and that of the result apart', () => {
    const correction = { kind: 'correction' as const, text: bodyOf('灵泉东路', '更正') };
    const title = '开远市灵泉东路人行道改造工程成交结果更正公告';
    expect(
      groupsOf(notice('a:1', correction), notice('b:2', { ...correction, title, publishDate: '2026-03-05' })),
    ).toHaveLength(2);
    expect(
      groupsOf(notice('a:1', correction), notice('b:2', { ...correction, publishDate: '2026-03-05' })),
    ).toHaveLength(1);
  });

  it('groups a stub (详见附件) with the full notice of its title within ten days', () => {
    const stub = { kind: 'result' as const, text: '详见附件', suppliers: [], amount: null };
    expect(groupsOf(notice('a:1', result), notice('ky_gov:2', { ...stub, publishDate: '2026-03-27' }))).toHaveLength(1);
    expect(groupsOf(notice('a:1', result), notice('ky_gov:2', { ...stub, publishDate: '2026-03-28' }))).toHaveLength(2);
  });

  it('compares stubs (详见附件) by title and day alone', () => {
    const stub = { kind: 'result' as const, text: '详见附件', publishDate: '2026-03-17' };
    expect(groupsOf(notice('ky_gov:1', stub), notice('hh_finance:2', stub))).toHaveLength(1);
    expect(
      groupsOf(notice('ky_gov:1', stub), notice('hh_finance:2', { ...stub, publishDate: '2026-03-19' })),
    ).toHaveLength(2);
  });
});
