import { describe, expect, it } from 'vitest';

import type { ReasonCode, RuleId, Verdict } from '../model/finding.ts';
import { addTally, emptyTally, judgedProjectsOf, tallyProject } from './judged-tally.ts';

const decided = (verdict: Verdict, codes: ReasonCode[] = [], rule: RuleId = 'TB-CAND-3D') => ({ rule, verdict, codes });

describe('how many projects a rule could judge', () => {
  it('counts a project once, however many lots and rounds it has', () => {
    const tally = emptyTally();
    tallyProject(tally, [decided('compliant'), decided('violation'), decided('compliant')]);
    expect(judgedProjectsOf(tally)).toEqual([
      { rule: 'TB-CAND-3D', judged: 1, pending: 0, unjudged: 0, violating: 1, reasons: [] },
    ]);
  });

  it('counts a project as unjudged where any lot is, and as pending where none is but one waits', () => {
    const tally = emptyTally();
    const pending = decided('undetermined', ['PENDING']);
    tallyProject(tally, [decided('violation'), pending, decided('undetermined', ['COVERAGE_GAP'])]);
    tallyProject(tally, [decided('compliant'), pending]);
    expect(judgedProjectsOf(tally)).toMatchObject([{ judged: 0, pending: 1, unjudged: 1, violating: 1 }]);
  });

  it('counts a project of several reasons under each, once, the most frequent reason first', () => {
    const tally = emptyTally();
    const gap = decided('undetermined', ['COVERAGE_GAP']);
    tallyProject(tally, [decided('undetermined', ['BACKDATING_SUSPECTED', 'COVERAGE_GAP']), gap]);
    tallyProject(tally, [gap]);
    expect(judgedProjectsOf(tally)[0]!.reasons).toEqual([
      { code: 'COVERAGE_GAP', projects: 2 },
      { code: 'BACKDATING_SUSPECTED', projects: 1 },
    ]);
  });

  it('leaves out projects that a rule does not reach, and hints to check, which judge nothing', () => {
    const tally = emptyTally();
    tallyProject(tally, [
      decided('not_applicable', ['NOT_APPLICABLE']),
      decided('not_applicable', ['NOT_APPLICABLE'], 'NONE'),
      decided('undetermined', ['REVIEW_NO_PUBLICITY'], 'KY-REVIEW-3D'),
    ]);
    expect(judgedProjectsOf(tally)).toEqual([]);
  });

  it('adds up what several threads counted', () => {
    const [one, other] = [emptyTally(), emptyTally()];
    tallyProject(one, [decided('compliant'), decided('undetermined', ['CALENDAR_MISSING'], 'GP-SS-5WD')]);
    tallyProject(other, [decided('violation'), decided('undetermined', ['CALENDAR_MISSING'], 'GP-SS-5WD')]);
    addTally(one, structuredClone(other));
    expect(judgedProjectsOf(one)).toEqual([
      {
        rule: 'GP-SS-5WD',
        judged: 0,
        pending: 0,
        unjudged: 2,
        violating: 0,
        reasons: [{ code: 'CALENDAR_MISSING', projects: 2 }],
      },
      { rule: 'TB-CAND-3D', judged: 2, pending: 0, unjudged: 0, violating: 1, reasons: [] },
    ]);
  });
});
