import { describe, expect, it } from 'vitest';

import type { Alert, Finding } from '../model/finding.ts';
import type { Project } from '../model/project.ts';
import { decideAlerts } from './alerts.ts';

const project = { id: 'p1', name: '建设路人行道改造工程', purchaser: '开远市住房和城乡建设局' } as Project;

function finding(over: Partial<Finding> = {}): Finding {
  return {
    key: 'p1||1|KY-GP-3D',
    projectId: 'p1',
    lot: null,
    round: 1,
    rule: 'KY-GP-3D',
    ruleVersion: '1',
    calendarVersion: '2026',
    verdict: 'violation',
    codes: ['MISSING_PUBLICITY'],
    severity: 'critical',
    computed: {},
    sentence: '成交结果公告前没有候选供应商公示。',
    evidence: [],
    days: [],
    judgedAt: 1,
    ...over,
  };
}

function opened(at = 10): Alert {
  return { ...decideAlerts(project, [finding()], [], at)[0]!, number: 'KY-2026-0001' };
}

describe('alerts', () => {
  it('opens one alert for a violation', () => {
    expect(decideAlerts(project, [finding()], [], 10)).toMatchObject([
      { key: 'p1||1|KY-GP-3D', nature: 'violation', state: 'open', openedAt: 10 },
    ]);
  });

  it('changes nothing when the same finding is judged again', () => {
    expect(decideAlerts(project, [finding({ judgedAt: 99 })], [opened()], 99)).toEqual([]);
  });

  it('keeps number and opening time when the dates change', () => {
    const [change] = decideAlerts(project, [finding({ severity: 'major' })], [opened()], 20);
    expect(change).toMatchObject({
      openedAt: 10,
      updatedAt: 20,
      number: 'KY-2026-0001',
      finding: { severity: 'major' },
    });
    expect(change!.history.map((h) => h.event)).toEqual(['opened', 'changed']);
  });

  it('is cleared, not deleted, when later evidence clears it', () => {
    const [change] = decideAlerts(project, [finding({ verdict: 'compliant', codes: ['OK'] })], [opened()], 20);
    expect(change).toMatchObject({ state: 'cleared', clearedAt: 20, finding: { verdict: 'violation' } });
  });

  it('opens again under the same number when the violation returns', () => {
    const cleared: Alert = { ...opened(), state: 'cleared', clearedAt: 15 };
    const [change] = decideAlerts(project, [finding()], [cleared], 20);
    expect(change).toMatchObject({ state: 'open', clearedAt: null, number: 'KY-2026-0001' });
    expect(change!.history.at(-1)).toMatchObject({ event: 'reopened' });
  });

  it('raises nothing for a verdict that cannot be given', () => {
    expect(decideAlerts(project, [finding({ verdict: 'undetermined', codes: ['COVERAGE_GAP'] })], [], 1)).toEqual([]);
  });

  it('a review is no violation', () => {
    const review = finding({
      key: 'p1||1|KY-REVIEW-3D',
      rule: 'KY-REVIEW-3D',
      verdict: 'undetermined',
      codes: ['REVIEW_NO_PUBLICITY'],
    });
    expect(decideAlerts(project, [review], [], 1)).toMatchObject([{ nature: 'review' }]);
  });

  it('clears the alerts of a project that no longer exists', () => {
    expect(decideAlerts(null, [], [opened()], 20)).toMatchObject([{ state: 'cleared' }]);
  });

  it('goes on under its number in the project that its pages have come to', () => {
    const other = { ...project, id: 'p0' } as Project;
    const [change, ...more] = decideAlerts(
      other,
      [finding({ key: 'p0||1|KY-GP-3D', projectId: 'p0' })],
      [opened()],
      20,
    );
    expect(more).toEqual([]);
    expect(change).toMatchObject({ key: 'p1||1|KY-GP-3D', number: 'KY-2026-0001', projectId: 'p0', state: 'open' });
    expect(change!.history.map((h) => h.event)).toEqual(['opened', 'moved']);
  });

  it('of two projects that turn out to be one, the one known longest stays and the other refers to it', () => {
    const younger: Alert = { ...opened(15), key: 'p2||1|KY-GP-3D', number: 'KY-2026-0002', projectId: 'p2' };
    const changes = decideAlerts(project, [finding()], [younger, opened()], 20);
    expect(changes).toMatchObject([{ number: 'KY-2026-0002', projectId: 'p1', state: 'cleared' }]);
    expect(changes[0]!.history.at(-1)!.sentence).toContain('KY-2026-0001');
  });
});
