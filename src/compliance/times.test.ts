import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readDay, readTime } from './times.ts';

describe('a time as a site delivers it', () => {
  it.each([
    ['a date is a day, not midnight', '2024-03-04', '2024-03-04', null],
    ['a local moment', '2024-03-04 09:05', '2024-03-04', 545],
    ['a local moment with seconds', '2024-03-04 23:50:59', '2024-03-04', 1430],
    ['an ISO moment without zone is Shanghai time', '2024-03-04T23:30:00', '2024-03-04', 1410],
    ['a UTC evening is the next day in Shanghai', '2024-03-04T16:30:00Z', '2024-03-05', 30],
    ['a UTC afternoon is the same day', '2024-03-04T15:59:59.999Z', '2024-03-04', 1439],
    ['an offset is converted', '2024-03-05T01:00:00+09:00', '2024-03-05', 0],
    ['an offset of Shanghai stays', '2024-03-05T01:00:00+0800', '2024-03-05', 60],
    ['epoch milliseconds', 1709568000000, '2024-03-05', 0],
    ['epoch milliseconds as text', '1709568000000', '2024-03-05', 0],
    ['a compact moment', '20260316093000', '2026-03-16', 570],
    ['a compact date', '20260316', '2026-03-16', null],
    ['a Chinese date', '2024年5月6日', '2024-05-06', null],
    ['a Chinese moment', '2024年5月6日17时30分', '2024-05-06', 1050],
    ['an afternoon hour', '2024年5月6日下午5时', '2024-05-06', 1020],
    ['24:00 belongs to its day', '2024-05-09 24:00', '2024-05-09', 1440],
    ['slashes and single digits', '2024/5/6 9:00', '2024-05-06', 540],
    ['full-width figures', '２０２４-０５-０６', '2024-05-06', null],
  ])('%s', (_what, value, day, minutes) => {
    expect(readTime(value)).toEqual({ day, minutes });
  });

  it.each([
    ['a day that does not exist', '2024-02-30'],
    ['an hour that does not exist', '2024-02-03 25:00'],
    ['a minute that does not exist', '2024-02-03 10:61'],
    ['words', '详见附件'],
    ['nothing', ''],
    ['epoch seconds', 1709568000],
    ['no number', Number.NaN],
    ['an endless number', Number.POSITIVE_INFINITY],
  ])('refuses %s', (_what, value) => {
    expect(readTime(value)).toBeNull();
  });
});

describe('the day of a time', () => {
  const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
  const day = fc.tuple(fc.integer({ min: 1960, max: 2110 }), two(13), two(32)).map((parts) => parts.join('-'));
  const between = fc.constantFrom('T', ' ', 't', '/');
  const moment = fc
    .tuple(day, between, two(26), fc.constantFrom(':', '：', '-'), two(61))
    .map((parts) => parts.join(''));

  it('is the one that reading the whole time gives, for days, minutes and whatever else is written', () => {
    const written = fc.oneof(day, moment, fc.string({ maxLength: 20 }), fc.double());
    fc.assert(
      fc.property(written, (value) => {
        expect(readDay(value)).toBe(readTime(value)?.day ?? null);
      }),
    );
  });
});
