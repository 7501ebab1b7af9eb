import { describe, expect, it } from 'vitest';

import { createPaces } from './pace.ts';
import { quietUntil } from './quiet-hours.ts';
import { epochOf } from '../model/day.ts';

const HOST = new URL('http://site.test/');

/** Gaps between consecutive starts, ms. */
function gaps(starts: number[]): number[] {
  return starts.slice(1).map((at, i) => at - starts[i]!);
}

const done = (): Promise<void> => Promise.resolve();

describe('pace of a host (trap 5: never a burst at the edge of a window)', () => {
  it('no two requests start closer than the interval', async () => {
    const starts: number[] = [];
    const pace = createPaces((_host, at) => starts.push(at)).of(HOST);
    pace.atLeast(25);
    await Promise.all(Array.from({ length: 8 }, () => pace.run(done)));
    expect(starts).toHaveLength(8);
    expect(Math.min(...gaps(starts))).toBeGreaterThanOrEqual(25);
  });

  it('holds for all sources on a host together, and for each host alone', async () => {
    const starts: [string, number][] = [];
    const paces = createPaces((host, at) => starts.push([host, at]));
    const one = paces.of(new URL('http://site.test/a'));
    const same = paces.of(new URL('http://site.test/b'));
    const other = paces.of(new URL('http://other.test/'));
    one.atLeast(30);
    same.atLeast(10);
    await Promise.all([one.run(done), same.run(done), one.run(done), same.run(done), other.run(done), other.run(done)]);
    const at = (host: string): number[] => starts.filter(([h]) => h === host).map(([, t]) => t);
    expect(Math.min(...gaps(at('site.test')))).toBeGreaterThanOrEqual(30);
    expect(Math.max(...gaps(at('other.test')))).toBeLessThan(30);
  });

  it('a Crawl-delay met on the way holds for those already waiting', async () => {
    const starts: number[] = [];
    const pace = createPaces((_host, at) => starts.push(at)).of(HOST);
    pace.atLeast(5);
    const waiting = [pace.run(done), pace.run(done), pace.run(done), pace.run(done)];
    await waiting[0];
    pace.atLeast(40);
    await Promise.all(waiting);
    expect(starts).toHaveLength(4);
    expect(gaps(starts).filter((gap) => gap >= 40).length).toBeGreaterThanOrEqual(2);
    expect(gaps(starts).at(-1)).toBeGreaterThanOrEqual(40);
  });

  it('a lower interval does not hurry a host', () => {
    const pace = createPaces().of(HOST);
    pace.atLeast(1000);
    pace.atLeast(10);
    expect(pace.intervalMs).toBe(1000);
  });

  it('slow paces keep one request under way, fast ones a few, and none at all a bench full', () => {
    const under = (intervalMs: number): number => {
      const pace = createPaces().of(HOST);
      pace.atLeast(intervalMs);
      return pace.concurrency;
    };
    expect([0, 100, 350, 1100, 8000].map(under)).toEqual([16, 8, 5, 1, 1]);
  });

  it('a task that fails fails for its caller alone', async () => {
    const pace = createPaces().of(HOST);
    pace.atLeast(1);
    const failing = pace.run(() => {
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    await expect(pace.run(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});

describe('quiet hours', () => {
  const night = { from: 22, to: 6 };
  it.each([
    ['2026-03-16T21:59', null],
    ['2026-03-16T22:00', '2026-03-17T06:00'],
    ['2026-03-17T05:59', '2026-03-17T06:00'],
    ['2026-03-17T06:00', null],
  ])('from 22 to 6: at %s they end at %s', (now, end) => {
    expect(quietUntil(night, epochOf(now))).toBe(end === null ? null : epochOf(end));
  });

  it('to 24 means to midnight', () => {
    expect(quietUntil({ from: 20, to: 24 }, epochOf('2026-03-16T23:30'))).toBe(epochOf('2026-03-17'));
  });

  it('none set, none held', () => {
    expect(quietUntil(null, epochOf('2026-03-16T03:00'))).toBeNull();
  });
});
