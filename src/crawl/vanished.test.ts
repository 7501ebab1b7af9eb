import { describe, expect, it } from 'vitest';

import { buildVanishing, MARCH_20 } from '../../test/support/build.ts';
import type { ColumnNotice } from '../../storage/store.ts';
import type { Probe, Vanishing } from '../model/vanishing.ts';
import { followVanishings } from './vanished.ts';

const DAY = 86_400_000;
const unlisted: ColumnNotice = {
  id: 'yn_ccgp:1',
  externalId: '1',
  title: '开远市人民医院设备采购公告',
  publishDate: '2026-03-12',
  lastSeenAt: MARCH_20 - DAY,
  archiveId: 'r1',
};
const probe = (found: Probe['found'], at: number): [string, Probe] => [
  unlisted.id,
  { at, found, status: found === 'gone' ? 404 : 200, archiveId: 'r2' },
];

/** A run of the n-th day that does not list the notice. */
function after(
  open: Vanishing[],
  day: number,
  found?: Probe['found'],
  given: { complete?: boolean; listed?: string[] } = {},
) {
  const at = MARCH_20 + day * DAY;
  const { complete = true, listed = [] } = given;
  const columns = [{ channelId: 'list', complete, unlisted: listed.length > 0 ? [] : [unlisted] }];
  const probes = new Map(found === undefined ? [] : [probe(found, at + 5)]);
  return followVanishings(
    { id: `run-${day}`, sourceId: 'yn_ccgp', startedAt: at },
    open,
    columns,
    new Set(listed),
    probes,
    at + 9,
  );
}

describe('a notice that a list no longer shows', () => {
  it('is missing after one complete run, and no more than that', () => {
    expect(after([], 0)).toEqual([
      buildVanishing({ missedBy: [{ runId: 'run-0', at: MARCH_20 }], probes: [], lastSeenAt: unlisted.lastSeenAt }),
    ]);
  });

  it('is withdrawn after two complete runs and the site’s own word that the page is gone', () => {
    expect(after(after([], 0), 1, 'gone')).toMatchObject([
      { state: 'withdrawn', probes: [{ found: 'gone', status: 404 }] },
    ]);
  });

  it('is not withdrawn without that word, however many runs miss it', () => {
    expect(after(after(after([], 0), 1), 2)).toMatchObject([{ state: 'missing' }]);
    expect(after(after(after([], 0), 1), 2, 'unclear')).toMatchObject([{ state: 'missing' }]);
  });

  it('is not withdrawn by one run, though its page is gone', () => {
    expect(after(after([], 0, undefined, { complete: false }), 1, 'gone')).toMatchObject([
      { state: 'missing', missedBy: [{ runId: 'run-1' }] },
    ]);
  });

  it('is only taken off the list while its page still answers', () => {
    expect(after(after([], 0), 1, 'there')).toMatchObject([{ state: 'unlisted' }]);
  });

  it('has returned when a list shows it again, and its absence stays on record', () => {
    const withdrawn = after(after([], 0), 1, 'gone');
    expect(after(withdrawn, 2, undefined, { listed: [unlisted.id] })).toMatchObject([
      { id: withdrawn[0]!.id, state: 'returned', probes: [{ found: 'gone' }], returnedAt: MARCH_20 + 2 * DAY + 9 },
    ]);
  });

  it('is not counted as missed by a run that was incomplete, nor is what was found at its page', () => {
    expect(after(after([], 0), 1, 'gone', { complete: false })).toEqual([]);
  });

  it('is missed once by a run that is closed twice', () => {
    const once = after([], 0);
    expect(after(once, 0)).toEqual([]);
  });
});
