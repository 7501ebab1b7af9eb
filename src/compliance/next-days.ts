import type { LocalDay } from '../model/day.ts';
import type { Finding } from '../model/finding.ts';
import { fullDay } from './wording.ts';

interface NextDay {
  day: LocalDay;
  /** 最早可于2026年11月24日（周二）发布结果 */
  words: string;
}

/** What is still open in a round: from when the result is lawful, until when the contract must be signed. Earliest first. */
export function nextDays(findings: readonly Finding[], round: number, today: LocalDay): NextDay[] {
  return findings
    .filter((finding) => finding.round === round && finding.codes.includes('PENDING'))
    .flatMap(({ lot, computed }): NextDay[] => {
      const of = lot === null ? '' : `标段（包）${lot}`;
      // A period promised beyond the statutory one binds: its end stands in `earliestAllowed`.
      const earliest = computed.earliestAllowed ?? computed.earliestResultDate;
      if (earliest !== undefined) {
        const words =
          earliest > today
            ? `最早可于${fullDay(earliest)}发布结果`
            : `公示期已满，自${fullDay(earliest)}起可以发布结果，尚未见结果`;
        return [{ day: earliest, words: `${of}${words}` }];
      }
      if (computed.deadline !== undefined) {
        return [{ day: computed.deadline, words: `${of}至迟应于${fullDay(computed.deadline)}签订合同` }];
      }
      return [];
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
