import { describe, expect, it } from 'vitest';

import type { Notice } from '../model/notice.ts';
import { identityOfStored } from './identity.ts';
import { pairLink } from './pair.ts';
import { notice } from './testing/notices.ts';
import { weakLink } from './weak.ts';

const NAME = '开远市灵泉东路人行道改造工程';
const later = { kind: 'candidate' as const, publishDate: '2026-03-12' };
const uncoded = { ...later, projectCode: null, codes: [] };

/** Code of the suggestion, which is the same from both sides; a pair that holds by itself is none. */
function suggested(a: Notice, b: Notice): string | null {
  const [x, y] = [identityOfStored(a), identityOfStored(b)];
  expect(weakLink(x, y)).toEqual(weakLink(y, x));
  return pairLink(x, y) === null ? (weakLink(x, y)?.code ?? null) : 'linked';
}

describe('what is worth a look though it joins nothing', () => {
  it('is a name of the same buyer that differs by a word which tells no projects apart', () => {
    const name = (projectName: string) => notice('a:2', { ...uncoded, projectName });
    expect(suggested(notice('a:1'), name('开远市灵泉东路人行道改建工程'))).toBe('SIMILAR_NAME');
    expect(suggested(notice('a:1'), name('开远市灵泉西路人行道改造工程'))).toBeNull();
    expect(suggested(notice('a:1'), name('开远市灵泉东路人行道改造二期工程'))).toBeNull();
    expect(suggested(notice('a:1'), name('开远市灵泉东路雨污管网改造工程'))).toBeNull();
  });

  it('is nothing between two numbers of one series, two specialties or two buyers', () => {
    const similar = { ...later, projectName: '开远市灵泉东路人行道改建工程' };
    expect(
      suggested(notice('a:1'), notice('a:2', { ...similar, projectCode: 'HHZC2026-J1-00915-KYXM-0041' })),
    ).toBeNull();
    expect(
      suggested(notice('a:1'), notice('a:2', { ...uncoded, projectName: NAME, purchaser: '开远市教育体育局' })),
    ).toBeNull();
    const works = notice('a:1', { projectName: `${NAME}施工` });
    expect(suggested(works, notice('a:2', { ...uncoded, projectName: '开远市灵泉东路人行道改建工程监理' }))).toBeNull();
  });

  it('is one name under a buyer that may be an abbreviation, or under none', () => {
    expect(suggested(notice('a:1'), notice('a:2', { ...uncoded, purchaser: '开远市住建局' }))).toBe(
      'SAME_NAME_BUYER_ABBREVIATED',
    );
    expect(suggested(notice('a:1', { agency: null }), notice('a:2', { ...uncoded, purchaser: null }))).toBe(
      'SAME_NAME_PARTY_UNKNOWN',
    );
    const agency = '红河州博咨招标代理有限公司';
    expect(suggested(notice('a:1'), notice('a:2', { ...uncoded, purchaser: null, agency }))).toBeNull();
  });

  it('is one long code under other names, where a buyer is abbreviated or not named', () => {
    const other = { ...later, projectName: '开远市公租房外墙维修' };
    expect(suggested(notice('a:1'), notice('a:2', { ...other, purchaser: '开远市住建局' }))).toBe(
      'SAME_CODE_BUYER_ABBREVIATED',
    );
    const agency = '红河州博咨招标代理有限公司';
    expect(suggested(notice('a:1'), notice('a:2', { ...other, purchaser: null, agency }))).toBe(
      'SAME_CODE_PARTY_UNKNOWN',
    );
  });

  it('is an award above the budget under one name, which may be a figure mistyped', () => {
    const award = {
      kind: 'result' as const,
      publishDate: '2026-03-20',
      amountKind: 'award' as const,
      projectCode: null,
      codes: [],
    };
    const tender = notice('a:1', { budget: 860_000 });
    expect(suggested(tender, notice('a:2', { ...award, amount: 8_430_000 }))).toBe('SAME_NAME_DEARER');
    expect(suggested(tender, notice('a:2', { ...award, amount: 843_000 }))).toBe('linked');
  });

  it('says in Chinese what was compared', () => {
    const similar = notice('a:2', { ...uncoded, projectName: '开远市灵泉东路人行道改建工程' });
    expect(weakLink(identityOfStored(notice('a:1')), identityOfStored(similar))?.reason).toBe(
      '名称相似度 88%（“灵泉东路人行道改造工程”与“灵泉东路人行道改建工程”），采购人相同（开远市住房和城乡建设局），公告相隔 10 天',
    );
  });
});
