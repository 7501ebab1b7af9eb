import { describe, expect, it } from 'vitest';

import { buildVanishing, MARCH_20 } from '../../test/support/build.ts';
import type { Probe } from '../model/vanishing.ts';
import { goneDaysOf } from './gone-days.ts';

const DAY = 86_400_000;
const missedBy = [0, 1].map((n) => ({ runId: `run-${n}`, at: MARCH_20 + n * DAY }));
const visit = (day: number, found: Probe['found']): Probe => ({
  at: MARCH_20 + day * DAY,
  found,
  status: 404,
  archiveId: 'r',
});

describe('the days on which a page was gone', () => {
  it('are those of our visits that found it so, each once', () => {
    const probes = [visit(1, 'gone'), visit(1, 'gone'), visit(2, 'unclear'), visit(3, 'gone'), visit(4, 'there')];
    expect(goneDaysOf([buildVanishing({ missedBy, probes })]).get('yn_ccgp:1')).toEqual(['2026-03-21', '2026-03-23']);
  });

  it('are none where a single run did not list the notice', () => {
    const probes = [visit(1, 'gone')];
    expect(goneDaysOf([buildVanishing({ missedBy: missedBy.slice(0, 1), probes })]).size).toBe(0);
  });

  it('stay on record when the notice has returned', () => {
    const probes = [visit(1, 'gone')];
    const returned = buildVanishing({ missedBy, probes, state: 'returned', returnedAt: MARCH_20 + 5 * DAY });
    expect(goneDaysOf([returned]).get('yn_ccgp:1')).toEqual(['2026-03-21']);
  });
});
