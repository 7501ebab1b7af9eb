import { addDays } from '../../../src/model/day.ts';
import type { LocalDay } from '../../../src/model/day.ts';
import { workdayAfter } from '../calendar.ts';
import type { Award, Lot, WorldProject } from '../model.ts';
import type { FirmKind } from '../names.ts';
import type { Random } from '../random.ts';
import type { Course, Outcome, Scenario } from '../scenarios.ts';
import { titleOf } from '../titles.ts';
import { at, printPeriod, publish, workdayUpTo } from '../workshop.ts';
import type { Placement, Workshop } from '../workshop.ts';
import { printDay } from '../wording.ts';
import { SKIP_REASON, candidateCorrection, contest, contractNumber } from './candidates.ts';
import type { Contest } from './candidates.ts';

/** Where a family publishes each step, and how long its tenders run. */
interface Venue {
  firms: FirmKind;
  /** From the tender notice to the opening: calendar days for open tenders, working days else. */
  lead: { days: number } | { workdays: number };
  tender: Placement[];
  tenderCorrection: Placement[];
  candidate: Placement[];
  /** Where a candidate publicity may stand that is no designated medium. */
  elsewhere: Placement[];
  result: Placement[];
  /** Empty: the family publishes no award letters. */
  letter: Placement[];
  contract: Placement[];
  failed: Placement[];
  terminated: Placement[];
  /** Few copies and no side events: what a small world can hold. */
  lean: boolean;
}

interface Step {
  shop: Workshop;
  random: Random;
  project: WorldProject;
  venue: Venue;
  round: number;
  /** The name from the candidates on, where the project is renamed on its way. */
  laterName: string;
  /** The code from the result on, where the office changes its spelling on the way. */
  laterCode: string | null;
}

const lotIds = (project: WorldProject): string[] => project.lots.map((lot) => lot.id);

/** Ceiling against which prices are bid; where no page states one, the bench still needs a size. */
function ceilingOf(project: WorldProject, lot: Lot | null, random: Random): number {
  const stated = lot?.budget ?? project.ceiling ?? project.budget;
  return stated ?? random.int(22, 90) * 10_000;
}

/** Tender notice, and now and then its correction. Returns the day of the tender. */
function openTender(step: Step, opening: LocalDay, corrected: boolean): LocalDay {
  const { shop, random, project, venue, round } = step;
  const announced = corrected ? workdayAfter(opening, -3) : opening;
  const day =
    'days' in venue.lead
      ? workdayUpTo(addDays(announced, -venue.lead.days - random.int(0, 6)))
      : workdayAfter(announced, -venue.lead.workdays - random.int(0, 4));
  const time = random.pick(['09:00', '09:30', '10:00', '14:30', '15:00']);
  const tender = publish(shop, random, project, {
    kind: 'tender',
    day,
    round,
    lots: lotIds(project),
    body: {
      form: 'tender',
      opening: at(announced, time),
      documentsFrom: day,
      documentsTo: workdayAfter(day, 'days' in venue.lead ? 6 : 4),
    },
    places: venue.tender,
  });
  if (corrected && tender !== null) {
    publish(shop, random, project, {
      kind: 'correction',
      day: workdayAfter(announced, -2),
      round,
      lots: lotIds(project),
      body: {
        form: 'correction',
        ofTitle: titleOf(tender),
        ofDay: day,
        subject: project.family === 'construction' ? '招标公告' : '采购公告',
        items: [
          {
            what: project.method === '公开招标' ? '提交投标文件截止时间及开标时间' : '响应文件提交截止时间及开启时间',
            before: `${printDay(announced, project.habits.dates)} ${time}`,
            after: `${printDay(opening, project.habits.dates)} ${time}`,
          },
        ],
      },
      places: venue.tenderCorrection,
    });
  }
  return day;
}

/** Candidate publicity of every lot in one notice. Returns its title. */
function publicise(step: Step, scenario: Scenario, course: Course, day: LocalDay, contests: Contest[]): string {
  const { shop, random, project, venue, round } = step;
  const elsewhere = scenario.shape === 'other-medium';
  const places = elsewhere
    ? venue.elsewhere
    : scenario.shape === 'late-copy'
      ? [...venue.candidate.filter((p) => p.site !== 'ky_gov'), ...venue.elsewhere.map((p) => ({ ...p, lag: 3 }))]
      : venue.candidate;
  const notice = publish(shop, random, project, {
    kind: 'candidate',
    day,
    round,
    lots: lotIds(project),
    name: step.laterName,
    // In the morning: on a day that also brings the result, the result comes after.
    minutes: random.int(9 * 60, 11 * 60),
    body: {
      form: 'candidate',
      lists: contests.map(({ lot, candidates }) => ({ lot, candidates })),
      opened: course.evaluated,
      period: printPeriod(random, project, course, day),
    },
    places,
  });
  return notice === null ? '' : titleOf(notice);
}

function announce(step: Step, scenario: Scenario, course: Course, outcome: Outcome, contests: Contest[]): void {
  const { shop, random, project, venue, round } = step;
  const lots = contests.flatMap(({ lot }) => (lot === null ? [] : [lot]));
  const separateLetter = venue.letter.length > 0 && contests.length === 1 && random.chance(venue.lean ? 0.4 : 0.65);
  const early = outcome.letter < outcome.result;
  const quoted =
    course.published !== null && course.published < outcome.result && scenario.nature === 'lawful' && random.chance(0.2)
      ? `${printDay(course.published, project.habits.dates)}至${printDay(course.statedEnd, project.habits.dates)}`
      : null;
  const result = publish(shop, random, project, {
    kind: 'result',
    day: outcome.result,
    round,
    lots,
    name: step.laterName,
    code: step.laterCode,
    minutes: random.int(14 * 60 + 30, 16 * 60),
    body: {
      form: 'result',
      awards: contests.map(({ award }) => award),
      determined: outcome.result,
      letter:
        (early && !separateLetter) || (outcome.letter === outcome.result && random.chance(0.5)) ? outcome.letter : null,
      skipReason: course.winner === 'second-explained' ? SKIP_REASON : null,
      quoted,
    },
    places: venue.result,
  });
  if (result === null) return;
  const first = contests[0]?.award;
  if (first !== undefined && separateLetter) {
    const issued = workdayAfter(outcome.letter, random.int(0, 1));
    publish(shop, random, project, {
      kind: 'award_letter',
      day: issued < outcome.result ? outcome.result : issued,
      round,
      lots,
      name: step.laterName,
      code: step.laterCode,
      minutes: random.int(16 * 60 + 5, 17 * 60 + 20),
      body: { form: 'award_letter', award: first, issued: outcome.letter },
      places: venue.letter,
    });
  }
  if (!venue.lean && scenario.nature === 'lawful' && project.family === 'purchase' && random.chance(0.04)) {
    publish(shop, random, project, {
      kind: 'correction',
      day: workdayAfter(outcome.result, random.int(1, 3)),
      round,
      lots,
      name: step.laterName,
      code: step.laterCode,
      body: {
        form: 'correction',
        ofTitle: titleOf(result),
        ofDay: outcome.result,
        subject: '采购结果',
        items: [{ what: '评审专家名单', before: '详见原公告', after: '补充采购人代表一名' }],
      },
      places: venue.tenderCorrection,
    });
  }
  const contractSure = scenario.name === 'contract-inside';
  for (const { award } of contests) {
    if (award.firm === null || !(contractSure || random.chance(venue.lean ? 0.35 : 0.75))) continue;
    const shown = workdayAfter(outcome.signed, random.int(1, 2));
    publish(shop, random, project, {
      kind: 'contract',
      day: shown < outcome.result ? workdayAfter(outcome.result, 1) : shown,
      round,
      lots: award.lot === null ? [] : [award.lot],
      name: step.laterName,
      code: step.laterCode,
      minutes: random.int(16 * 60 + 5, 17 * 60 + 20),
      body: {
        form: 'contract',
        award,
        signed: outcome.signed,
        number: contractNumber(random, outcome.signed),
        term: project.term,
      },
      places: venue.contract,
    });
  }
}

/**
 * What becomes of a code on its way: a round's or section's mark behind it (-1, -2 after a code that ends in digits, （二次）),
 * lower case, blanks.
 */
function respelled(random: Random, code: string, round: number): string {
  const marked = round > 1 ? [`${code}（二次）`, `${code}-${round}`] : [`${code}-1`];
  return random.pick([...marked, code.toLowerCase(), code.replaceAll('-', ' - ')]);
}

const FAILED = [
  '截至响应文件提交截止时间，提交响应文件的供应商不足三家。',
  '通过符合性审查的供应商不足三家。',
  '有效投标人不足三家，本次采购失败。',
];

/** A first round that came to nothing, before the tender of the second. */
function failedRound(step: Step, scenario: Scenario, course: Course, before: LocalDay): void {
  const { shop, random, project, venue } = step;
  const publicised = scenario.shape === 'second-round-without';
  const failed = workdayAfter(before, -random.int(2, 5));
  const opening = publicised ? workdayAfter(failed, -9) : workdayAfter(failed, -1);
  const first: Step = { ...step, round: 1, laterName: project.name, laterCode: project.code };
  openTender(first, opening, false);
  if (publicised) {
    const day = workdayAfter(opening, 1);
    const contests = contestsOf(first, 'first');
    publicise(
      first,
      scenario,
      { ...course, evaluated: opening, statedEnd: addDays(day, 3), statedHour: null },
      day,
      contests,
    );
  }
  publish(shop, random, project, {
    kind: 'failed',
    day: failed,
    round: 1,
    lots: lotIds(project),
    body: {
      form: 'failed',
      reason: publicised
        ? '候选人公示期间收到异议，经复核全部候选人不满足实质性要求，本次采购作废标处理。'
        : random.pick(FAILED),
      lots: lotIds(project),
    },
    places: venue.failed,
  });
}

function contestsOf(step: Step, winner: Course['winner']): Contest[] {
  const { random, project, venue } = step;
  const lots: (Lot | null)[] = project.lots.length === 0 ? [null] : project.lots;
  return lots.map((lot) => contest(random, venue.firms, lot, ceilingOf(project, lot, random), winner));
}

/** Lays out the life of a project in which firms compete. */
export function layOut(
  shop: Workshop,
  random: Random,
  project: WorldProject,
  scenario: Scenario,
  course: Course,
  venue: Venue,
): void {
  const round = scenario.shape.startsWith('second-round') ? 2 : 1;
  const ordinary = scenario.nature === 'lawful' && !venue.lean;
  const renamed = ordinary && random.chance(0.05);
  const step: Step = {
    shop,
    random,
    project,
    venue,
    round,
    laterName: renamed
      ? project.name.replace(project.county.name, '').replace('提升', '').replace(/工程$/, '项目')
      : project.name,
    laterCode: project.code,
  };
  if (ordinary && project.family !== 'construction' && project.code !== null && random.chance(0.06)) {
    step.laterCode = respelled(random, project.code, round);
  }
  const tenderDay = openTender(step, course.evaluated, ordinary && random.chance(0.18));
  if (round === 2) failedRound(step, scenario, course, tenderDay);

  const fate = ordinary ? random.next() : 1;
  if (fate < 0.06) {
    publish(shop, random, project, {
      kind: 'failed',
      day: workdayAfter(course.evaluated, 1),
      round,
      lots: lotIds(project),
      body: { form: 'failed', reason: random.pick(FAILED), lots: lotIds(project) },
      places: venue.failed,
    });
    return;
  }
  if (fate < 0.09) {
    publish(shop, random, project, {
      kind: 'terminated',
      day: workdayAfter(course.evaluated, -1),
      round,
      lots: lotIds(project),
      body: { form: 'terminated', reason: '因采购任务取消（建设计划调整），终止本次采购活动。' },
      places: venue.terminated,
    });
    return;
  }

  const contests = contestsOf(step, course.winner);
  if (course.published !== null) {
    const title = publicise(step, scenario, course, course.published, contests);
    if (course.correction !== null) {
      publish(shop, random, project, {
        kind: 'correction',
        day: course.correction.day,
        round,
        lots: lotIds(project),
        body: candidateCorrection(project, contests, course, title),
        // On the same day wherever it stands: a later copy would be a later restart.
        places: venue.candidate.filter((place) => place.site !== 'ky_gov'),
      });
    }
    if (scenario.shape === 'terminated') {
      publish(shop, random, project, {
        kind: 'terminated',
        day: workdayAfter(course.published, random.int(4, 8)),
        round,
        lots: lotIds(project),
        body: { form: 'terminated', reason: '因重大变故，采购任务取消，终止本次采购活动，不再确定成交（中标）人。' },
        places: venue.terminated,
      });
      return;
    }
  }

  const [firstContest, ...otherContests] = contests;
  if (course.other !== null && firstContest !== undefined) {
    announce(step, scenario, course, course, [firstContest]);
    for (const one of otherContests) announce(step, scenario, course, course.other, [one]);
    return;
  }
  const last = contests.at(-1);
  if (ordinary && contests.length > 1 && last !== undefined && random.chance(0.25)) {
    const nobody: Award = { ...last.award, firm: null, price: 0 };
    announce(step, scenario, course, course, [...contests.slice(0, -1), { ...last, award: nobody }]);
    return;
  }
  announce(step, scenario, course, course, contests);
}
