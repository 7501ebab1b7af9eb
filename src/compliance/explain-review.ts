import type { LocalDay } from '../model/day.ts';
import type { Event } from './evidence.ts';
import { kyReview3d } from './rules/ky-review-3d.ts';
import { eventClause, fullDay, lotPrefix } from './wording.ts';

/** The review alert's sentence. It names local practice and says that it is no finding of a breach. */
export function explainReview(of: {
  lot: string | null;
  result: Event;
  publicity: Event | null;
  lastDay: LocalDay | null;
  raisedToViolation: boolean;
  /** What the notices do not state of that which the operator has narrowed the review by. */
  unknown: readonly string[];
}): string {
  const { result, publicity, lastDay } = of;
  const event = eventClause(result, kyReview3d.words.awardLetter);
  const what =
    publicity === null || lastDay === null
      ? `${event}，已完整采集的网站上未见候选公示`
      : `候选公示于${fullDay(publicity.published)}发布（当日不计），满3日为${fullDay(lastDay)}，而${event}`;
  const how = of.raisedToViolation
    ? `${kyReview3d.words.demand}，本单位已在配置中设定按违规处理`
    : `${kyReview3d.words.demand}；国家政府采购制度未规定候选人公示，本条仅提示核对，不认定违法`;
  const open =
    of.unknown.length === 0
      ? ''
      : `；公告未载明${of.unknown.join('、')}，是否在本单位设定的提示范围内不能确定，请先核对`;
  return `${of.raisedToViolation ? '' : '待核：'}${lotPrefix(of.lot)}${what}；${how}${open}。`;
}
