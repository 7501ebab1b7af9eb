import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { Calendar } from '../compliance/calendar.ts';
import { told } from '../compliance/decided.ts';
import { addDays, epochOf } from '../model/day.ts';
import type { FactSheet } from '../model/fact-sheet.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { CoverageSpan } from '../model/run.ts';
import { assemble } from '../projects/assemble.ts';
import { factSheetOf } from '../projects/fact-sheet.ts';
import { identityOfStored } from '../projects/identity.ts';
import { notice } from '../projects/testing/notices.ts';
import { decideRounds } from './judge-round.ts';
import type { JudgedBy } from './judge-round.ts';
import { groundOf, saidAgain, saidOf } from './said.ts';

const national: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../config/calendar.json'), 'utf8'));
const CALENDAR = Calendar.load(national, null);

const FIRMS = ['云南恒泰建设工程有限公司', '红河州宏远市政工程有限公司', '云南昌达建筑工程有限公司'];
const FIRST = '2026-03-02';
const PAGES = ['tender', 'candidate', 'correction', 'result', 'award_letter', 'contract'] as const;
const COLUMNS = ['hh_finance/zfcg', 'yn_ccgp/list', 'yn_ggzy/mirror_result', 'yn_ggzy/mirror_contract'];

/** How a purchase's pages lie: days after the first, where they stand, who is named. Some state a day that has not come. */
const page = fc.record({
  after: fc.integer({ min: 0, max: 40 }),
  seenLater: fc.integer({ min: 0, max: 3 }),
  absent: fc.boolean(),
  source: fc.constantFrom('hh_finance', 'yn_ccgp', 'ky_gov'),
  firm: fc.constantFrom(...FIRMS),
});
const purchase = fc
  .record({
    budget: fc.constantFrom(860_000, 1_500_000, null),
    method: fc.constantFrom('competitive_negotiation', 'open_tender', 'single_source', null),
    pages: fc.array(page, { minLength: 2, maxLength: PAGES.length }),
  })
  .map(({ budget, method, pages }): FactSheet => {
    const notices = pages.map(({ after, seenLater, absent, source, firm }, i) => {
      const day = addDays(FIRST, after);
      const firstSeenAt = epochOf(addDays(day, seenLater));
      return notice(`${source}:${i}`, {
        kind: PAGES[i]!,
        category: 'works',
        subtype: 'municipal',
        method,
        budget,
        publishDate: day,
        firstSeenAt,
        absentAt: absent ? firstSeenAt - 43_200_000 : null,
        suppliers: i > 2 ? [firm] : [],
        candidates:
          i === 1 ? FIRMS.slice(0, 2).map((name, rank) => ({ rank: rank + 1, name, price: null, lot: null })) : [],
        contractDate: i === 5 ? day : null,
      });
    });
    return factSheetOf(assemble({ members: notices.map(identityOfStored), links: [] }), notices, new Map());
  });

/** What others observe and what day it is: all that may change while sheet, settings, calendar and program stay. */
const observed = fc.record({
  asOf: fc.integer({ min: 0, max: 90 }).map((days) => addDays(FIRST, days)),
  coverage: fc.array(
    fc
      .record({
        column: fc.constantFrom(...COLUMNS),
        from: fc.integer({ min: -60, max: 50 }),
        last: fc.integer({ min: 0, max: 60 }),
      })
      .map(({ column, from, last }): CoverageSpan => {
        const [sourceId = '', channelId = ''] = column.split('/');
        const to = addDays(FIRST, from + last);
        return {
          sourceId,
          channelId,
          runId: `${column} ${to}`,
          from: addDays(FIRST, from),
          to,
          finishedAt: epochOf(addDays(to, 1)),
        };
      }),
    { maxLength: 8 },
  ),
  gone: fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 0, max: 20 })), { maxLength: 3 }),
});

describe('what was said of a project', () => {
  const ground = groundOf({ policy: DEFAULT_POLICY, calendar: CALENDAR });
  const byOf = (
    sheet: FactSheet,
    { asOf, coverage, gone }: typeof observed extends fc.Arbitrary<infer T> ? T : never,
  ): JudgedBy => ({
    policy: DEFAULT_POLICY,
    calendar: CALENDAR,
    asOf,
    coverage,
    goneDays: new Map(
      gone.flatMap(([i, after]) =>
        sheet.notices[i] === undefined ? [] : [[sheet.notices[i][0], [addDays(FIRST, after)]]],
      ),
    ),
  });
  const say = (sheet: FactSheet, by: JudgedBy) => {
    const rounds = decideRounds(sheet, by);
    return saidOf(
      rounds,
      rounds.flatMap(({ decided }) => decided.map(told)),
      ground,
    );
  };
  const decision = (said: string) => said.slice(0, said.length / 2);

  it('was decided otherwise wherever one word of it is another, whatever was observed since', () => {
    let same = 0;
    let other = 0;
    fc.assert(
      fc.property(
        purchase,
        observed,
        observed,
        fc.constantFrom('asOf', 'coverage', 'gone'),
        (sheet, before, later, what) => {
          const one = say(sheet, byOf(sheet, before));
          const two = say(sheet, byOf(sheet, { ...before, [what]: later[what] }));
          if (one === two) same += 1;
          else other += 1;
          if (decision(one) === decision(two)) expect(two).toBe(one);
        },
      ),
      { numRuns: 600 },
    );
    // Both happen, or nothing was shown.
    expect(Math.min(same, other)).toBeGreaterThan(20);
  });

  it('is held against every word where settings or calendar changed, and kept under the new ground', () => {
    fc.assert(
      fc.property(purchase, observed, (sheet, seen) => {
        const by = byOf(sheet, seen);
        const said = say(sheet, by);
        expect(saidAgain(sheet, said, by, ground)?.said).toBe(said);
        const again = saidAgain(
          sheet,
          said,
          by,
          groundOf({
            ...by,
            policy: { ...DEFAULT_POLICY, enabled: { ...DEFAULT_POLICY.enabled, 'LAND-LIST-10D': false } },
          }),
        )?.said;
        expect(again).not.toBe(said);
        expect(again?.slice(said.length / 2)).toBe(said.slice(said.length / 2));
        expect(saidAgain(sheet, 'x'.repeat(said.length), by, ground)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['a setting', { policy: { ...DEFAULT_POLICY, rollover: false }, calendar: CALENDAR }],
    ['the calendar', { policy: DEFAULT_POLICY, calendar: CALENDAR.knownOn('2024-01-01')! }],
  ])('stands on another ground once %s changed', (_what, changed) => {
    expect(groundOf(changed)).not.toBe(ground);
    expect(groundOf({ policy: DEFAULT_POLICY, calendar: Calendar.load(national, null) })).toBe(ground);
  });

  it('stands on another ground where only the name of a day off changed', () => {
    const named = (name: string) => CALENDAR.declare([{ day: '2026-11-18', name }]);
    const groundWith = (name: string) => groundOf({ policy: DEFAULT_POLICY, calendar: named(name) });
    expect(named('州庆').version).toBe(named('建州纪念日').version);
    expect(groundWith('州庆')).not.toBe(groundWith('建州纪念日'));
  });
});
