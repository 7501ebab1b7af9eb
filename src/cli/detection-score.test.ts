import { describe, expect, it } from 'vitest';

import type { Alert } from '../model/finding.ts';
import type { PlantedFault, Truth } from '../../test/portal/truth.ts';
import { scoreDetection } from './detection-score.ts';

const fault: PlantedFault = { class: 'same-day', nature: 'violation', rule: 'TB-CAND-3D', lot: null, round: 1 };

function truth(planted: PlantedFault[]): Truth {
  const project = (id: string, notices: string[], faults: PlantedFault[], nearMiss: string | null) => ({
    id,
    name: id,
    code: null,
    track: 'construction' as const,
    notices,
    groups: [notices.slice(0, 2)],
    planted: faults,
    linking: [],
    nearMiss,
  });
  return {
    seed: 1,
    today: '2026-11-20',
    notices: 5,
    projects: [project('a', ['a1', 'a2', 'a3'], planted, null), project('b', ['b1', 'b2'], [], 'rollover-observed')],
    leads: [],
    troubles: [],
    events: [],
  };
}

function alert(projectId: string, over: Partial<PlantedFault> = {}): Alert {
  const { nature, rule, lot, round } = { ...fault, ...over };
  return {
    key: projectId,
    projectId,
    nature,
    state: 'open',
    finding: { rule, lot, round, codes: [] as string[] } as Alert['finding'],
  } as Alert;
}

function found(
  alerts: Alert[],
  projects = [
    ['a1', 'a2', 'a3'],
    ['b1', 'b2'],
  ],
) {
  const noticesOf: Record<string, string[]> = { a: ['a1', 'a3'], b: ['b1', 'b2'] };
  return {
    alerts,
    projects,
    groups: [
      ['a1', 'a2'],
      ['b1', 'b2'],
    ],
    noticesOf: (a: Alert) => noticesOf[a.projectId] ?? [],
    daysToDetect: () => 2,
    certainWithoutCoverage: 0,
  };
}

describe('the detection score', () => {
  it('counts a planted violation that was alerted', () => {
    const score = scoreDetection(truth([fault]), found([alert('a')]));
    expect(score.violations).toEqual({ planted: 1, detected: 1, false: 0, precision: 1, recall: 1 });
    expect(score.faults['same-day']).toEqual({ planted: 1, detected: 1, false: 0, medianDays: 2 });
  });

  it('counts a planted violation that was missed', () => {
    expect(scoreDetection(truth([fault]), found([])).violations).toMatchObject({ detected: 0, recall: 0 });
  });

  it('counts an innocent project accused, under the name of its near miss', () => {
    const score = scoreDetection(truth([fault]), found([alert('a'), alert('b')]));
    expect(score.violations).toMatchObject({ false: 1, precision: 0.5 });
    expect(score.faults['rollover-observed']).toMatchObject({ planted: 0, false: 1 });
  });

  it.each([
    ['another rule', { rule: 'KY-GP-3D' as const }],
    ['another lot', { lot: '2' }],
    ['another round', { round: 2 }],
  ])('an alert under %s is not the planted one', (_, over) => {
    expect(scoreDetection(truth([fault]), found([alert('a', over)])).violations).toMatchObject({
      detected: 0,
      false: 1,
    });
  });

  it('a review does not stand for a violation', () => {
    const score = scoreDetection(truth([fault]), found([alert('a', { nature: 'review' })]));
    expect(score.violations.detected).toBe(0);
    expect(score.review.false).toBe(1);
  });

  it('measures linking by pairs of notices', () => {
    const score = scoreDetection(truth([]), found([], [['a1', 'a2'], ['a3'], ['b1', 'b2']]));
    expect(score.projects).toEqual({ precision: 1, recall: 0.5 });
    expect(score.groups).toEqual({ precision: 1, recall: 1 });
  });
});
