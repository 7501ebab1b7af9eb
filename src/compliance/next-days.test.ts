import { expect, it } from 'vitest';

import type { ComputedDates, Finding, ReasonCode } from '../model/finding.ts';
import { nextDays } from './next-days.ts';

function finding(codes: ReasonCode[], computed: ComputedDates, part: Partial<Finding> = {}): Finding {
  return {
    key: 'k',
    projectId: 'p',
    lot: null,
    round: 1,
    rule: 'TB-CAND-3D',
    ruleVersion: '1',
    calendarVersion: '1',
    verdict: 'undetermined',
    codes,
    severity: 'info',
    computed,
    sentence: '',
    evidence: [],
    days: [],
    judgedAt: 0,
    ...part,
  };
}

it('tells from when a result is lawful and until when a contract must be signed, earliest first', () => {
  const open = finding(['PENDING'], { earliestResultDate: '2026-11-24' });
  const contract = finding(['PENDING'], { deadline: '2026-11-23' }, { lot: '2' });
  expect(nextDays([open, contract], 1, '2026-11-20').map((next) => next.words)).toEqual([
    '标段（包）2至迟应于2026年11月23日（周一）签订合同',
    '最早可于2026年11月24日（周二）发布结果',
  ]);
});

it('tells the day after the end that the publisher promised, where that is later', () => {
  const promised = finding(['PENDING'], { earliestResultDate: '2026-11-24', earliestAllowed: '2026-11-27' });
  expect(nextDays([promised], 1, '2026-11-26')).toEqual([
    { day: '2026-11-27', words: '最早可于2026年11月27日（周五）发布结果' },
  ]);
});

it('tells nothing of what is decided, of an earlier round, or without publicity', () => {
  const dated = { earliestResultDate: '2026-11-24' };
  expect(
    nextDays(
      [finding(['OK'], dated), finding(['PENDING'], dated, { round: 1 }), finding(['PENDING'], {}, { round: 2 })],
      2,
      '2026-11-20',
    ),
  ).toEqual([]);
});

it('says that a publicity is over from the day on which a result is lawful', () => {
  const open = finding(['PENDING'], { earliestResultDate: '2026-11-24' });
  expect(nextDays([open], 1, '2026-11-23')[0]?.words).toBe('最早可于2026年11月24日（周二）发布结果');
  expect(nextDays([open], 1, '2026-11-24')[0]?.words).toBe(
    '公示期已满，自2026年11月24日（周二）起可以发布结果，尚未见结果',
  );
});
