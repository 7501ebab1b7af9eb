import { hash } from 'node:crypto';

import { told } from '../compliance/decided.ts';
import type { Decided } from '../compliance/decided.ts';
import { canonical } from '../model/canonical.ts';
import type { FactSheet } from '../model/fact-sheet.ts';
import type { ComputedDates, Judgement } from '../model/finding.ts';
import { decideRounds } from './judge-round.ts';
import type { DecidedRound, JudgedBy } from './judge-round.ts';
import { PROGRAM_DIGEST } from './program-digest.ts';

/**
 * What is remembered of what was said of a project: two digests, one of how it was decided and one of every word.
 * Where the first is the same, so is the second, and no word need be made to know it: sentence, evidence and days
 * follow from the sheet (a new one forgets what was said), from the ground and from what the first digest holds.
 */
export type Said = string;

/** 128 bits each. */
const DIGEST_LENGTH = 22;

function digestOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, DIGEST_LENGTH);
}

/** What all projects are judged by beside what is observed of them: the program, the operator's settings, the calendar. */
export function groundOf({ policy, calendar }: Pick<JudgedBy, 'policy' | 'calendar'>): string {
  return digestOf(`${PROGRAM_DIGEST}\n${canonical(policy)}\n${calendar.digest}`);
}

export function saidOf(rounds: readonly DecidedRound[], judgements: readonly Judgement[], ground: string): Said {
  return decisionDigest(rounds, ground) + wordsDigest(judgements);
}

/** Digest of how a project is decided and of what that rests on beside its sheet. */
function decisionDigest(rounds: readonly DecidedRound[], ground: string): string {
  let text = ground;
  for (const { facts, decided, known } of rounds) {
    text += `\n${facts.project.on} ${known[0]} ${known[1]} ${facts.coverage}`;
    if (facts.coverageReason != null) text += framed(facts.coverageReason);
    for (const { id, unreachableDates } of facts.notices) {
      if (unreachableDates !== undefined) text += framed(id) + unreachableDates.join();
    }
    for (const { lot, round, rule, verdict, codes, severity, computed, tell } of decided) {
      text += `\t${rule}${lot === null ? '' : framed(lot)} ${round} ${verdict} ${severity} ${codes.join()}`;
      text += daysText(computed);
      // The one sentence that names what others observed: which columns were not read, and when.
      if (codes.includes('COVERAGE_GAP')) text += framed(tell().sentence);
    }
  }
  return digestOf(text);
}

/** The days by their places; a million digests are sooner made of what is there than of what is not. */
function daysText(computed: ComputedDates): string {
  const { anchor = '', nominalLastDay = '', lastDay = '', earliestResultDate = '' } = computed;
  const { resultDate = '', earliestAllowed = '', deadline = '' } = computed;
  return ` ${anchor},${nominalLastDay},${lastDay},${earliestResultDate},${resultDate},${earliestAllowed},${deadline}`;
}

/** So that no text can pass for what stands behind it. */
function framed(text: string): string {
  return ` ${text.length}:${text}`;
}

/** Digest of all that is told of a project, every part that `substance` compares. */
function wordsDigest(judgements: readonly Judgement[]): string {
  let text = '';
  for (const judgement of judgements) text += tellingOf(judgement);
  return digestOf(text);
}

/** Every part, none of them able to pass for the next. */
function tellingOf({
  lot,
  round,
  rule,
  ruleVersion,
  calendarVersion,
  verdict,
  codes,
  severity,
  ...told
}: Judgement): string {
  const { computed, sentence, evidence, days } = told;
  let text = `\n${rule}\t${lot === null ? '' : `=${lot}`}\t${round}\t${ruleVersion}\t${calendarVersion}\t${verdict}\t${severity}\t${codes.join()}`;
  text += `\t${computed.anchor}\t${computed.nominalLastDay}\t${computed.lastDay}\t${computed.earliestResultDate}`;
  text += `\t${computed.resultDate}\t${computed.earliestAllowed}\t${computed.deadline}\t${sentence.length}${sentence}`;
  for (const { noticeId, role } of evidence) text += `\t${role} ${noticeId}`;
  for (const { day, mark, n, why, rest } of days) text += `\t${day}${mark}${n}${rest}${why}`;
  return text;
}

/**
 * Judges the project and holds it against what was said of it: what is decided and what is to be remembered of it where every
 * word stands, else null. Null also where nothing is remembered, and where it depends on the facts of another project.
 */
export function saidAgain(
  sheet: FactSheet,
  said: Said,
  by: JudgedBy,
  ground: string,
): { said: Said; decided: Decided[] } | null {
  if (sheet.suggestions.length > 0) return null;
  const rounds = decideRounds(sheet, by);
  const decision = decisionDigest(rounds, ground);
  const decided = rounds.flatMap((round) => round.decided);
  if (said.startsWith(decision)) return { said, decided };
  const words = wordsDigest(decided.map(told));
  return said.endsWith(words) ? { said: decision + words, decided } : null;
}
