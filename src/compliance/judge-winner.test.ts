import { describe, expect, it } from 'vitest';

import type { FactNotice, ProjectFacts } from '../model/facts.ts';
import { candidate, facts, judged, localWorks, notice, result, sentenceOf, tender } from './test-facts.ts';

const [first, second, third, stranger] = [
  '云南甲建设有限公司',
  '云南乙建设有限公司',
  '云南丙建设有限公司',
  '云南丁建设有限公司',
];

function won(
  winner: FactNotice['winner'],
  candidates: string[] = [first, second, third],
  project: Partial<ProjectFacts['project']> = {},
) {
  return judged(
    facts([candidate('2024-03-04', { candidates }), result('2024-03-08', { winner })], {
      project: { ...tender, ...project },
    }),
  );
}

describe('the winner', () => {
  it('from outside the list is told with the article of the law that the purchase follows', () => {
    const law = (project: ProjectFacts['project']) =>
      sentenceOf(
        facts([candidate('2024-03-04', { candidates: [first] }), result('2024-03-08', { winner: stranger })], {
          project,
        }),
      );
    expect(law(tender)).toContain('《招标投标法》第五十七条');
    expect(law(localWorks)).toContain('《政府采购法实施条例》第四十三条');
    expect(law({ ...localWorks, method: 'open_tender' })).toContain('《招标投标法》第五十七条');
    expect(law({ ...localWorks, on: '2014-12-31' })).not.toContain('第四十三条');
  });

  it('must be among the publicised candidates: critical', () => {
    expect(won(stranger)).toMatchObject({
      verdict: 'violation',
      codes: ['WINNER_NOT_CANDIDATE'],
      severity: 'critical',
      computed: { resultDate: '2024-03-08' },
    });
  });

  it('joins a date violation, which keeps its code', () => {
    const given = facts([candidate('2024-03-04', { candidates: [first] }), result('2024-03-07', { winner: stranger })]);
    expect(judged(given)).toMatchObject({ codes: ['PERIOD_TOO_SHORT', 'WINNER_NOT_CANDIDATE'], severity: 'critical' });
  });

  it('is compared after normalising width, brackets and blanks', () => {
    expect(won('云南甲（集团）有限公司', ['云南甲(集团) 有限公司']).codes).toEqual(['OK']);
  });

  it('may be the first candidate', () => {
    expect(won(first).codes).toEqual(['OK']);
  });

  it('below the first candidate needs a published reason: major', () => {
    expect(won(second)).toMatchObject({
      verdict: 'undetermined',
      codes: ['FIRST_CANDIDATE_SKIPPED'],
      severity: 'major',
    });
    expect(won(second, undefined, { skipExplained: true }).codes).toEqual(['OK']);
  });

  it('is not checked without a winner or without a list', () => {
    expect(won(null).codes).toEqual(['OK']);
    expect(won('').codes).toEqual(['OK']);
    expect(won(stranger, []).codes).toEqual(['OK']);
  });

  it('may stand in the list of a later publicity of the round', () => {
    const given = facts([
      candidate('2024-03-04', { candidates: [first] }),
      candidate('2024-03-06', { title: '中标候选人公示（重新公示）', candidates: [second] }),
      result('2024-03-12', { winner: second }),
    ]);
    expect(judged(given).codes).toEqual(['OK']);
  });

  it('is not looked for in the list of another round', () => {
    const given = facts([
      candidate('2024-01-08', { round: 1, candidates: [stranger] }),
      candidate('2024-03-04', { round: 2, candidates: [first] }),
      result('2024-03-08', { round: 2, winner: stranger }),
    ]);
    expect(judged(given).codes).toEqual(['WINNER_NOT_CANDIDATE']);
  });

  it('cannot be checked after a correction whose list is not known', () => {
    const given = facts([
      candidate('2024-03-04', { id: 'n1', candidates: [first] }),
      notice('correction', '2024-03-05', { corrects: 'n1', material: true }),
      result('2024-03-12', { winner: stranger }),
    ]);
    expect(judged(given)).toMatchObject({ verdict: 'undetermined', codes: ['CORRECTION_MATERIALITY_UNKNOWN'] });
  });

  it('that is a consortium may be printed as one name or as several', () => {
    expect(won([first, second], [`${first}、${second}`]).codes).toEqual(['OK']);
  });

  it('of several winners must all be candidates', () => {
    expect(won([first, stranger]).codes).toEqual(['WINNER_NOT_CANDIDATE']);
  });

  it('of a list over several lots fails only where no winner was ever publicised', () => {
    const lots = (winner: string[]) =>
      judged(
        facts(
          [
            candidate('2024-03-04', { lots: ['1', '2'], candidates: [first, second] }),
            result('2024-03-08', { lots: ['1', '2'], winner }),
          ],
          {
            project: { ...tender, lots: ['1', '2'] },
          },
        ),
      ).codes;
    expect(lots([second, third])).toEqual(['OK']);
    expect(lots([stranger])).toEqual(['WINNER_NOT_CANDIDATE']);
  });

  it('named in the result is preferred to the one in the contract', () => {
    const given = facts([
      candidate('2024-03-04', { candidates: [first] }),
      result('2024-03-08', { winner: first }),
      notice('contract', '2024-03-20', { winner: stranger }),
    ]);
    expect(judged(given).codes).toEqual(['OK']);
  });
});
