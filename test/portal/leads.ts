import type { LocalDay } from '../../src/model/day.ts';
import type { Body, WorldNotice, WorldProject } from './model.ts';
import type { Random } from './random.ts';
import type { PlantedLead } from './truth.ts';

/** One candidate list in so many shows two bidders at one price. */
const EQUAL_SHARE = 0.04;

type CandidateNotice = WorldNotice & { body: Extract<Body, { form: 'candidate' }> };

const listsOf = (project: WorldProject): CandidateNotice[] =>
  project.notices.filter((notice): notice is CandidateNotice => notice.body.form === 'candidate');

/** Lets the last two of some lists ask one price. The winner's stays as it is, and with it every rule's verdict. */
export function equalSomePrices(projects: readonly WorldProject[], random: Random): void {
  for (const project of projects) {
    if (project.planted.length > 0 || project.nearMiss !== null) continue;
    for (const { body } of listsOf(project)) {
      const candidates = body.lists[0]?.candidates ?? [];
      const [last, before] = [candidates.at(-1), candidates.at(-2)];
      if (candidates.length < 3 || last === undefined || before === undefined) continue;
      if (random.fork(project.id).chance(EQUAL_SHARE)) last.price = before.price;
    }
  }
}

/** Goods and services from which a tender must be open, yuan, as the delivered configuration has it. */
const OPEN_TENDER = 2_000_000;

/**
 * What a careful reader of the pages would find worth a look, told from what they finally state. It shares nothing with
 * the product's indicators and nothing with what plants them.
 */
export function leadsIn(projects: readonly WorldProject[], today: LocalDay): PlantedLead[] {
  return [...projects.flatMap((project) => equalPrices(project, today)), ...splits(projects, today)];
}

function equalPrices(project: WorldProject, today: LocalDay): PlantedLead[] {
  const seen = project.notices.filter((notice) => notice.day <= today);
  const round = Math.max(...seen.map((notice) => notice.round));
  const equal = listsOf(project)
    .filter((notice) => notice.day <= today && notice.round === round)
    .flatMap(({ body }) => body.lists)
    .some(({ candidates }) => new Set(candidates.map(({ price }) => price)).size < candidates.length);
  return equal ? [{ indicator: 'EQUAL_PRICES', projects: [project.id] }] : [];
}

/** The same thing bought by the same office more than once within a year, never openly. */
function splits(projects: readonly WorldProject[], today: LocalDay): PlantedLead[] {
  const bought = new Map<string, { id: string; paid: number }[]>();
  for (const project of projects) {
    const made = project.family === 'purchase' && project.category !== '工程' ? purchase(project, today) : null;
    if (made === null) continue;
    const thing = [project.purchaser.name, made.year, project.category, bareName(project.name)].join('|');
    bought.set(thing, [...(bought.get(thing) ?? []), { id: project.id, paid: made.paid }]);
  }
  return [...bought.values()]
    .filter((group) => group.length > 1 && group.every(({ paid }) => paid < OPEN_TENDER))
    .filter((group) => group.reduce((sum, { paid }) => sum + paid, 0) > OPEN_TENDER)
    .map((group) => ({ indicator: 'SPLITTING', projects: group.map(({ id }) => id) }));
}

/** Without the year, and without what a sibling's name adds. */
function bareName(name: string): string {
  return name.replace(/20\d\d年/, '').replace(/（?(二期|二标段|第二批|B包)）?$/, '');
}

function purchase(project: WorldProject, today: LocalDay): { year: string; paid: number } | null {
  const result = project.notices.findLast(({ body, day }) => body.form === 'result' && day <= today);
  const tender = project.notices.findLast(({ body, day }) => body.form === 'tender' && day <= today);
  if (result?.body.form !== 'result' || tender === undefined || project.method === '公开招标') return null;
  const paid = result.body.awards.filter(({ firm }) => firm !== null).reduce((sum, { price }) => sum + price, 0);
  return { year: tender.day.slice(0, 4), paid };
}
