import type { LocalDay } from '../model/day.ts';
import { plainDay } from '../model/day-words.ts';
import { weekday } from './calendar.ts';
import type { Event } from './evidence.ts';

/** 2024年3月7日（周四） */
export function fullDay(day: LocalDay): string {
  return `${plainDay(day)}（${weekday(day)}）`;
}

/** What an event that ends the waiting is called, with its day: 结果公告于…发布, 成交通知书日期为…, 合同签订日期为…. */
export function eventClause(event: Event, awardLetter: string): string {
  switch (event.kind) {
    case 'award_letter':
      return event.day === event.published && event.notice.eventDate == null
        ? `${awardLetter}于${fullDay(event.day)}发布`
        : `${awardLetter}日期为${fullDay(event.day)}`;
    case 'contract':
      return event.day === event.published && event.notice.eventDate == null
        ? `合同公告于${fullDay(event.day)}发布`
        : `合同签订日期为${fullDay(event.day)}`;
    default:
      return `结果公告于${fullDay(event.day)}发布`;
  }
}

/** Text from a page inside a sentence: one line, no control or direction characters, cut to a name's length. */
export function quoted(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  return `“${plain.length > 60 ? `${plain.slice(0, 60)}…` : plain}”`;
}

/** 第1标段：, or nothing for a project without lots. */
export function lotPrefix(lot: string | null): string {
  return lot === null ? '' : `标段（包）${lot.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 40)}：`;
}
