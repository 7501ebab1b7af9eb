import type { Store } from '../../storage/store.ts';
import type { Calendar } from '../compliance/calendar.ts';
import type { Clock } from '../model/clock.ts';
import { dayOf } from '../model/day.ts';
import type { Policy } from '../model/policy.ts';
import { goneDaysOf } from '../projects/gone-days.ts';
import type { JudgedBy } from './judge-round.ts';

/** What every project is judged by at this moment, beside its own sheet. */
export async function judgedBy(desk: {
  store: Store;
  policy: Policy;
  calendar: Calendar;
  clock: Clock;
}): Promise<JudgedBy> {
  const { store, policy, calendar, clock } = desk;
  const vanishings = [];
  for await (const vanishing of store.contents('vanishings')) vanishings.push(vanishing);
  return {
    policy,
    calendar,
    coverage: await store.runs.coverage(),
    asOf: dayOf(clock.now()),
    goneDays: goneDaysOf(vanishings),
  };
}
