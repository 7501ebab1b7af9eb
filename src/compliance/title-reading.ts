import type { NoticeKind } from '../model/notice.ts';
import { readTitle } from '../notices/title.ts';

/** Kind of a notice whose facts name none. A title that does not say is `other`: it starts and ends nothing. */
export function kindOfTitle(title: string): NoticeKind {
  return readTitle(title).kind ?? 'other';
}

/** 1 unless the title says otherwise; the number of a correction (更正公告（第二次）) is none of a round. */
export function roundOfTitle(title: string): number {
  return readTitle(
    title.replace(/((?:更正|变更|澄清|补充|延期)(?:公告|公示|通知)?)\s*[（(][^（()）]{0,4}次[)）]\s*$/, '$1'),
  ).round;
}

/** Kind of the notice that a correction's title speaks of: 中标候选人公示更正公告 → candidate. */
export function correctedKind(title: string): NoticeKind {
  return kindOfTitle(title.replace(/的?(?:更正|变更|澄清|补充|延期|延长|顺延)(?:事项|通知)?/g, ''));
}
