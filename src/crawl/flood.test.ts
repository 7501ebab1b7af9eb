import { describe, expect, it } from 'vitest';

import type { Run } from '../model/run.ts';
import type { ListRow } from '../model/source.ts';
import { buildChannelOutcome, buildRun, MARCH_20 } from '../../test/support/build.ts';
import { credibleNews, FloodGate } from './flood.ts';

const DAY = 86_400_000;

function rows(count: number, given: (i: number) => Partial<ListRow> = () => ({})): ListRow[] {
  return Array.from({ length: count }, (_, i) => ({
    externalId: `n${i}`,
    title: `开远市第${i}号项目公告`,
    publishDate: '2026-03-20',
    region: '开远市',
    inRegion: true,
    detail: { key: `d${i}`, channelId: 'list', role: 'detail', method: 'GET', url: 'http://site/1', expects: 'html' },
    ...given(i),
  }));
}

/** A gate for a column of which at most 200 new notices are credible. */
function gate(known: string[] = [], credible = new Map([['list', 200]])): FloodGate {
  const notice = { title: '', publishDate: null, lastSeenAt: 0 };
  const notices = {
    known: (ids: string[]) =>
      Promise.resolve(new Map(ids.filter((id) => known.includes(id)).map((id) => [id, notice] as const))),
  };
  return new FloodGate('yn_ccgp', notices, credible);
}

describe('what a list offers for the first time', () => {
  it('is believed up to what is credible', async () => {
    await expect(gate().check('list', rows(200))).resolves.toBeUndefined();
  });

  it('is ABOVE_MAXIMUM with one more, also when it comes page by page', async () => {
    const watched = gate();
    const all = rows(201);
    await watched.check('list', all.slice(0, 120));
    await expect(watched.check('list', all.slice(120))).rejects.toMatchObject({
      code: 'ABOVE_MAXIMUM',
      remedy: 'stop',
    });
  });

  it('does not count what is known already or belongs to another region', async () => {
    const known = rows(150).map(({ externalId }) => `yn_ccgp:${externalId}`);
    await expect(gate(known).check('list', rows(350))).resolves.toBeUndefined();
    await expect(
      gate().check(
        'list',
        rows(900, () => ({ inRegion: false })),
      ),
    ).resolves.toBeUndefined();
  });

  it('counts each column by itself', async () => {
    const both = new Map([
      ['list', 200],
      ['home', 200],
    ]);
    const watched = gate([], both);
    await watched.check('list', rows(150));
    await expect(watched.check('home', rows(150))).resolves.toBeUndefined();
  });

  it('is DUPLICATE_FLOOD where it differs in nothing but its number more than twenty times', async () => {
    const alike = (count: number) => rows(count, () => ({ title: '开远市同一公告' }));
    await expect(gate().check('list', alike(20))).resolves.toBeUndefined();
    await expect(gate().check('list', alike(21))).rejects.toMatchObject({ code: 'DUPLICATE_FLOOD' });
    // One title on many days is a series, not a repetition.
    const series = rows(28, (i) => ({
      title: '开远市同一公告',
      publishDate: `2026-02-${String(i + 1).padStart(2, '0')}`,
    }));
    await expect(gate().check('list', series)).resolves.toBeUndefined();
  });

  it('is not judged where the history is too short to say what is usual', async () => {
    await expect(gate([], new Map()).check('list', rows(5000))).resolves.toBeUndefined();
  });
});

describe('what is credible', () => {
  /** Complete runs, latest first, that brought so many notices each. */
  const after = (created: number[], now = MARCH_20): Promise<ReadonlyMap<string, number>> => {
    const runs: Run[] = created.map((n, i) =>
      buildRun({
        id: `run-${i}`,
        outcome: 'complete',
        startedAt: MARCH_20 - (i + 1) * DAY,
        channels: [buildChannelOutcome({ channelId: 'list', created: n })],
      }),
    );
    return credibleNews({ list: () => Promise.resolve(runs) }, 'yn_ccgp', now);
  };

  it('is unknown after two runs, and two hundred at least after three', async () => {
    expect(await after([4, 4])).toEqual(new Map());
    expect(await after([4, 4, 4])).toEqual(new Map([['list', 200]]));
  });

  it('is twenty times what a run usually brings, whatever the first brought', async () => {
    expect(await after([30, 30, 30, 9000])).toEqual(new Map([['list', 600]]));
  });

  it('grows with the days since the last complete run', async () => {
    expect(await after([30, 30, 30], MARCH_20 + 4 * DAY)).toEqual(new Map([['list', 3000]]));
  });
});
