import { addDays } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';
import type { WorldProject } from './model.ts';
import type { PlantedFault } from './truth.ts';

const NOTHING = '9999-12-31';
const earliest = (days: LocalDay[]): LocalDay => days.reduce((a, b) => (b < a ? b : a), NOTHING);

/**
 * Review alerts that follow from what a world finally shows: a government-procurement result,
 * award letter or contract of a Kaiyuan buyer that had no three full days of candidate or single-source publicity
 * on a procurement medium, in any lot of its round that no planted violation covers. One review a project and round.
 */
export function reviewsOf(project: WorldProject): PlantedFault[] {
  if (project.track !== 'procurement') return [];
  const lots = project.lots.length === 0 ? [null] : project.lots.map((lot) => lot.id);
  const round = project.notices.reduce((latest, notice) => Math.max(latest, notice.round), 1);
  for (const lot of lots) {
    if (project.planted.some((fault) => fault.nature === 'violation' && fault.round === round && fault.lot === lot))
      continue;
    const awarded: LocalDay[] = [];
    const publicised: LocalDay[] = [];
    for (const notice of project.notices) {
      if (notice.round !== round || (lot !== null && !notice.lots.includes(lot))) continue;
      const shown = notice.pages.map((page) => page.at.slice(0, 10));
      const { body } = notice;
      if (body.form === 'result') {
        if (!body.awards.some((award) => award.lot === lot && award.firm !== null)) continue;
        awarded.push(...shown, ...(body.letter === null ? [] : [body.letter]));
      } else if (body.form === 'award_letter') awarded.push(body.issued, ...shown);
      else if (body.form === 'contract') awarded.push(body.signed, ...shown);
      // A single-source publicity names the supplier before the award just as a list of candidates does.
      else if (body.form === 'candidate' || body.form === 'single_source') {
        publicised.push(...notice.pages.filter((page) => page.site !== 'ky_gov').map((page) => page.at.slice(0, 10)));
      }
    }
    if (awarded.length === 0) continue;
    const result = earliest(awarded);
    const published = earliest(publicised);
    // Three full days have passed from the fourth day after publication on.
    if (published !== NOTHING && result > addDays(published, 3)) continue;
    const name = published === NOTHING ? 'review-no-publicity' : 'review-publicity-short';
    return [{ class: name, nature: 'review', rule: 'KY-REVIEW-3D', lot: null, round }];
  }
  return [];
}
