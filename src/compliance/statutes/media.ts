import { addDays } from '../../model/day.ts';
import { plainDay } from '../../model/day-words.ts';
import type { ProjectLife } from '../../model/life.ts';
import { eventsOfKind } from './looking.ts';
import type { Sight } from './statute.ts';

/** Media publish within a few days of receiving a text; what is not there after this long was not sent there. */
export const MEDIUM_PATIENCE_DAYS = 15;

/** A result that stands on one site and not on the medium the law names. */
export function resultOnMedium(life: ProjectLife): Sight[] {
  const results = eventsOfKind(life, 'result');
  const there = results.filter((event) => event.onDesignated !== null);
  const first = results[0];
  if (first === undefined) return [];
  if (there.length > 0) return [{ lot: null, is: 'kept', because: '结果已在法定媒介发布', events: there }];
  if (life.asOf <= addDays(first.published, MEDIUM_PATIENCE_DAYS)) return [];
  if (life.gaps.medium !== null) {
    return [{ lot: null, is: 'doubt', code: 'COVERAGE_GAP', because: life.gaps.medium, events: results }];
  }
  const because = `结果于${plainDay(first.published)}在其他网站发布，满${MEDIUM_PATIENCE_DAYS}日后法定媒介仍没有`;
  return [{ lot: null, is: 'breach', code: 'MEDIUM_MISSING', because, events: results }];
}
