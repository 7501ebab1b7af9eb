import { addDays } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';
import { CorrectInput } from '../../src/model/errors.ts';
import { FIRST_TODAY, LAST_TODAY, isCovered } from './calendar.ts';
import { dutyBreaches } from './duties.ts';
import { FILE_ENDINGS, SITE_IDS } from './model.ts';
import type { County, Page, SiteId, WorldProject } from './model.ts';
import { KAIYUAN, NameBook, OTHER_COUNTIES } from './names.ts';
import { buildAsset } from './projects/asset.ts';
import type { Order } from './projects/common.ts';
import { buildConstruction } from './projects/construction.ts';
import { buildAllotment, buildLand } from './projects/land.ts';
import { buildMunicipal } from './projects/municipal.ts';
import { buildPurchase } from './projects/purchase.ts';
import { buildSingleSource } from './projects/single-source.ts';
import { equalSomePrices, leadsIn } from './leads.ts';
import { neglectSome } from './neglect.ts';
import { randomFrom } from './random.ts';
import type { Random } from './random.ts';
import { reviewsOf } from './reviews.ts';
import { LAWFUL, LAWFUL_SINGLE_SOURCE, NEAR_MISS_SCENARIOS, VIOLATION_SCENARIOS } from './scenarios.ts';
import type { Scenario, Span } from './scenarios.ts';
import { LINKING_TRAPS } from './truth.ts';
import type { LinkingTrap, Truth, TruthProject } from './truth.ts';
import type { Workshop } from './workshop.ts';

const DEFAULT_TODAY: LocalDay = '2026-11-20';
const DEFAULT_MONTHS = 10;

export interface WorldOptions {
  seed: number;
  /** Pages of Kaiyuan projects, copies on other sites included; honoured exactly. Other counties' pages come on top. */
  notices: number;
  /** The day on which the world is looked at; a year covered by the bench's calendar. */
  today?: LocalDay;
  /** How many months back evaluations reach. */
  months?: number;
}

/** Everything the five sites show, and what is planted in it. */
export interface World {
  seed: number;
  today: LocalDay;
  /** Kaiyuan's projects. */
  projects: WorldProject[];
  /** Other counties' projects, which the product passes over. */
  noise: WorldProject[];
  /** Every page of a site, newest first; ties by id. */
  pages: Record<SiteId, Page[]>;
}

/** One project in sixteen breaches a rule, one in twelve looks as if. */
const VIOLATION_SHARE = 0.065;
const NEAR_MISS_SHARE = 0.08;
/** Noise: pages of other counties for every page of Kaiyuan's. */
const NOISE_SHARE = 0.12;
/** Planted projects are over well before today, so that no step of theirs is cut off. */
const SETTLED_DAYS = 32;
/**
 * Evaluations of daily life reach so far beyond today: what is shown of those projects are the steps before. Else the
 * columns of plans and tenders would dry up in the world's last weeks, as they do nowhere.
 */
const UNDER_WAY_DAYS = 40;
/** Below so many pages there is no room for every class once. */
export const FEWEST_NOTICES = 400;

/** Runs a builder whose scenario needs a rare day (a holiday, a worked Sunday): where the span has none, over a whole year. */
function reachingBack<T>(span: Span, build: (span: Span) => T): T {
  try {
    return build(span);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return build({ from: addDays(span.to, -400), to: span.to });
  }
}

function buildContested(
  shop: Workshop,
  random: Random,
  order: Order,
  family: WorldProject['family'],
  span: Span,
): WorldProject {
  switch (family) {
    case 'municipal':
      return buildMunicipal(shop, random, order, span);
    case 'construction':
      return buildConstruction(shop, random, order, span);
    case 'purchase':
      return buildPurchase(shop, random, order, span);
    case 'single_source':
      return buildSingleSource(shop, random, order, span);
    case 'land':
    case 'asset':
      throw new RangeError(`${family} has no scenarios`);
  }
}

/** Scenario and family in turn: every pair comes round. */
function* rotation(
  scenarios: readonly Scenario[],
): Generator<{ scenario: Scenario; family: WorldProject['family'] }, never> {
  for (let round = 0; ; round++) {
    for (const [i, scenario] of scenarios.entries()) {
      const family = scenario.families[(round + i) % scenario.families.length];
      if (family !== undefined) yield { scenario, family };
    }
  }
}

/** Lists that no real site shows empty, and the family that fills each. */
const NEVER_EMPTY: Record<string, 'land' | 'purchase' | 'construction' | 'municipal'> = {
  'landchina/transfer': 'land',
  'landchina/deal': 'land',
  'landchina/result': 'land',
  'yn_ggzy/td_notice': 'land',
  'yn_ggzy/td_result': 'land',
  'ky_gov/tdcr': 'land',
  'yn_ggzy/zfcg_tender': 'purchase',
  'yn_ggzy/zfcg_result': 'purchase',
  'yn_ccgp/bxlx001': 'purchase',
  'yn_ccgp/bxlx007': 'purchase',
  'yn_ggzy/gcjs_tender': 'construction',
  'yn_ggzy/gcjs_candidate': 'construction',
  'yn_ggzy/gcjs_result': 'construction',
  'ky_gov/gcjs': 'construction',
  'ky_gov/zfcg': 'municipal',
  'hh_finance/zfcg': 'municipal',
};

/** A finished project of the family that fills the first list still empty; null where none is. */
function filling(
  shop: Workshop,
  random: Random,
  id: string,
  filled: ReadonlySet<string>,
  span: Span,
): WorldProject | null {
  const family = Object.entries(NEVER_EMPTY).find(([list]) => !filled.has(list))?.[1];
  if (family === undefined) return null;
  if (family === 'land') return buildLand(shop, random, id, KAIYUAN, { from: span.from, to: addDays(span.to, -40) });
  const order: Order = { id, county: KAIYUAN, scenario: LAWFUL, lean: false, platform: true };
  return buildContested(shop, random, order, family, span);
}

const pagesOf = (project: WorldProject): number => project.notices.reduce((n, notice) => n + notice.pages.length, 0);

/** One project of daily life, of any track. */
function ordinary(shop: Workshop, random: Random, id: string, county: County, span: Span): WorldProject {
  const order: Order = { id, county, scenario: LAWFUL, lean: false };
  const draw = random.next();
  if (draw < 0.27) return buildConstruction(shop, random, order, span);
  if (draw < 0.47) return buildMunicipal(shop, random, order, span);
  if (draw < 0.75) return buildPurchase(shop, random, order, span);
  if (draw < 0.79) return buildSingleSource(shop, random, { ...order, scenario: LAWFUL_SINGLE_SOURCE }, span);
  if (draw < 0.89) return buildLand(shop, random, id, county, span);
  return buildAsset(shop, random, id, county, span);
}

/** A purchase under a code that its agency had already given to another buyer's. */
function twin(shop: Workshop, random: Random, id: string, projects: WorldProject[], span: Span): WorldProject | null {
  const first = projects.findLast(
    (p) => p.family === 'purchase' && p.agency !== null && p.code !== null && !p.code.startsWith('YNZC'),
  );
  if (first?.agency == null || first.code === null) return null;
  if (projects.some((other) => other !== first && other.code === first.code)) return null;
  const twinOf = { code: first.code, agency: first.agency, notPurchaser: first.purchaser.name };
  return buildPurchase(shop, random, { id, county: KAIYUAN, scenario: LAWFUL, lean: false, twinOf }, span);
}

/** Names that differ from another by what tells two projects apart: stage, section, year. */
function tellingly(random: Random, name: string): string {
  const year = /(20\d\d)年/.exec(name)?.[1];
  if (year !== undefined && random.chance(0.5)) return name.replace(`${year}年`, `${Number(year) + 1}年`);
  return `${name}${random.pick(['（二期）', '二期', '（二标段）', '（第二批）', '（B包）'])}`;
}

/** Below the open-tender line alone, beyond it with nearly any other purchase. */
const SPLIT_BUDGET = 1_900_000;

/** Another purchase of an office that already buys nearly the same, and its agency keeps the series of its codes. */
function sibling(
  shop: Workshop,
  random: Random,
  id: string,
  projects: WorldProject[],
  span: Span,
): WorldProject | null {
  const first = projects.findLast((p) => p.family === 'purchase' && p.siblingOf === undefined && p.nearMiss === null);
  if (first === undefined || (first.category !== '货物' && first.category !== '服务' && first.category !== '工程')) {
    return null;
  }
  if (projects.some((other) => other.siblingOf === first.id)) return null;
  const siblingOf = {
    id: first.id,
    name: tellingly(random, first.name),
    buyer: first.purchaser.name,
    agency: first.agency,
    category: first.category,
    // Half of them are large enough to have been tendered together with the first.
    budget: random.fork('split').chance(0.5) ? SPLIT_BUDGET : null,
  };
  return buildPurchase(shop, random, { id, county: KAIYUAN, scenario: LAWFUL, lean: false, siblingOf }, span);
}

/** Some copies on the city's site hold nothing but a file. Never the page by which a rule counts. */
function hideSomeBodies(projects: WorldProject[], random: Random): void {
  let hidden = 0;
  for (const project of projects) {
    for (const notice of project.notices) {
      if (notice.pages.length < 2) continue;
      for (const page of notice.pages) {
        if (page.site === 'ky_gov' && random.chance(0.08)) {
          page.attachmentOnly = FILE_ENDINGS[hidden++ % FILE_ENDINGS.length]!;
        }
      }
    }
  }
}

/** A fixed world for a seed: the same arguments give the same pages to the byte. Throws `CorrectInput` for a day outside the calendar. */
export function buildWorld(options: WorldOptions): World {
  const { seed, notices, today = DEFAULT_TODAY, months = DEFAULT_MONTHS } = options;
  if (!isCovered(today)) {
    throw new CorrectInput(`测试门户没有 ${today} 的日历`, `请把日期设在 ${FIRST_TODAY} 至 ${LAST_TODAY} 之间。`, {
      today,
    });
  }
  if (!Number.isInteger(notices) || notices < 1) {
    throw new CorrectInput('测试门户的公告数必须是正整数', '请用 --notices 给出公告数，例如 --notices 1000。', {
      notices,
    });
  }
  const random = randomFrom(seed);
  const series = new Map<string, number>();
  const since = addDays(today, -Math.max(1, months) * 30);
  const current: Span = { from: since, to: today };
  const ongoing: Span = { from: since, to: addDays(today, UNDER_WAY_DAYS) };
  const settled: Span = { from: addDays(since, -SETTLED_DAYS), to: addDays(today, -SETTLED_DAYS) };
  const shop: Workshop = {
    today,
    span: current,
    names: new NameBook(),
    serial(name) {
      const next = (series.get(name) ?? 0) + 1;
      series.set(name, next);
      return next;
    },
  };

  const projects: WorldProject[] = [];
  let room = notices;
  const filled = new Set<string>();
  let violations = 0;
  let nearMisses = 0;
  const breach = rotation(VIOLATION_SCENARIOS);
  const miss = rotation(NEAR_MISS_SCENARIOS);
  const once = { violations: VIOLATION_SCENARIOS.length, nearMisses: NEAR_MISS_SCENARIOS.length };

  for (let n = 1; room > 0; n++) {
    const id = `P${String(n).padStart(5, '0')}`;
    const own = random.fork(id);
    const planned =
      violations < Math.max(once.violations, VIOLATION_SHARE * n)
        ? 'violation'
        : nearMisses < Math.max(once.nearMisses, NEAR_MISS_SHARE * n)
          ? 'near-miss'
          : 'ordinary';
    let project: WorldProject;
    if (planned === 'ordinary') {
      project =
        filling(shop, own, id, filled, settled) ??
        (own.chance(0.02) ? twin(shop, own, id, projects, ongoing) : null) ??
        (own.chance(0.05) ? sibling(shop, own, id, projects, ongoing) : null) ??
        ordinary(shop, own, id, KAIYUAN, ongoing);
    } else {
      const { scenario, family } = (planned === 'violation' ? breach : miss).next().value;
      const lean =
        (planned === 'violation' ? violations < once.violations : nearMisses < once.nearMisses) &&
        notices < 4 * FEWEST_NOTICES;
      const order: Order = { id, county: KAIYUAN, scenario, lean };
      project = reachingBack(settled, (span) => buildContested(shop, own, order, family, span));
      if (planned === 'violation') violations++;
      else nearMisses++;
    }
    // What no longer fits gives way to allotments, which are one page each.
    if (pagesOf(project) > room) project = buildAllotment(shop, own.fork('last'), id, KAIYUAN, current);
    if (project.notices.length === 0) continue;
    room -= pagesOf(project);
    projects.push(project);
    for (const notice of project.notices) for (const page of notice.pages) filled.add(`${page.site}/${page.channel}`);
  }
  hideSomeBodies(projects, random.fork('attachments'));
  neglectSome(projects, random.fork('neglect'));
  equalSomePrices(projects, random.fork('prices'));
  // Reviews first: a breach of another duty covers no missing publicity.
  for (const project of projects) project.planted.push(...reviewsOf(project), ...dutyBreaches(project));

  const noise: WorldProject[] = [];
  for (let n = 1, left = Math.ceil(notices * NOISE_SHARE); left > 0; n++) {
    const own = random.fork(`noise/${n}`);
    const project = ordinary(shop, own, `N${String(n).padStart(5, '0')}`, own.pick(OTHER_COUNTIES), ongoing);
    // Another county's copies stand on its own government's site, not on Kaiyuan's.
    for (const notice of project.notices) notice.pages = notice.pages.filter((page) => page.site !== 'ky_gov');
    noise.push(project);
    left -= pagesOf(project);
  }
  return { seed, today, projects, noise, pages: shelve([...projects, ...noise]) };
}

function shelve(projects: WorldProject[]): Record<SiteId, Page[]> {
  const pages = Object.fromEntries(SITE_IDS.map((site) => [site, [] as Page[]])) as Record<SiteId, Page[]>;
  for (const project of projects)
    for (const notice of project.notices) for (const page of notice.pages) pages[page.site].push(page);
  for (const site of SITE_IDS) {
    pages[site].sort((a, b) => (a.at === b.at ? (a.externalId < b.externalId ? -1 : 1) : a.at < b.at ? 1 : -1));
  }
  return pages;
}

const noticeId = (page: Page): string => `${page.site}:${page.externalId}`;

/** What makes the notices of a project hard to link. */
function trapsOf(project: WorldProject, all: readonly WorldProject[]): LinkingTrap[] {
  const { notices, code } = project;
  const traps: Record<LinkingTrap, boolean> = {
    renamed: notices.some((n) => n.name !== project.name),
    recoded: notices.some((n) => n.code !== code),
    'full-width': notices.some((n) => n.pages.some((page) => page.codeStyle === 'fullwidth')),
    lots: project.lots.length > 1,
    rounds: notices.some((n) => n.round > 1),
    'shared-code': code !== null && all.some((other) => other !== project && other.code === code),
    sibling: project.siblingOf !== undefined || all.some((other) => other.siblingOf === project.id),
  };
  return LINKING_TRAPS.filter((trap) => traps[trap]);
}

/** What the world knows about itself, as the score looks for it. Other counties are not in it. */
export function truthOf(world: World): Truth {
  const projects = world.projects.map((project): TruthProject => ({
    id: project.id,
    name: project.name,
    code: project.code,
    track: project.track,
    notices: project.notices.flatMap((notice) => notice.pages.map(noticeId)),
    groups: project.notices.filter((notice) => notice.pages.length > 1).map((notice) => notice.pages.map(noticeId)),
    planted: project.planted,
    linking: trapsOf(project, world.projects),
    nearMiss: project.nearMiss,
  }));
  return {
    seed: world.seed,
    today: world.today,
    notices: projects.reduce((n, project) => n + project.notices.length, 0),
    projects,
    leads: leadsIn(world.projects, world.today),
    troubles: [],
    events: [],
  };
}
