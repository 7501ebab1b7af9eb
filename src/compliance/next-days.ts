import type { LocalDay } from '../model/day.ts';
import { shortDay } from '../model/day-words.ts';
import type { Finding } from '../model/finding.ts';
import { weekday } from './calendar.ts';

interface NextDay {
  day: LocalDay;
  /** 最早可发布结果：11月24日（周二） */
  words: string;
}

/** What is still open in a round: from when the result is lawful, until when the contract must be signed. Earliest first. */
export function nextDays(findings: readonly Finding[], round: number): NextDay[] {
  return findings
    .filter((finding) => finding.round === round && finding.codes.includes('PENDING'))
    .flatMap(({ lot, computed }): NextDay[] => {
      const of = lot === null ? '' : `标段（包）${lot}`;
      // A period promised beyond the statutory one binds: its end stands in `earliestAllowed`.
      const earliest = computed.earliestAllowed ?? computed.earliestResultDate;
      if (earliest !== undefined) return [{ day: earliest, words: `${of}最早可发布结果：${written(earliest)}` }];
      if (computed.deadline !== undefined) {
        return [{ day: computed.deadline, words: `${of}至迟应签订合同：${written(computed.deadline)}` }];
      }
      return [];
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function written(day: LocalDay): string {
  return `${shortDay(day)}（${weekday(day)}）`;
}
