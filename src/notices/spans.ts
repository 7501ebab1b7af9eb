import type { LocalDay } from '../model/day.ts';
import type { DaySpan } from '../model/life.ts';
import { findDates } from './dates.ts';

/** Of a page's text no more is read: calls put both spans on their first pages. */
const READ = 20_000;
const DOCUMENTS = /(?:获取|发售|领取|下载|购买|提供)[^。；\n]{0,14}文件|文件(?:的)?(?:获取|发售|领取|下载)/g;
const LISTING = /挂牌(?:报价)?(?:起止)?(?:时间|期限|日期)/g;

/** 拍卖时间, 拍卖会开始时间; not the time of its papers, of applying or of showing the land. */
const AUCTION = /拍卖(?:会|活动)?(?:开始|举行|举办|召开)?(?:的)?(?:时间|日期)/g;

const OTHER_LABEL = /截止|开标|开启|报名|申请|公告|保证金/;

/** When the documents of a call can be had: 获取采购文件 时间：2026年3月2日至2026年3月9日. Null = the page does not say. */
export function documentsSpan(text: string): DaySpan | null {
  return spanNear(text, DOCUMENTS, 60, 130, 70);
}

/** When bids for land are listed: 挂牌时间：2026年3月25日09:00至2026年4月8日15:00. */
export function listingSpan(text: string): DaySpan | null {
  return spanNear(text, LISTING, 0, 90, 8);
}

/** The day of an auction: 拍卖时间：2026年3月25日15:00. Null = the page does not say, or says two. */
export function auctionDay(text: string): LocalDay | null {
  const read = text.slice(0, READ);
  const days = new Set<LocalDay>();
  for (const m of read.matchAll(AUCTION)) {
    const end = m.index + m[0].length;
    const near = read.slice(end, end + 40);
    const first = findDates(near)[0];
    if (first !== undefined && first.start <= 8 && !OTHER_LABEL.test(near.slice(0, first.start)))
      days.add(first.value.slice(0, 10));
  }
  return days.size === 1 ? [...days][0]! : null;
}

/** The first range of two dates joined by 至 beside the words. A lone date is no span: it may be any other day of the call. */
function spanNear(text: string, words: RegExp, before: number, after: number, lead: number): DaySpan | null {
  const read = text.slice(0, READ);
  for (const m of read.matchAll(words)) {
    const start = Math.max(0, m.index - before);
    const end = m.index + m[0].length;
    const near = read.slice(start, end + after);
    const dates = findDates(near);
    for (let i = 0; i + 1 < dates.length; i++) {
      const [first, second] = [dates[i]!, dates[i + 1]!];
      const between = near.slice(first.end, second.start);
      const gap = near.slice(end - start, first.start);
      // Behind another label the range is that label's: 四、申请和挂牌时间 报名时间：…
      if (gap.length > lead || OTHER_LABEL.test(gap)) continue;
      if (between.length > 16 || !/至|到|-|—|~|～/.test(between)) continue;
      const [from, to] = [first.value.slice(0, 10), second.value.slice(0, 10)];
      if (from <= to) return { from, to };
    }
  }
  return null;
}
