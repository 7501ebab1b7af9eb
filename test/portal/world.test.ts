import { describe, expect, it } from 'vitest';
import { CorrectInput } from '../../src/model/errors.ts';
import { PUBLICITY_RULE_IDS, STATUTE_IDS } from '../../src/model/finding.ts';
import { fiveWorkdays, isWorkday, threeDays } from './calendar.ts';
import { bodyHtml } from './pages/body.ts';
import { naiveBreaches } from './naive-check.ts';
import { NameBook } from './names.ts';
import { NEAR_MISS_SCENARIOS, VIOLATION_SCENARIOS } from './scenarios.ts';
import { capitals, printAmount } from './wording.ts';
import { LINKING_TRAPS } from './truth.ts';
import { FILE_ENDINGS } from './model.ts';
import { FEWEST_NOTICES, buildWorld, truthOf } from './world.ts';

const world = buildWorld({ seed: 11, notices: 3000 });
const truth = truthOf(world);
/** Breaches of the publicity rules; those of other duties are told by dutyBreaches. */
const publicityBreaches = ({ planted }: Pick<(typeof truth.projects)[number], 'planted'>) =>
  planted.filter((fault) => fault.nature === 'violation' && PUBLICITY_RULE_IDS.some((rule) => rule === fault.rule));

describe('the book of names', () => {
  it('gives no name twice, also where only one can be drawn', () => {
    const names = new NameBook();
    const drawn = ['测绘服务采购项目', '课桌椅采购项目（B包）'].flatMap((name) =>
      Array.from({ length: 3 }, () => names.unused(() => name)),
    );
    expect(new Set(drawn).size).toBe(6);
    expect(drawn.slice(3)).toEqual([
      '课桌椅采购项目（B包）',
      '课桌椅采购项目（B包）（第二期）',
      '课桌椅采购项目（B包）（第三期）',
    ]);
  });
});

describe('a world', () => {
  it('is the same to the byte for the same seed', () => {
    const again = buildWorld({ seed: 11, notices: 3000 });
    expect(JSON.stringify(truthOf(again))).toBe(JSON.stringify(truth));
    const texts = (of: typeof world): string =>
      of.pages.hh_finance
        .slice(0, 200)
        .map((page) => page.title + page.at + bodyHtml(page, 'word'))
        .join('\n');
    expect(texts(again)).toBe(texts(world));
  });

  it('is another one for another seed', () => {
    expect(truthOf(buildWorld({ seed: 12, notices: 400 })).projects.map((p) => p.name)).not.toEqual(
      truthOf(buildWorld({ seed: 13, notices: 400 })).projects.map((p) => p.name),
    );
  });

  it.each([1, 37, 400, 3000])('has exactly the %i notices asked for', (notices) => {
    expect(truthOf(buildWorld({ seed: 3, notices })).notices).toBe(notices);
  });

  it('gives every notice to one project, and every page of Kaiyuan to the truth', () => {
    const ids = truth.projects.flatMap((project) => project.notices);
    expect(new Set(ids).size).toBe(ids.length);
    const kaiyuan = Object.values(world.pages)
      .flat()
      .filter((page) => page.notice.project.county.code === '532502')
      .map((page) => `${page.site}:${page.externalId}`);
    expect(new Set(ids)).toEqual(new Set(kaiyuan));
    for (const project of truth.projects) {
      for (const id of project.groups.flat()) expect(project.notices).toContain(id);
    }
  });

  it('publishes on working days only and nothing after its last day', () => {
    for (const page of Object.values(world.pages).flat()) {
      expect(isWorkday(page.at.slice(0, 10)), `${page.title} ${page.at}`).toBe(true);
      expect(page.at.slice(0, 10) <= world.today).toBe(true);
    }
  });

  it('has a text for every page of every form', () => {
    for (const page of Object.values(world.pages).flat()) {
      expect(bodyHtml(page, 'plain')).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('refuses a day that its calendar does not cover', () => {
    expect(() => buildWorld({ seed: 1, notices: 10, today: '2031-01-01' })).toThrow(CorrectInput);
    expect(() => buildWorld({ seed: 1, notices: 0 })).toThrow(CorrectInput);
  });

  it('holds the traps it is for: one code for two buyers, renamed projects, several lots, hidden bodies', () => {
    const buyers = new Map<string, Set<string>>();
    for (const project of world.projects) {
      if (project.code !== null)
        buyers.set(project.code, (buyers.get(project.code) ?? new Set()).add(project.purchaser.name));
    }
    expect([...buyers.values()].some((names) => names.size > 1)).toBe(true);
    expect(
      world.projects.some((p) => p.notices.some((notice) => notice.name !== p.name && p.family === 'municipal')),
    ).toBe(true);
    expect(world.projects.some((p) => p.lots.length > 1)).toBe(true);
    const traps = new Set(truth.projects.flatMap((project) => project.linking));
    expect([...traps].sort()).toEqual([...LINKING_TRAPS].sort());
    const pages = Object.values(world.pages).flat();
    expect(new Set(pages.map((page) => page.attachmentOnly))).toEqual(new Set([false, ...FILE_ENDINGS]));
    expect(pages.some((page) => page.codeStyle === 'fullwidth')).toBe(true);
    expect(pages.some((page) => page.notice.project.county.code !== '532502')).toBe(true);
  });
});

describe('what is planted', () => {
  it.each([FEWEST_NOTICES, 3000])('has every class of breach and every near miss at %i notices', (notices) => {
    const { projects } = truthOf(buildWorld({ seed: 5, notices }));
    const classes = new Set(projects.flatMap((project) => publicityBreaches(project).map((fault) => fault.class)));
    expect([...classes].sort()).toEqual(VIOLATION_SCENARIOS.map((scenario) => scenario.name).sort());
    const misses = new Set(projects.flatMap((project) => project.nearMiss ?? []));
    expect([...misses].sort()).toEqual(NEAR_MISS_SCENARIOS.map((scenario) => scenario.name).sort());
  });

  it('covers all three rules and is one project in twelve to twenty of a large world', () => {
    const rules = new Set(truth.projects.flatMap((project) => project.planted.map((fault) => fault.rule)));
    expect(PUBLICITY_RULE_IDS.filter((rule) => !rules.has(rule))).toEqual([]);
    const share =
      truth.projects.filter((project) => publicityBreaches(project).length > 0).length / truth.projects.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.08);
  });

  it('neglects other duties in a few projects only, each of several kinds', () => {
    const { projects } = truthOf(buildWorld({ seed: 11, notices: 10_000 }));
    const neglected = projects.filter((project) =>
      project.planted.some((fault) => STATUTE_IDS.some((rule) => rule === fault.rule)),
    );
    const kinds = new Set(neglected.flatMap((project) => project.planted.map((fault) => fault.class)));
    const planted = [
      'short-bidding',
      'late-result',
      'late-contract-notice',
      'above-ceiling',
      'other-contractor',
      'short-land-notice',
    ];
    expect(planted.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(neglected.length / projects.length).toBeGreaterThan(0.02);
    expect(neglected.length / projects.length).toBeLessThan(0.1);
  });

  it.each([1, 2, 3])('is what a second counting finds, lot by lot, and nothing else (seed %i)', (seed) => {
    const { projects } = buildWorld({ seed, notices: 4000 });
    for (const project of projects) {
      const planted = publicityBreaches(project).map((fault) => fault.lot);
      const found = naiveBreaches(project).map((breach) => breach.lot);
      expect(
        new Set(found),
        `${project.id} ${project.name} ${project.planted[0]?.class ?? project.nearMiss ?? ''}`,
      ).toEqual(new Set(planted));
    }
  });

  it.each(['2024-04-01', '2025-02-10', '2026-01-15', '2026-12-31'])('holds on %s too, over three months', (today) => {
    const { projects } = buildWorld({ seed: 9, notices: 600, today, months: 3 });
    for (const project of projects) {
      const planted = publicityBreaches(project).map((fault) => fault.lot);
      expect(new Set(naiveBreaches(project).map((breach) => breach.lot)), project.name).toEqual(new Set(planted));
    }
  });

  it('a near miss is never a violation', () => {
    for (const project of truth.projects) if (project.nearMiss !== null) expect(publicityBreaches(project)).toEqual([]);
  });

  it('puts every result of goods and services without publicity to a review, once a round', () => {
    const purchases = world.projects.filter(
      (p) => p.family === 'purchase' && p.notices.some((notice) => notice.kind === 'result'),
    );
    expect(purchases.length).toBeGreaterThan(20);
    for (const project of purchases) {
      const wanted = project.nearMiss === 'purchase-publicised' ? 0 : 1;
      expect(project.planted.filter((fault) => fault.nature === 'review')).toHaveLength(wanted);
    }
  });

  it('puts no lawful municipal work to a review', () => {
    for (const project of world.projects) {
      if (project.family !== 'municipal' || project.nearMiss !== null) continue;
      expect(project.planted.filter((fault) => fault.nature === 'review')).toEqual([]);
    }
  });
});

describe("the bench's own counting", () => {
  it('three days from a Monday end on Thursday', () => {
    expect(threeDays('2026-03-02')).toEqual({ nominal: '2026-03-05', last: '2026-03-05', earliest: '2026-03-06' });
  });
  it('a Sunday as last day moves to Monday', () => {
    expect(threeDays('2026-03-05').last).toBe('2026-03-09');
  });
  it('a worked Sunday (2026-09-20) stays the last day', () => {
    expect(threeDays('2026-09-17').last).toBe('2026-09-20');
  });
  it('three days into the National Day holiday end on the first day after it', () => {
    expect(threeDays('2026-09-29').last).toBe('2026-10-08');
  });
  it('five working days step over the Labour Day holiday', () => {
    expect(fiveWorkdays('2026-04-27').last).toBe('2026-05-07');
  });
});

describe('amounts in words', () => {
  it.each([
    [873500, '捌拾柒万叁仟伍佰元整'],
    [1000000, '壹佰万元整'],
    [100203.5, '壹拾万零贰佰零叁元伍角'],
    [20000050.05, '贰仟万零伍拾元零伍分'],
  ])('%d is %s', (amount, words) => {
    expect(capitals(amount)).toBe(words);
  });
  it('yuan are grouped, 万元 carry up to six decimals', () => {
    expect(printAmount(1234567.8, '元')).toBe('1,234,567.80元');
    expect(printAmount(1234567.8, '万元')).toBe('123.45678万元');
  });
});
