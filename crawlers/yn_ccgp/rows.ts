import type { LocalDay, LocalMoment } from '../../src/model/day.ts';
import type { FetchedPage, ListReading } from '../../src/model/source.ts';
import { rowTime } from '../shared/listing.ts';

/** `finishday` of a row. `/` stands for none (seen 2016–2022). */
export function finishDay(
  page: FetchedPage,
  field: string,
  value: string | number | null | undefined,
): LocalDay | LocalMoment | null {
  return rowTime(page, field, value === '/' ? null : value);
}

/** Reasons for rows passed over, counted. */
export function passedOverOf(reasons: readonly string[]): ListReading['passedOver'] {
  return [...new Set(reasons)].map((reason) => ({ reason, count: reasons.filter((other) => other === reason).length }));
}
