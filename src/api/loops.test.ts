import { describe, expect, it } from 'vitest';

import { Loops } from './loops.ts';

const MINUTE = 60_000;

describe('the loops of a process on duty', () => {
  const clock = { now: 0 };
  const started = (): Loops => {
    clock.now = 0;
    const loops = new Loops(() => clock.now);
    loops.works('judging', '归并与核查');
    return loops;
  };

  it('do not stand still while they work, however long', () => {
    const loops = started();
    clock.now = 9 * 60 * MINUTE;
    expect(loops.stalled()).toEqual([]);
    expect(loops.working()).toEqual([{ id: 'judging', name: '归并与核查', ms: 9 * 60 * MINUTE }]);
  });

  it('stand still where a rest is over for a minute and the work has not begun', () => {
    const loops = started();
    loops.rests('judging', 10_000, 'done');
    clock.now = 10_000 + MINUTE;
    expect(loops.stalled()).toEqual([]);
    clock.now += 1;
    expect(loops.stalled()).toEqual([{ id: 'judging', name: '归并与核查', ms: MINUTE + 1 }]);
    loops.works('judging', '归并与核查');
    expect(loops.stalled()).toEqual([]);
  });

  it('fail from the first failure until the work has come off once', () => {
    const loops = started();
    clock.now = 1000;
    loops.rests('judging', 5000, 'failed');
    clock.now = 6000;
    loops.works('judging', '归并与核查');
    loops.rests('judging', 5000, 'failed');
    clock.now = 61_000;
    expect(loops.failing()).toEqual([{ id: 'judging', name: '归并与核查', ms: MINUTE }]);
    loops.works('judging', '归并与核查');
    loops.rests('judging', 10_000, 'done');
    expect(loops.failing()).toEqual([]);
  });
});
