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
    const { earliestAllowed, earliestResultDate, deadline } = computed;
    const earliest = earliestAllowed ?? earliestResultDate;
    const day =
      earliest !== undefined
        ? `，最早应为${fullDay(earliest)}`
        : deadline !== undefined
          ? `，最迟应为${fullDay(deadline)}`
          : '';
    const words = `${of}${codes.map(codeText).join('；')}${day}（${ruleTitle(rule)}）`;
    found.set(event, [...(found.get(event) ?? []), { key, words }]);
  }
  return found;
}
