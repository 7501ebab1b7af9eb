import type { Calendar } from '../compliance/calendar.ts';
import type { CaseDeadlines, CaseEvent, CaseFile, CaseStep } from '../model/case.ts';
import { dayOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { ExtendCalendar } from '../model/errors.ts';

/**
 * The n-th working day after the day of `at`, local days off resting. Null when the calendar does not reach that far:
 * a guess around a holiday would be a wrong deadline.
 */
export function workingDaysAfter(calendar: Calendar, at: number, n: number): LocalDay | null {
  try {
    return calendar.withLocalDays().nthWorkingDayAfter(dayOf(at), n);
  } catch (error) {
    if (error instanceof ExtendCalendar) return null;
    throw error;
  }
}

/** True where a deadline runs that the calendar could not count when it began. */
export function hasUncounted({ dueUnknown, question }: Pick<CaseFile, 'dueUnknown' | 'question'>): boolean {
  return dueUnknown || (question !== null && question.replyBy === null);
}

/**
 * The step that sets what could not be counted, from the moment it began to run; null while the calendar still does not
 * reach. People's steps stay as they were taken: what they could not say then is added, never written over.
 */
export function countedSince(
  file: CaseFile,
  events: readonly CaseEvent[],
  calendar: Calendar,
  deadlines: CaseDeadlines,
): CaseStep | null {
  const began = events.findLast(({ step }) => DAYS_OF[step.action] !== undefined && 'due' in step);
  const days = began === undefined ? undefined : DAYS_OF[began.step.action];
  const due = !file.dueUnknown || days === undefined ? null : workingDaysAfter(calendar, began!.at, deadlines[days]);
  const { question } = file;
  const replyBy =
    question === null || question.replyBy !== null
      ? null
      : workingDaysAfter(calendar, question.askedAt, deadlines.reply);
  return due === null && replyBy === null ? null : { action: 'deadlines_counted', due, replyBy };
}

/** Steps from which a deadline runs. */
const DAYS_OF: Partial<Record<CaseStep['action'], 'pending' | 'investigating' | 'rectifying'>> = {
  opened: 'pending',
  facts_changed: 'pending',
  started: 'investigating',
  reopened: 'investigating',
  rectifying: 'rectifying',
};
