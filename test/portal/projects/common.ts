import type { County, Habits, Lot, Party, WorldProject } from '../model.ts';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenarios.ts';
import type { RuleId } from '../../../src/model/finding.ts';
import type { Placement } from '../workshop.ts';

/** What a builder is asked for. */
export interface Order {
  id: string;
  county: County;
  scenario: Scenario;
  /** Few copies, so that a small world can hold every class. */
  lean: boolean;
  /** Traded on the provincial platform too, where the family can be. */
  platform?: boolean;
  /** A code and an agency already used for another purchaser. */
  twinOf?: { code: string; agency: Party; notPurchaser: string };
  /** Of the same buyer, and named but for one telling word as a project that is there already. */
  siblingOf?: Sibling;
}

/** A project beside another one of its buyer. */
export interface Sibling {
  /** Id of the other. */
  id: string;
  name: string;
  buyer: string;
  agency: Party | null;
  category: '货物' | '服务' | '工程';
  /** Yuan; null = whatever such purchases cost. */
  budget: number | null;
}

export function habits(random: Random, lotWord: Habits['lotWord']): Habits {
  return {
    unit: random.chance(0.55) ? '元' : '万元',
    dates: random.pick(['padded', 'padded', 'short', 'iso']),
    lotWord,
  };
}

/** A bulletin of yn_ccgp and its mirror on yn_ggzy. */
export const bulletin = (kind: string): Placement[] => [
  { site: 'yn_ccgp', channel: kind },
  { site: 'yn_ggzy', channel: `mirror/${kind}` },
];

export const when = (condition: boolean, ...places: Placement[]): Placement[] => (condition ? places : []);

const SCOPES = ['一期', '二期', '三期'];

/** Lots that share a budget; scopes tell them apart. */
export function splitLots(random: Random, count: number, budget: number | null): Lot[] {
  const shares = Array.from({ length: count }, () => random.int(30, 70));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share, i) => ({
    id: String(i + 1),
    scope: SCOPES[i] ?? `第${i + 1}部分`,
    budget: budget === null ? null : Math.round((budget * share) / sum / 100) * 100,
  }));
}

/** Books the breach of a scenario against the project. */
export function plant(project: WorldProject, scenario: Scenario, rule: RuleId): void {
  if (scenario.nature === 'near-miss') project.nearMiss = scenario.name;
  if (scenario.nature !== 'violation') return;
  const lots = scenario.shape === 'lots' ? project.lots.slice(1).map((lot) => lot.id) : [null];
  for (const lot of lots) {
    project.planted.push({
      class: scenario.name,
      nature: 'violation',
      rule,
      lot,
      round: scenario.shape.startsWith('second-round') ? 2 : 1,
    });
  }
}
