import type { Finding, ReasonCode } from '../model/finding.ts';
import type { TimelineEntry } from '../model/project.ts';
import { fullDay } from './wording.ts';
import { ruleTitle } from './rules/index.ts';

interface Breach {
  key: string;
  words: string;
}

/**
 * The violations at the event that completed each: the latest in the timeline of those it rests on. By the event's place.
 * The lifecycle knows the order of steps only; that a step came too early is known to the judge.
 */
export function breachesByEvent(
  timeline: readonly Pick<TimelineEntry, 'noticeIds'>[],
  findings: readonly Finding[],
  codeText: (code: ReasonCode) => string,
): Map<number, Breach[]> {
  const found = new Map<number, Breach[]>();
  for (const { key, rule, verdict, codes, computed, lot, evidence } of findings) {
    if (verdict !== 'violation') continue;
    const event = timeline.findLastIndex(({ noticeIds }) =>
      evidence.some(({ noticeId, role }) => role !== 'correction' && noticeIds.includes(noticeId)),
    );
    if (event === -1) continue;
    const of = lot === null ? '' : `标段（包）${lot}：`;
    const words = `${of}${ruleTitle(rule)}：${codes.map(codeText).join('；')}${limitOf(computed)}`;
    found.set(event, [...(found.get(event) ?? []), { key, words }]);
  }
  return found;
}

/** The first or last lawful day, where the event came before or after it: a breach may lie in what was promised, not in the day. */
function limitOf({ earliestAllowed, earliestResultDate, deadline, resultDate }: Finding['computed']): string {
  if (resultDate === undefined) return '';
  const earliest = earliestAllowed ?? earliestResultDate;
  if (earliest !== undefined && resultDate < earliest) return `，最早应为${fullDay(earliest)}`;
  return deadline !== undefined && resultDate > deadline ? `，最迟应为${fullDay(deadline)}` : '';
}
