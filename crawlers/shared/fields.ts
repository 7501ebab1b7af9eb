import type { LocalDay, LocalMoment } from '../../src/model/day.ts';
import type { NoticeFields, NoticeReading, Origin, StatedPeriod } from '../../src/model/notice.ts';
import type { FetchedPage, ListRowFacts } from '../../src/model/source.ts';
import { failure } from './failing.ts';
import { siteTime } from './times.ts';

type Printed = string | number | null | undefined;

/** A time field of a detail; null where it is empty. Throws `FIELD_MISSING` where something stands there that is no time. */
export function detailTime(page: FetchedPage, field: string, value: Printed): LocalDay | LocalMoment | null {
  const time = siteTime(value);
  if (time === undefined)
    throw failure('FIELD_MISSING', page, `字段 ${field} 的时间“${String(value)}”无法识别`, value, { field });
  return time;
}

/** The day of a time field. */
export function detailDay(page: FetchedPage, field: string, value: Printed): LocalDay | null {
  return detailTime(page, field, value)?.slice(0, 10) ?? null;
}

/** What a site's record states, without what it leaves empty: an empty field of a record is no statement. */
export function stated(fields: Partial<NoticeFields>): Partial<NoticeFields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value != null && !(Array.isArray(value) && value.length === 0)),
  );
}

/** Names in one field: `甲公司;乙公司;`, also with Chinese separators. */
export function namesIn(value: string | null | undefined): string[] {
  return (value ?? '')
    .split(/[;；、\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== '/');
}

/** The page's time, or the list's where the page has none or only the day of the very moment that the list prints. */
export function moreExact(
  page: LocalDay | LocalMoment | null,
  list: LocalDay | LocalMoment | null,
): LocalDay | LocalMoment | null {
  if (page === null) return list;
  return page.length === 10 && list !== null && list.startsWith(page) ? list : page;
}

/** What the list said of this detail. Every detail request is made from a row. */
export function rowBehind(page: FetchedPage): ListRowFacts {
  if (page.request.row === undefined) throw new Error(`detail request ${page.request.key} carries no row`);
  return page.request.row;
}

/**
 * The publicity period that a site's record files beside the text. The text is the notice and goes first;
 * the record fills what it leaves out, and stands as a disagreement where it names another end.
 */
export function withFiledPeriod(reading: NoticeReading, filed: StatedPeriod | null, rule: string): NoticeReading {
  if (filed === null) return reading;
  const origin: Origin = { words: filed.words, rule, confidence: 0.9 };
  const stated = reading.fields.publicity;
  if (stated === null) {
    return {
      ...reading,
      fields: { ...reading.fields, publicity: filed },
      origins: { ...reading.origins, publicity: origin },
    };
  }
  if (stated.to === null || stated.to.slice(0, 10) === filed.to?.slice(0, 10)) return reading;
  return { ...reading, disagreements: [...reading.disagreements, { field: 'publicity', value: filed, origin }] };
}
