import { describe, expect, it } from 'vitest';

import type { ProjectFacts } from '../model/facts.ts';
import { candidate, facts, judged, notice, result, tender } from './test-facts.ts';

const project: ProjectFacts['project'] = { ...tender, lots: ['1', '2', '3'] };
const three = (...notices: Parameters<typeof facts>[0]) => judged(facts(notices, { project }));

describe('lots', () => {
  it('are judged one by one, and the worst is the verdict', () => {
    const verdict = three(
      candidate('2024-09-02', { lots: ['1', '2'] }),
      candidate('2024-09-05', { lots: ['3'] }),
      result('2024-09-06', { lots: ['1', '2', '3'] }),
    );
    expect(verdict).toMatchObject({
      codes: ['PERIOD_TOO_SHORT'],
      severity: 'major',
      computed: { anchor: '2024-09-05' },
      lots: { 1: 'compliant', 2: 'compliant', 3: 'violation' },
    });
  });

  it('show the dates of the first where all are equal', () => {
    const verdict = three(
      candidate('2024-09-02', { lots: ['1', '2'] }),
      candidate('2024-09-05', { lots: ['3'] }),
      result('2024-09-06', { lots: ['1', '2'] }),
      result('2024-09-10', { lots: ['3'] }),
    );
    expect(verdict).toMatchObject({ verdict: 'compliant', computed: { anchor: '2024-09-02' } });
  });

  it('rank a violation before a doubt, and the graver violation first', () => {
    const verdict = three(
      candidate('2024-09-02', { lots: ['1', '2', '3'] }),
      result('2024-09-05', { lots: ['2'] }),
      result('2024-09-02', { lots: ['3'] }),
    );
    expect(verdict).toMatchObject({
      codes: ['SAME_DAY'],
      lots: { 1: 'undetermined', 2: 'violation', 3: 'violation' },
    });
  });

  it('are all unresolved when a result, letter or contract names none', () => {
    for (const kind of ['result', 'award_letter', 'contract'] as const) {
      expect(three(candidate('2024-09-02', { lots: ['1', '2', '3'] }), notice(kind, '2024-09-03'))).toMatchObject({
        verdict: 'undetermined',
        codes: ['LOT_UNRESOLVED'],
        severity: 'info',
        computed: {},
        lots: { 1: 'undetermined', 2: 'undetermined', 3: 'undetermined' },
      });
    }
  });

  it('are not unresolved by a notice of an earlier round', () => {
    const verdict = three(
      result('2024-08-01', { round: 1 }),
      candidate('2024-09-02', { round: 2, lots: ['1', '2', '3'] }),
      result('2024-09-06', { round: 2, lots: ['1', '2', '3'] }),
    );
    expect(verdict.verdict).toBe('compliant');
  });

  it('miss publicity that speaks of other lots only', () => {
    const verdict = three(
      candidate('2024-09-02', { lots: ['1', '2'] }),
      result('2024-09-06', { lots: ['1', '2', '3'] }),
    );
    expect(verdict).toMatchObject({ codes: ['MISSING_PUBLICITY'], lots: { 1: 'compliant', 3: 'violation' } });
  });

  it('may or may not be meant by publicity that names none: undetermined where it matters', () => {
    expect(three(candidate('2024-09-02'), result('2024-09-06', { lots: ['1', '2', '3'] }))).toMatchObject({
      codes: ['LOT_UNRESOLVED'],
      computed: {},
    });
    expect(three(candidate('2024-09-02'), result('2024-09-03', { lots: ['1', '2', '3'] }))).toMatchObject({
      verdict: 'violation',
      codes: ['PERIOD_TOO_SHORT'],
    });
  });

  it('are corrected one by one', () => {
    const verdict = three(
      candidate('2024-09-02', { id: 'n1', lots: ['1', '2', '3'] }),
      notice('correction', '2024-09-04', { corrects: 'n1', material: true, lots: ['2'] }),
      result('2024-09-06', { lots: ['1', '2', '3'] }),
    );
    expect(verdict).toMatchObject({
      codes: ['PERIOD_TOO_SHORT', 'CORRECTION_RESTART'],
      lots: { 1: 'compliant', 2: 'violation', 3: 'compliant' },
    });
  });

  it('end one by one', () => {
    const verdict = three(
      candidate('2024-09-02', { lots: ['1', '2', '3'] }),
      notice('failed', '2024-09-03', { lots: ['2'] }),
      result('2024-09-06', { lots: ['1', '3'] }),
    );
    expect(verdict).toMatchObject({ verdict: 'compliant', lots: { 2: 'not_applicable' } });
  });

  it('are read from the notices where the project lists none', () => {
    const verdict = judged(
      facts([
        candidate('2024-09-02', { lots: ['1'] }),
        result('2024-09-06', { lots: ['1'] }),
        result('2024-09-06', { lots: ['2'] }),
      ]),
    );
    expect(verdict.lots).toEqual({ 1: 'compliant', 2: 'violation' });
  });

  it('of a project with a single one are no question', () => {
    const verdict = judged(
      facts([candidate('2024-09-02'), result('2024-09-06')], { project: { ...tender, lots: ['1'] } }),
    );
    expect(verdict).toMatchObject({ verdict: 'compliant', lots: { 1: 'compliant' } });
  });

  it('outside a rule’s scope share its verdict', () => {
    const verdict = judged(facts([result('2024-09-06')], { project: { ...project, estimate: 1 } }));
    expect(verdict).toMatchObject({ verdict: 'not_applicable', computed: {}, lots: { 3: 'not_applicable' } });
  });

  it('are corrected for certain only where the correction, or the one lot it corrects, says which', () => {
    const corrected = (...lots: string[]) =>
      three(
        candidate('2024-09-02', { id: 'n1', lots }),
        candidate('2024-09-02', { lots: ['1', '2', '3'].filter((lot) => !lots.includes(lot)) }),
        notice('correction', '2024-09-04', { corrects: 'n1', material: true }),
        result('2024-09-06', { lots: ['1', '2', '3'] }),
      );
    // It may have changed the candidates of the first lot, of the second, or of both.
    expect(corrected('1', '2')).toMatchObject({
      verdict: 'undetermined',
      codes: ['LOT_UNRESOLVED'],
      lots: { 1: 'undetermined', 2: 'undetermined', 3: 'compliant' },
    });
    expect(corrected('2')).toMatchObject({
      codes: ['PERIOD_TOO_SHORT', 'CORRECTION_RESTART'],
      lots: { 1: 'compliant', 2: 'violation', 3: 'compliant' },
    });
  });

  it('are the same in figures and characters, and keep the name that the project gives them', () => {
    const named = facts(
      [
        candidate('2024-09-02', { lots: ['第1标段', '2标段'] }),
        result('2024-09-06', { lots: ['1'] }),
        result('2024-09-03', { lots: ['标段二'] }),
      ],
      { project: { ...tender, lots: ['一标段', '二标段'] } },
    );
    expect(judged(named).lots).toEqual({ 一标段: 'compliant', 二标段: 'violation' });
  });

  it('are told by the title where nothing else names them', () => {
    const titled = three(
      candidate('2024-09-02', { title: '某工程第1、2、3标段中标候选人公示' }),
      result('2024-09-06', { title: '某工程第一标段中标结果公示' }),
      result('2024-09-03', { title: '某工程二标段中标结果公示' }),
      result('2024-09-06', { title: '某工程（标段3）中标结果公示' }),
    );
    expect(titled.lots).toEqual({ 1: 'compliant', 2: 'violation', 3: 'compliant' });
  });

  it('are not told by a number that is none of the project’s: 四标段 may be a stage of the road', () => {
    expect(
      three(
        candidate('2024-09-02', { lots: ['1', '2', '3'] }),
        result('2024-09-03', { title: '某路四标段配套工程中标结果公示' }),
      ).codes,
    ).toEqual(['LOT_UNRESOLVED']);
  });
});
