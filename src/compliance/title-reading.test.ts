import { describe, expect, it } from 'vitest';

import { correctedKind, kindOfTitle, roundOfTitle } from './title-reading.ts';

describe('a title, where the facts name no kind', () => {
  it.each([
    ['某道路工程中标候选人公示', 'candidate'],
    ['某道路工程评标结果公示', 'candidate'],
    ['某工程拟中标人公示', 'candidate'],
    ['某项目拟成交供应商公示', 'candidate'],
    ['某项目预成交公示', 'candidate'],
    ['成交候选供应商公示', 'candidate'],
    ['定标候选人公示', 'candidate'],
    ['某项目竞争性谈判候选供应商公示', 'candidate'],
    ['某工程中标候选人结果公示', 'candidate'],
    ['某工程评标情况公示', 'candidate'],
    ['关于延长某工程中标候选人公示期的公告', 'correction'],
    ['某工程中标候选人公示异议答复', 'complaint'],
    ['中标公示', 'result'],
    ['成交公告', 'result'],
    ['中标结果公示', 'result'],
    ['房屋租赁竞价成交公告', 'result'],
    ['成交通知书', 'award_letter'],
    ['政府采购合同公告', 'contract'],
    ['招标终止公告', 'terminated'],
    ['某项目流标公告', 'failed'],
    ['单一来源采购公示', 'single_source'],
    ['中标候选人公示更正公告（重新公示）', 'correction'],
    ['暂停公告', 'suspended'],
    ['关于某事的函', 'other'],
  ])('%s is %s', (title, kind) => {
    expect(kindOfTitle(title)).toBe(kind);
  });

  it.each([
    ['中标结果公示（二次）', 2],
    ['某工程第二次招标公告', 2],
    ['中标候选人公示（重新公示）', 1],
    ['中标候选人公示更正公告（第二次）', 1],
    ['二次供水设施改造工程中标结果公示', 1],
    ['中标结果公示', 1],
  ])('%s is of round %i', (title, round) => {
    expect(roundOfTitle(title)).toBe(round);
  });

  it.each([
    ['某工程中标候选人公示更正公告', 'candidate'],
    ['关于某工程评标结果公示的变更公告', 'candidate'],
    ['关于延长某工程中标候选人公示期的公告', 'candidate'],
    ['某工程中标结果公示更正公告', 'result'],
    ['某工程招标公告更正公告', 'tender'],
    ['某工程更正公告', 'other'],
  ])('%s corrects a notice of kind %s', (title, kind) => {
    expect(correctedKind(title)).toBe(kind);
  });
});
