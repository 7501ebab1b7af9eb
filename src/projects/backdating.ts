import { dayNumber, dayOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { Notice } from '../model/notice.ts';

/** A notice that bears an earlier day than it can have been published on. */
export interface Backdating {
  stated: LocalDay;
  /** Epoch ms: a complete run that began then did not list it, so that it was published later. */
  notBefore: number;
  seenAt: number;
  /** Whole days at least between the stated day and the publication. */
  atLeastDays: number;
}

/** Null where the day it bore at first may be right, or where no complete run can testify. */
export function backdatingOf(notice: Pick<Notice, 'firstPublishDate' | 'absentAt' | 'firstSeenAt'>): Backdating | null {
  const { firstPublishDate, absentAt, firstSeenAt } = notice;
  if (firstPublishDate === null || absentAt === null) return null;
  const stated = firstPublishDate.slice(0, 10);
  const atLeastDays = dayNumber(dayOf(absentAt)) - dayNumber(stated);
  return atLeastDays < 1 ? null : { stated, notBefore: absentAt, seenAt: firstSeenAt, atLeastDays };
}
