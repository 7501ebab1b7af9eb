import { expect, it } from 'vitest';

import { buildFinding } from '../../test/support/build.ts';
import { breachesByEvent } from './breaches-by-event.ts';
import { codeText } from './code-texts.ts';

const timeline = [{ noticeIds: ['tender'] }, { noticeIds: ['list', 'copy'] }, { noticeIds: ['result'] }];
const early = buildFinding({
  projectId: 'p',
  rule: 'TB-CAND-3D',
  codes: ['PERIOD_TOO_SHORT'],
  computed: { earliestResultDate: '2026-11-24', resultDate: '2026-11-20' },
  evidence: [
    { noticeId: 'copy', role: 'publicity' },
    { noticeId: 'result', role: 'result' },
  ],
});

it('tells a result that came before the publicity was over at the result, with the earliest day', () => {
  const found = breachesByEvent(timeline, [early], codeText);
  expect([...found.keys()]).toEqual([2]);
  expect(found.get(2)).toEqual([
    {
      key: early.key,
      words: `依法必须招标项目中标候选人公示不少于3日：${codeText('PERIOD_TOO_SHORT')}，最早应为2026年11月24日（周二）`,
    },
  ]);
});

it('tells nothing of what is in order or open, and nothing of events that the project no longer has', () => {
  const others = [
    { ...early, verdict: 'compliant' as const },
    { ...early, verdict: 'undetermined' as const },
    { ...early, evidence: [{ noticeId: 'moved', role: 'result' as const }] },
  ];
  expect(breachesByEvent(timeline, others, codeText).size).toBe(0);
});

it('does not blame a correction that came after the result', () => {
  const corrected = { ...early, evidence: [...early.evidence, { noticeId: 'late', role: 'correction' as const }] };
  const found = breachesByEvent([...timeline, { noticeIds: ['late'] }], [corrected], codeText);
  expect([...found.keys()]).toEqual([2]);
});

it('names no earliest day where the result came later than that, and the notice had promised too little', () => {
  const computed = { earliestResultDate: '2026-11-24', resultDate: '2026-11-30' };
  const promised = { ...early, codes: ['STATED_PERIOD_TOO_SHORT' as const], computed };
  expect(breachesByEvent(timeline, [promised], codeText).get(2)).toMatchObject([
    { words: `依法必须招标项目中标候选人公示不少于3日：${codeText('STATED_PERIOD_TOO_SHORT')}` },
  ]);
});

it('names the last lawful day of what came too late', () => {
  const late = {
    ...early,
    rule: 'GP-CONTRACT-PUB-2WD' as const,
    codes: ['DEADLINE_MISSED' as const],
    computed: { deadline: '2026-11-24', resultDate: '2026-11-30' },
  };
  expect(breachesByEvent(timeline, [late], codeText).get(2)?.[0]?.words).toMatch(/，最迟应为2026年11月24日（周二）$/);
});
