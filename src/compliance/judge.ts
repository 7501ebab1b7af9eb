import { addDays } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { ComputedDates, Judgement, ReasonCode, RuleId, Severity, Verdict } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { Calendar } from './calendar.ts';
import { countedDays, daysMissing, earliestResultDate } from './counting.ts';
import { told } from './decided.ts';
import type { Decided } from './decided.ts';
import { candidateLists, dossierOf, unreachableDays } from './dossier.ts';
import type { Dossier } from './dossier.ts';
import { eventsOf, lotsOf, projectDay } from './evidence.ts';
import type { Event } from './evidence.ts';
import { asPublicity, asResult, evidence } from './exhibits.ts';
import { explain } from './explain.ts';
import type { Story } from './explain.ts';
import { calendarsFor } from './local-calendar.ts';
import type { Calendars } from './local-calendar.ts';
import { assess } from './publicity.ts';
import type { Assessment, Reading } from './publicity.ts';
import { readingsOf } from './readings.ts';
import { reviewOf } from './review.ts';
import type { Rule, ScopeAnswer } from './rules/rule.ts';
import { scopeOf } from './scope.ts';
import { compareJudgements, worstSeverity } from './severity.ts';
import { checkWinner } from './winner.ts';

/** A project's verdict as a whole: that of its worst lot, with each lot's own. */
export interface Overall {
  verdict: Verdict;
  codes: ReasonCode[];
  severity: Severity;
  rule: RuleId;
  computed: ComputedDates;
  /** Verdict by lot; absent for a project without lots. */
  lots?: Record<string, Verdict>;
}

interface ProjectJudgement {
  overall: Overall;
  /** One for each lot, in the project's order. */
  judgements: Judgement[];
  /** Present exactly when a review alert (local practice, 待核) is to be raised. */
  review: Judgement | null;
}

/** The same, with nothing told yet. */
interface ProjectDecision {
  judgements: Decided[];
  review: Decided | null;
  /** So many notices were known on the day of judging. */
  known: number;
}

/** Judges a project's publicity, as `decideProject` decides it. */
export function judgeProject(facts: ProjectFacts, policy: Policy, calendar: Calendar): ProjectJudgement {
  const decision = decideProject(facts, policy, calendar);
  const judgements = decision.judgements.map(told);
  const review = decision.review === null ? null : told(decision.review);
  return { overall: overallOf(judgements), judgements, review };
}

/**
 * Decides on a project's publicity. Pure: same facts, policy and calendar, same judgement.
 * Throws `CorrectInput` when a time in the facts cannot be read; a calendar that does not reach far enough
 * is a verdict (`CALENDAR_MISSING`), not an error.
 */
export function decideProject(facts: ProjectFacts, policy: Policy, calendar: Calendar): ProjectDecision {
  const on = projectDay(facts);
  const events = eventsOf(facts);
  const round = events.reduce((latest, event) => Math.max(latest, event.round), 1);
  const lots = lotsOf(facts, events);
  const scope = scopeOf(facts.project, on, policy);
  const court: Court = {
    facts,
    policy,
    events,
    round,
    severalLots: lots.length > 1,
    ...calendarsFor(facts.project.city, policy, calendar),
  };

  const rule = scope.rule;
  const answer = scope.answer;
  const judgements = lots.map((lot) => {
    if (!answer.applies || rule === null) return judgeScope(court, rule, answer, lot);
    const dossier = dossierOf(rule, events, round, lot, court.severalLots);
    return judgeLot(court, rule, dossier);
  });
  return {
    judgements,
    known: events.length,
    review: reviewOf(facts, policy, court.calendar, events, round, lots, judgements),
  };
}

/** What stays the same for all lots of a project. */
interface Court extends Calendars {
  facts: ProjectFacts;
  policy: Policy;
  events: Event[];
  round: number;
  severalLots: boolean;
}

function judgeScope(court: Court, rule: Rule | null, answer: ScopeAnswer, lot: string | null): Decided {
  const story: Story = { ...emptyStory(court, rule, null), scope: answer };
  if (answer.applies || answer.code === 'NOT_APPLICABLE')
    return seal(story, lot, 'not_applicable', ['NOT_APPLICABLE'], 'none');
  return seal(story, lot, 'undetermined', [answer.code], 'info');
}

function judgeLot(court: Court, rule: Rule, dossier: Dossier): Decided {
  const story = emptyStory(court, rule, dossier);
  const { lot } = dossier;
  if (court.severalLots && unresolvedResult(court, rule))
    return seal(story, lot, 'undetermined', ['LOT_UNRESOLVED'], 'info');
  if (dossier.resultDay === null) return judgeOpen(court, rule, dossier, story);

  const { publicity, resultDay } = dossier;
  const partial = court.facts.coverage === 'partial';
  const winner = checkWinner(
    candidateLists(dossier),
    dossier.results,
    dossier.corrections,
    dossier.edits,
    court.severalLots,
    court.facts.project.skipExplained === true,
  );
  const under = (reading: Reading): Assessment =>
    assess(publicity, reading, rule.period, court.policy.rollover, resultDay);
  const outcome = (a: Assessment): Outcome => {
    if (a.main === 'MISSING_PUBLICITY' && partial) return 'gap';
    if (a.main !== null || winner.outcome === 'not_candidate') return 'violation';
    return a.doubt === 'CALENDAR_MISSING' ? 'calendar' : 'in_order';
  };

  const { base, dimensions, all } = readingsOf(court.calendar, court.localCalendar, publicity);
  const stated = under(base);
  const verdict = outcome(stated);
  Object.assign(story, { assessment: stated, winner });

  if (verdict === 'gap' && all.every((reading) => outcome(under(reading)) === 'gap')) {
    return seal(story, lot, 'undetermined', ['COVERAGE_GAP'], 'info');
  }
  const standing = all.every((reading) => outcome(under(reading)) === verdict);
  if (verdict === 'violation' && standing) return sealViolation(court, rule, dossier, story);

  const doubts = new Set<ReasonCode>();
  if (!standing) {
    const alone = dimensions.filter((d) => d.readings.some((reading) => outcome(under(reading)) !== verdict));
    for (const { code } of alone.length > 0 ? alone : dimensions) doubts.add(code);
    story.doubts = dimensions.filter((d) => doubts.has(d.code));
    story.otherAssessments = all.map(under).filter((a) => outcome(a) !== verdict);
  }
  if (verdict === 'gap') doubts.add('COVERAGE_GAP');
  if (verdict === 'calendar') doubts.add('CALENDAR_MISSING');
  const codes = verdict === 'in_order' ? inOrder(dossier, story, under, base, doubts) : [...doubts];
  if (codes.length > 0 && codes[0] !== 'OK') {
    return seal(story, lot, 'undetermined', [...codes, ...changedDate(story)], worstSeverity(codes));
  }
  return seal(story, lot, 'compliant', [...codes, ...changedDate(story)], 'none');
}

type Outcome = 'violation' | 'in_order' | 'gap' | 'calendar';

/** In order by the stated dates: what still speaks against saying so. Codes of the doubt, or OK with its companion. */
function inOrder(
  dossier: Dossier,
  story: Story,
  under: (reading: Reading) => Assessment,
  base: Reading,
  doubts: Set<ReasonCode>,
): ReasonCode[] {
  const stated = story.assessment;
  if (stated === null || stated.anchor === null) return [...doubts];
  if (stated.doubt === 'HOUR_COUNT_AMBIGUOUS') doubts.add('HOUR_COUNT_AMBIGUOUS');
  if (story.winner?.outcome === 'skipped') doubts.add('FIRST_CANDIDATE_SKIPPED');
  if (story.winner?.outcome === 'list_unknown') doubts.add('CORRECTION_MATERIALITY_UNKNOWN');

  const lastDay = stated.counted?.lastDay ?? null;
  if (lastDay !== null) story.unreachable = unreachableDays(dossier.publicity, stated.anchor, lastDay);
  if (story.unreachable.length > 0) doubts.add('NOTICE_UNREACHABLE');

  // Two clocks: would it still be in order if counted from our own first sight?
  if (fails(under({ ...base, firstSight: 'contradicted' }))) doubts.add('BACKDATING_SUSPECTED');
  if (doubts.size > 0) return [...doubts];
  const anchors = anchoring(dossier, stated);
  const unverified = anchors.length > 0 && anchors.every((event) => event.sight === 'unverified');
  const hinges = anchors.some((e) => e.sight === 'open') && fails(under({ ...base, firstSight: 'all' }));
  story.unverified = unverified || hinges ? anchors : [];
  return story.unverified.length > 0 ? ['OK', 'PUBLISH_TIME_UNVERIFIED'] : ['OK'];
}

function fails(assessment: Assessment): boolean {
  return assessment.main !== null;
}

/** The notices whose stated day is P: the correction that restarted the period, else the copies of the first day. */
function anchoring(dossier: Dossier, { anchor }: Assessment): Event[] {
  if (anchor === null) return [];
  if (anchor.correction !== null) return [anchor.correction];
  const copies = [...dossier.publicity.copies, ...dossier.publicity.copiesOfUnknownScope];
  return copies.filter((copy) => copy.published === anchor.publication.published);
}

/** No result yet: ended without award, or still open. */
function judgeOpen(court: Court, rule: Rule, dossier: Dossier, story: Story): Decided {
  if (dossier.termination !== null) {
    return seal(story, dossier.lot, 'not_applicable', ['NOT_APPLICABLE', 'TERMINATED'], 'none');
  }
  const { base } = readingsOf(court.calendar, null, dossier.publicity);
  story.assessment = assess(dossier.publicity, base, rule.period, court.policy.rollover, null);
  return seal(story, dossier.lot, 'undetermined', ['PENDING', ...changedDate(story)], 'info');
}

/** In a project of several lots, a result, letter or contract that names none could belong to any. */
function unresolvedResult(court: Court, rule: Rule): boolean {
  return court.events.some((e) => e.round === court.round && rule.endKinds.includes(e.kind) && e.lots === null);
}

function sealViolation(court: Court, rule: Rule, dossier: Dossier, story: Story): Decided {
  const { main, counted, anchor } = story.assessment!;
  const codes: ReasonCode[] = [];
  const severities: Severity[] = [];
  if (main !== null) {
    codes.push(main);
    story.missing = missingDays(rule, dossier.resultDay, counted, court.calendar);
    severities.push(severityOf(main, story.missing));
  }
  if (story.winner?.outcome === 'not_candidate') {
    codes.push('WINNER_NOT_CANDIDATE');
    severities.push('critical');
  }
  if (main === 'MISSING_PUBLICITY') {
    if (dossier.otherRounds.length > 0) codes.push('ROUND_MISMATCH');
    if (dossier.elsewhere.length > 0) codes.push('NON_DESIGNATED_MEDIUM');
  }
  const until = counted?.lastDay ?? counted?.nominalLastDay ?? anchor?.day ?? null;
  const early = (kind: string): boolean =>
    until !== null && dossier.results.some((e) => e.kind === kind && e.day <= until);
  if (early('award_letter')) codes.push('AWARD_LETTER_BEFORE_END');
  if (early('contract')) codes.push('CONTRACT_BEFORE_END');
  if (main !== null && anchor?.setBy === 'correction') codes.push('CORRECTION_RESTART');
  codes.push(...changedDate(story));
  return seal(story, dossier.lot, 'violation', codes, severities.includes('critical') ? 'critical' : severities[0]!);
}

function missingDays(
  rule: Rule,
  resultDay: LocalDay | null,
  counted: Assessment['counted'],
  calendar: Calendar,
): number {
  if (counted === null || counted.nominalLastDay === null || resultDay === null || resultDay <= counted.anchor)
    return 0;
  return daysMissing(rule.period, resultDay, counted.nominalLastDay, calendar);
}

/** PERIOD_TOO_SHORT is minor for one day missing, else major. */
function severityOf(main: NonNullable<Assessment['main']>, missing: number): Severity {
  switch (main) {
    case 'MISSING_PUBLICITY':
    case 'RESULT_BEFORE_PUBLICITY':
    case 'SAME_DAY':
      return 'critical';
    case 'PERIOD_TOO_SHORT':
      return missing <= 1 ? 'minor' : 'major';
    case 'ROLLOVER_NOT_OBSERVED':
    case 'STATED_PERIOD_TOO_SHORT':
    case 'RESULT_BEFORE_STATED_END':
      return 'minor';
  }
}

/** PUBLISH_DATE_CHANGED accompanies a dated verdict whose notices show another date than our earliest snapshot. */
function changedDate(story: Story): ReasonCode[] {
  const { assessment, dossier } = story;
  if (assessment?.anchor == null || dossier === null) return [];
  story.changed = restingOn(dossier, assessment).filter((event) => event.nowShows !== null);
  return story.changed.length > 0 ? ['PUBLISH_DATE_CHANGED'] : [];
}

function restingOn(dossier: Dossier, { anchor }: Assessment): Event[] {
  const { copies, copiesOfUnknownScope } = dossier.publicity;
  const correction = anchor?.correction ?? null;
  return [
    ...new Set([...copies, ...copiesOfUnknownScope, ...(correction === null ? [] : [correction]), ...dossier.results]),
  ];
}

function emptyStory(court: Court, rule: Rule | null, dossier: Dossier | null): Story {
  return {
    facts: court.facts,
    policy: court.policy,
    calendar: court.calendar,
    underLocalCalendar: court.underLocalCalendar,
    round: court.round,
    rule,
    dossier,
    scope: null,
    assessment: null,
    otherAssessments: [],
    doubts: [],
    missing: 0,
    winner: null,
    unreachable: [],
    unverified: [],
    changed: [],
  };
}

function seal(story: Story, lot: string | null, verdict: Verdict, codes: ReasonCode[], severity: Severity): Decided {
  const { rule, calendar, round, dossier } = story;
  const resultDay = dossier?.resultDay ?? null;
  // Scope verdicts, missing publicity and unresolved lots have no dates.
  const dated = story.assessment?.anchor != null && !codes.includes('LOT_UNRESOLVED') ? story.assessment : null;
  const counted = dated?.counted ?? null;
  return {
    lot,
    round,
    rule: rule?.id ?? 'NONE',
    ruleVersion: rule?.version ?? '1',
    calendarVersion: calendar.version,
    verdict,
    codes,
    severity,
    computed: counted === null ? {} : { ...datesOf(counted, resultDay), ...promised(dated, resultDay) },
    tell: () => ({
      sentence: explain(story, lot, verdict, codes),
      evidence: evidenceOf(story),
      days: rule === null ? [] : countedDays(rule.period, counted, resultDay, calendar),
    }),
  };
}

function datesOf(counted: NonNullable<Assessment['counted']>, resultDay: LocalDay | null): ComputedDates {
  const earliest = earliestResultDate(counted);
  return {
    anchor: counted.anchor,
    ...(counted.nominalLastDay === null ? {} : { nominalLastDay: counted.nominalLastDay }),
    ...(counted.lastDay === null ? {} : { lastDay: counted.lastDay }),
    ...(earliest === null ? {} : { earliestResultDate: earliest }),
    ...(resultDay === null ? {} : { resultDate: resultDay }),
  };
}

/** While there is no result: a promise beyond L moves the day from which one is lawful. */
function promised(dated: Assessment | null, resultDay: LocalDay | null): Pick<ComputedDates, 'earliestAllowed'> {
  const end = dated?.anchor?.statedEnd?.day;
  const lastDay = dated?.counted?.lastDay ?? null;
  return resultDay !== null || end === undefined || lastDay === null || end <= lastDay
    ? {}
    : { earliestAllowed: addDays(end, 1) };
}

function evidenceOf({ dossier }: Story): Judgement['evidence'] {
  if (dossier === null) return [];
  const { copies, copiesOfUnknownScope, restarts, restartCopies } = dossier.publicity;
  const heldAgain = [...restarts, ...restartCopies].filter((e) => e.kind !== 'correction');
  return evidence([
    ...[...copies, ...copiesOfUnknownScope, ...heldAgain].map(asPublicity),
    ...dossier.results.map(asResult),
    ...dossier.corrections.map((event) => ({ event, role: 'correction' as const })),
    ...[...dossier.elsewhere, ...dossier.otherRounds].map((event) => ({ event, role: 'other' as const })),
    ...(dossier.termination === null ? [] : [{ event: dossier.termination, role: 'other' as const }]),
  ]);
}

function overallOf(judgements: Judgement[]): Overall {
  const worst = judgements.toSorted(compareJudgements)[0]!;
  const { verdict, codes, severity, rule, computed } = worst;
  const named = judgements.filter((j) => j.lot !== null);
  const lots = named.length > 0 ? Object.fromEntries(named.map((j) => [j.lot!, j.verdict])) : undefined;
  return { verdict, codes, severity, rule, computed, ...(lots === undefined ? {} : { lots }) };
}
