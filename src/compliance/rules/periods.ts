import type { LocalDay } from '../../model/day.ts';
import type { Period } from '../counting.ts';
import type { PeriodKind } from '../periods.ts';

/** A statutory period as the law fixes it, whether or not published notices let it be judged. */
export interface StatutoryPeriod {
  id: string;
  kind: PeriodKind;
  period: Period;
  from: LocalDay;
  to: LocalDay | null;
}

const row = (
  id: string,
  kind: PeriodKind,
  length: number,
  unit: Period['unit'],
  from: LocalDay,
  to: LocalDay | null = null,
): StatutoryPeriod => ({ id, kind, period: { length, unit }, from, to });

/** Periods of 招标投标, 政府采购, 土地出让 and 国有产权; articles stand in docs/rules.md. */
const PERIODS: readonly StatutoryPeriod[] = [
  row('TB-DOC-SALE-5D', 'min', 5, 'calendar', '2012-02-01'),
  row('TB-PREQ-5D', 'min', 5, 'calendar', '2012-02-01'),
  row('TB-BID-20D', 'min', 20, 'calendar', '2000-01-01'),
  row('TB-CLARIFY-15D', 'min', 15, 'calendar', '2000-01-01'),
  row('TB-CAND-LAG-3D', 'max', 3, 'calendar', '2012-02-01'),
  row('TB-CAND-3D', 'min', 3, 'calendar', '2012-02-01'),
  row('TB-OBJECTION', 'max', 3, 'calendar', '2012-02-01'),
  row('TB-CONTRACT-30D', 'max', 30, 'calendar', '2000-01-01'),
  row('TB-PLAN', 'min', 30, 'calendar', '2021-01-01'),
  row('GP-INTENT-30D', 'min', 30, 'calendar', '2020-01-01'),
  row('GP-PREQ-5WD', 'min', 5, 'workday', '2015-03-01'),
  row('GP-NOTICE-5WD', 'min', 5, 'workday', '2017-10-01'),
  row('GP-DOC-5WD', 'min', 5, 'workday', '2015-03-01'),
  row('GP-BID-20D', 'min', 20, 'calendar', '2003-01-01'),
  row('GP-CLARIFY-15D', 'min', 15, 'calendar', '2015-03-01'),
  row('GP-CN-3WD', 'min', 3, 'workday', '2014-02-01'),
  row('GP-INQ-3WD', 'min', 3, 'workday', '2014-02-01'),
  row('GP-CC-10D', 'min', 10, 'calendar', '2014-12-31'),
  row('GP-SS-5WD', 'min', 5, 'workday', '2014-02-01'),
  row('GP-REPORT-2WD', 'max', 2, 'workday', '2015-03-01'),
  row('GP-DETERMINE-5WD', 'max', 5, 'workday', '2015-03-01'),
  row('GP-RESULT-2WD', 'max', 2, 'workday', '2014-02-01'),
  row('GP-RESULT-PERIOD-1WD', 'exact', 1, 'workday', '2015-07-17'),
  row('GP-CONTRACT-30D', 'max', 30, 'calendar', '2003-01-01'),
  row('GP-CONTRACT-PUB-2WD', 'max', 2, 'workday', '2015-03-01'),
  row('GP-CHALLENGE', 'max', 7, 'workday', '2003-01-01'),
  row('GP-FRAMEWORK', 'max', 2, 'workday', '2022-03-01'),
  row('KY-GP-3D', 'min', 3, 'calendar', '2016-01-01'),
  row('LAND-NOTICE-20D', 'min', 20, 'calendar', '2007-11-01'),
  row('LAND-LIST-10D', 'min', 10, 'calendar', '2007-11-01'),
  row('LAND-CHANGE', 'min', 20, 'calendar', '2006-08-01'),
  row('LAND-RESULT-10WD', 'max', 10, 'workday', '2007-11-01'),
  row('LAND-AGREE', 'min', 15, 'calendar', '2003-08-01'),
  row('SA-EQUITY-20WD', 'min', 20, 'workday', '2016-06-24'),
  row('SA-ASSET-10WD', 'min', 10, 'workday', '2016-06-24'),
  row('SA-RESULT-5WD', 'min', 5, 'workday', '2016-06-24'),
  row('SA-AUCTION-7D', 'min', 7, 'calendar', '1997-01-01'),
  row('GI-20WD', 'max', 20, 'workday', '2017-12-01'),
];

/** The period of that id in force on a day; null where none was. */
export function periodRuleOf(id: string, on: LocalDay): StatutoryPeriod | null {
  return PERIODS.find((p) => p.id === id && p.from <= on && (p.to === null || on <= p.to)) ?? null;
}
