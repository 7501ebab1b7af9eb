import { describe, expect, it } from 'vitest';

import { buildRun } from '../../test/support/build.ts';
import { buildSchedule } from '../../test/support/source.ts';
import { epochOf, momentOf } from '../model/day.ts';
import type { Run } from '../model/run.ts';
import { dueRun } from './schedule.ts';

const OPEN = { since: null, until: null };
/** Visits at 8 and 16, a sweep on Sundays at 10; 2026-03-18 is a Wednesday. */
const settings = { schedule: buildSchedule(), quietHours: null };

function run(startedAt: string, given: Partial<Run> = {}): Run {
  const at = epochOf(startedAt);
  return buildRun({
    id: startedAt,
    startedAt: at,
    finishedAt: at + 60_000,
    outcome: 'complete',
    window: OPEN,
    ...given,
  });
}

function at(now: string, runs: Run[], given: Partial<Parameters<typeof dueRun>[0]> = {}) {
  const { due, next } = dueRun({ settings, runs, now: epochOf(now), jitter: () => 0, ...given });
  return { due, next: momentOf(next) };
}

describe('what a source has due', () => {
  it('the first time is every list from its beginning', () => {
    expect(at('2026-03-18T03:00', []).due).toEqual({ kind: 'sweep', window: OPEN });
  });

  it('at its moment is a visit that reads the overlap again; once begun, nothing until the next moment', () => {
    const before = [run('2026-03-17T16:00'), run('2026-03-15T10:00')];
    expect(at('2026-03-18T07:59', before)).toEqual({ due: null, next: '2026-03-18T08:00' });
    const visit = { kind: 'visit', window: { since: '2026-03-07', until: null } };
    expect(at('2026-03-18T08:00', before).due).toEqual(visit);
    const begun = [run('2026-03-18T08:00', { window: visit.window }), ...before];
    expect(at('2026-03-18T08:01', begun)).toEqual({ due: null, next: '2026-03-18T16:00' });
  });

  it('after days without a process is one visit that reaches back to before they began', () => {
    const runs = [run('2026-03-16T16:00'), run('2026-03-15T10:00')];
    const { due } = at('2026-03-21T23:30', runs);
    expect(due).toEqual({ kind: 'visit', window: { since: '2026-03-06', until: null } });
  });

  it('after rejected runs still reaches back to the last that was accepted', () => {
    const runs = [
      run('2026-03-18T08:00', { outcome: 'rejected' }),
      run('2026-03-17T16:00', { outcome: 'rejected' }),
      run('2026-03-15T10:00'),
    ];
    expect(at('2026-03-18T16:00', runs).due?.window.since).toBe('2026-03-05');
  });

  it('on Sunday is a sweep, again at the next moment where it was rejected, and a visit once it was accepted', () => {
    const week = [run('2026-03-22T08:00', { window: { since: '2026-03-11', until: null } }), run('2026-03-15T10:00')];
    expect(at('2026-03-22T09:59', week).due).toBeNull();
    expect(at('2026-03-22T10:00', week).due?.kind).toBe('sweep');
    expect(at('2026-03-22T16:00', [run('2026-03-22T10:00', { outcome: 'rejected' }), ...week]).due?.kind).toBe('sweep');
    expect(at('2026-03-22T16:00', [run('2026-03-22T10:00'), ...week]).due?.kind).toBe('visit');
  });

  it('is first of all what an interrupted process left, with its own window', () => {
    const window = { since: '2026-03-07', until: null };
    const left = run('2026-03-18T08:00', { finishedAt: null, outcome: 'running', window });
    expect(at('2026-03-18T08:03', [left, run('2026-03-15T10:00')]).due).toEqual({ kind: 'resume', window });
  });

  it('is not what an operator’s backfill left or did', () => {
    const window = { since: '2025-01-01', until: '2025-06-30' };
    const backfills = [
      run('2026-03-18T09:00', { finishedAt: null, outcome: 'running', backfill: true, window }),
      run('2026-03-18T08:30', { backfill: true, window }),
    ];
    const own = [run('2026-03-17T16:00'), run('2026-03-15T10:00')];
    expect(at('2026-03-18T09:30', [...backfills, ...own]).due?.kind).toBe('visit');
  });

  it('waits in quiet hours for their end', () => {
    const quiet = { ...settings, quietHours: { from: 22, to: 9 } };
    expect(at('2026-03-18T08:00', [run('2026-03-17T16:00')], { settings: quiet })).toEqual({
      due: null,
      next: '2026-03-18T09:00',
    });
    expect(
      at('2026-03-18T09:00', [run('2026-03-17T16:00'), run('2026-03-15T10:00')], { settings: quiet }).due?.kind,
    ).toBe('visit');
  });

  it('comes later by its jitter, and no moment is lost by that', () => {
    const runs = [run('2026-03-17T16:00'), run('2026-03-15T10:00')];
    const jitter = (): number => 7 * 60_000;
    expect(at('2026-03-18T08:06', runs, { jitter })).toEqual({ due: null, next: '2026-03-18T08:07' });
    expect(at('2026-03-18T08:07', runs, { jitter }).due?.kind).toBe('visit');
  });

  it('does not wait for a year because of a run that began while the clock was a year ahead', () => {
    const ahead = run('2027-03-18T08:00');
    expect(at('2026-03-18T08:00', [ahead, run('2026-03-17T16:00'), run('2026-03-15T10:00')]).due?.kind).toBe('visit');
  });
});
