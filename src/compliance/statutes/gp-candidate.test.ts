import { describe, expect, it } from 'vitest';

import { localWorks } from '../test-facts.ts';
import { event, judged, life, outcome, purchase, verdictOf } from './test-life.ts';

const list = (...names: string[]) => event('candidate', '2024-03-04', { candidates: [{ lot: null, names }] });
const won = (...suppliers: string[]) => event('result', '2024-03-11', outcome({ suppliers }));
const said = (...events: ReturnType<typeof event>[]) => verdictOf('GP-CANDIDATE', life(purchase, events));

describe('政府采购法实施条例第四十三条：在候选人中按顺序确定供应商', () => {
  it('is kept by the first candidate', () => {
    expect(said(list('甲公司', '乙公司'), won('甲公司'))).toBe('compliant OK');
  });

  it('is breached by a supplier whom the review did not recommend', () => {
    const stranger = life(purchase, [list('甲公司', '乙公司'), won('丙公司')]);
    expect(judged('GP-CANDIDATE', stranger)).toMatchObject({
      verdict: 'violation',
      codes: ['WINNER_NOT_CANDIDATE'],
      severity: 'critical',
    });
    expect(judged('GP-CANDIDATE', stranger)?.sentence).toContain('第四十三条');
  });

  it('is a question where the second one won and no page says why', () => {
    const second = life(purchase, [list('甲公司', '乙公司'), won('乙公司')]);
    expect(judged('GP-CANDIDATE', second)).toMatchObject({ codes: ['FIRST_CANDIDATE_SKIPPED'], severity: 'major' });
    const explained = { ...second, project: { ...second.project, skipExplained: true } };
    expect(verdictOf('GP-CANDIDATE', explained)).toBe('compliant OK');
  });

  it('is no question where several won: framework agreements name as many as they need', () => {
    expect(said(list('甲公司', '乙公司', '丙公司'), won('乙公司', '丙公司'))).toBe('compliant OK');
  });

  it('takes the ranking of the list that was publicised last', () => {
    const again = event('candidate', '2024-03-08', { candidates: [{ lot: null, names: ['乙公司'] }] });
    expect(said(list('甲公司', '乙公司'), again, won('乙公司'))).toBe('compliant OK');
  });

  it('has nothing to say where no candidates were publicised, which the law does not ask for', () => {
    expect(said(won('甲公司'))).toBe('nothing');
  });

  it('is left to the publicity rule where that one applies, and to 招标投标法 where works are tendered', () => {
    const both = [list('甲公司'), won('丙公司')];
    expect(verdictOf('GP-CANDIDATE', life(localWorks, both))).toBe('nothing');
    const tendered = { ...localWorks, subtype: 'building', method: 'open_tender' };
    expect(verdictOf('GP-CANDIDATE', life(tendered, both))).toBe('nothing');
  });

  it('looks where the local rule cannot be judged for want of the budget', () => {
    expect(verdictOf('GP-CANDIDATE', life({ ...localWorks, budget: null }, [list('甲公司'), won('丙公司')]))).toBe(
      'violation WINNER_NOT_CANDIDATE',
    );
  });
});
