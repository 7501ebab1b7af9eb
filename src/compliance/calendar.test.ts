import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addDays, dayFromNumber, dayNumber } from '../model/day.ts';
import { ExtendCalendar } from '../model/errors.ts';
import { calendar, rawNational } from './test-facts.ts';

interface Raw {
  notices: { holidays: { from: string; to: string }[]; worked: string[] }[];
}

/** Counted with JavaScript's own weekday and the raw file, one day after the other: nothing shared with the calendar. */
const rests = new Map<string, boolean>();
for (let t = Date.UTC(2016, 0, 1); t <= Date.UTC(2026, 11, 31); t += 86_400_000) {
  const day = new Date(t).toISOString().slice(0, 10);
  let rest = [0, 6].includes(new Date(t).getUTCDay());
  for (const { holidays, worked } of (rawNational as Raw).notices) {
    if (holidays.some((h) => h.from <= day && day <= h.to)) rest = true;
    if (worked.includes(day)) rest = false;
  }
  rests.set(day, rest);
}
const days = [...rests.keys()];
const anyDay = fc.constantFrom(...days);

describe('the calendar', () => {
  it('knows rest days and working days of every day of 2016–2026', () => {
    expect(days).toHaveLength(4018);
    expect(days.filter((day) => calendar.isRest(day) !== rests.get(day))).toEqual([]);
  });

  // Counted once from the State Council's notices: a slip in the file shows here.
  it.each([
    [2016, 250],
    [2017, 249],
    [2018, 250],
    [2019, 250],
    [2020, 249],
    [2021, 250],
    [2022, 249],
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('has in %i as many working days as the notices leave: %i', (year, count) => {
    expect(calendar.workingDaysBetween(`${year}-01-01`, `${year}-12-31`)).toBe(count);
  });

  it('finds the next working day of every day as plain walking does', () => {
    for (const day of days) {
      const at = days.slice(days.indexOf(day)).find((d) => rests.get(d) === false);
      if (at !== undefined) expect(calendar.nextWorkingDay(day)).toBe(at);
    }
  });

  it('counts working days between any two days as plain walking does', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 120 }), (from, span) => {
        const to = addDays(from, span);
        fc.pre(rests.has(to));
        const walked = days.slice(days.indexOf(from), days.indexOf(to) + 1).filter((d) => !rests.get(d)).length;
        expect(calendar.workingDaysBetween(from, to)).toBe(walked);
      }),
    );
  });

  it('finds the n-th working day after any day as plain walking does', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const walked = days.slice(days.indexOf(from) + 1).filter((d) => !rests.get(d))[n - 1];
        fc.pre(walked !== undefined);
        expect(calendar.nthWorkingDayAfter(from, n)).toBe(walked);
      }),
    );
  });

  it('counts no working day backwards', () => {
    expect(calendar.workingDaysBetween('2024-03-08', '2024-03-04')).toBe(0);
  });

  it.each([
    ['2024-03-06', '周三'],
    ['2024-03-09', '周六'],
    ['2024-10-03', '国庆节'],
    ['2024-02-18', '调休上班'],
    ['2023-10-01', '中秋节、国庆节'],
    ['2018-12-29', '调休上班'],
    ['2018-12-31', '元旦'],
    ['2024-11-18', '周一'],
  ])('says of %s: %s', (day, why) => {
    expect(calendar.why(day)).toBe(why);
  });

  it('says of a day outside its years that it is not recorded', () => {
    expect(calendar.why('2027-03-03')).toBe('周三（日历未收录）');
  });

  it('refuses to guess a day outside the years covered', () => {
    for (const day of ['2015-12-31', '2027-01-01']) {
      expect(calendar.covers(day)).toBe(false);
      expect(() => calendar.isRest(day)).toThrow(ExtendCalendar);
      expect(() => calendar.nextWorkingDay(day)).toThrow(ExtendCalendar);
    }
    expect(() => calendar.nthWorkingDayAfter('2026-12-30', 5)).toThrow(ExtendCalendar);
  });

  it('names the missing day and the file to extend', () => {
    expect(() => calendar.isRest('2027-05-01')).toThrow(/2027-05-01/);
  });

  it('keeps the second covered day and the last one', () => {
    expect([calendar.firstDay, calendar.lastDay]).toEqual(['2016-01-01', '2026-12-31']);
    expect(dayFromNumber(dayNumber(calendar.lastDay))).toBe('2026-12-31');
  });
});

describe('what was known when', () => {
  it('has 2019-05-02 as a working day until the notice of 2019-03-22 made it a holiday', () => {
    expect(calendar.knownOn('2019-03-21')?.isRest('2019-05-02')).toBe(false);
    expect(calendar.knownOn('2019-03-22')?.isRest('2019-05-02')).toBe(true);
    expect(calendar.knownOn('2019-03-21')?.isRest('2019-05-05')).toBe(true);
    expect(calendar.knownOn('2019-03-22')?.isRest('2019-05-05')).toBe(false);
  });

  it('has 2020-02-01 as a working Saturday until the notice of 2020-01-27 prolonged the Spring Festival', () => {
    expect(calendar.knownOn('2020-01-26')?.isRest('2020-02-01')).toBe(false);
    expect(calendar.knownOn('2020-01-26')?.isRest('2020-01-31')).toBe(false);
    expect(calendar.knownOn('2020-01-27')?.isRest('2020-02-01')).toBe(true);
    expect(calendar.knownOn('2020-01-27')?.isRest('2020-01-31')).toBe(true);
    expect(calendar.isRest('2020-02-03')).toBe(false);
  });

  it('has 2018-12-29 as a Saturday until the notice for 2019 made it a working day', () => {
    expect(calendar.knownOn('2018-12-05')?.isRest('2018-12-29')).toBe(true);
    expect(calendar.knownOn('2018-12-06')?.isRest('2018-12-29')).toBe(false);
  });

  it('is found again by its version where later notices were only added', () => {
    const before = calendar.knownOn('2020-01-26')!;
    const found = calendar.ofVersion(before.version)!;
    expect([found.version, found.lastDay]).toEqual([before.version, '2020-12-31']);
    expect([found.isRest('2020-02-01'), calendar.isRest('2020-02-01')]).toEqual([false, true]);
    expect(calendar.ofVersion('2020-01-27.00000000')).toBeNull();
    expect(before.ofVersion(calendar.version)).toBeNull();
  });

  it('covers a year only from the day its notice was published', () => {
    expect(calendar.knownOn('2018-12-05')?.covers('2019-01-02')).toBe(false);
    expect(calendar.knownOn('2018-12-06')?.covers('2019-01-02')).toBe(true);
    expect(calendar.knownOn('2015-12-09')).toBeNull();
  });
});

describe('days off of the prefecture', () => {
  const local = calendar.withLocalDays();

  it('rest only in the local view, under their own name', () => {
    expect(calendar.isRest('2024-11-18')).toBe(false);
    expect(local.isRest('2024-11-18')).toBe(true);
    expect(local.why('2024-11-18')).toBe('州庆（红河州）');
  });

  it('are unknown, not absent, outside 2023 and 2024', () => {
    expect([2022, 2023, 2024, 2025].map((year) => calendar.knowsLocalDays(year))).toEqual([false, true, true, false]);
  });

  it('can be declared by the operator', () => {
    const declared = calendar.declare([{ day: '2025-11-18', name: '州庆' }]);
    expect(declared.knowsLocalDays(2025)).toBe(true);
    expect(declared.withLocalDays().isRest('2025-11-18')).toBe(true);
    expect(declared.isRest('2025-11-18')).toBe(false);
    expect(calendar.withLocalDays().isRest('2025-11-18')).toBe(false);
  });

  it('of an earlier version are found again where years were only filled in since', () => {
    const filled = calendar.declare([{ day: '2025-11-18', name: '州庆' }]);
    expect(filled.ofVersion(calendar.version)?.version).toBe(calendar.version);
    expect(filled.ofVersion(calendar.version)?.knowsLocalDays(2025)).toBe(false);
    expect(filled.ofVersion(filled.version)).toBe(filled);
  });

  it('of an earlier version are not found again where a known year was rewritten', () => {
    const rewritten = calendar.declare([{ day: '2024-11-20', name: '州庆' }]);
    expect(rewritten.ofVersion(calendar.version)).toBeNull();
  });

  it('change the version when one is declared, and nothing else does', () => {
    expect(calendar.declare([{ day: '2025-11-18', name: '州庆' }]).version).not.toBe(calendar.version);
    expect(calendar.declare([]).version).toBe(calendar.version);
    expect(calendar.knownOn('2019-01-01')?.version).not.toBe(calendar.version);
  });
});

describe('the notice that decides about a day', () => {
  it('is the amendment where one names the day: 2020-01-31 rests by the notice of January 2020', () => {
    expect(calendar.noticeFor('2020-01-31')).toMatchObject({ year: 2020, amends: true });
  });

  it("is the next year's notice for a working Saturday of December: 2018-12-29", () => {
    expect(calendar.noticeFor('2018-12-29')).toMatchObject({ year: 2019, amends: false });
  });

  it('is that of the year for an ordinary day, and none where the year is not covered', () => {
    expect(calendar.noticeFor('2024-03-07')).toMatchObject({ year: 2024, published: '2023-10-25' });
    expect(calendar.noticeFor('2031-03-07')).toBeNull();
  });

  it('over a span names each notice once, in order of publication', () => {
    expect(calendar.noticesFor('2023-12-28', '2024-01-05').map(({ year }) => year)).toEqual([2023, 2024]);
    expect(calendar.noticesFor('2031-01-01', '9999-12-31')).toEqual([]);
  });
});

describe('放假通知', () => {
  it('of the next year is looked for from sixty days before the last year covered ends', () => {
    expect(calendar.endsSoon('2026-10-31')).toBeNull();
    expect(calendar.endsSoon('2026-11-01')).toBe('2026-12-31');
    expect(calendar.endsSoon('2027-02-01')).toBe('2026-12-31');
  });
});
