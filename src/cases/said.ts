import { hash } from 'node:crypto';

import type { SheetRow } from '../../storage/store.ts';
import type { Judgement } from '../model/finding.ts';
import { sheetOfText } from '../projects/sheet-text.ts';
import { judgementsOf } from './judge-round.ts';
import type { JudgedBy } from './judge-round.ts';

/** Digest of all that a project's judgements say: equal digests, nothing to write. */
export function digestOf(judgements: readonly Judgement[]): string {
  let said = '';
  for (const judgement of judgements) said += tellingOf(judgement);
  return hash('sha256', said, 'base64url').slice(0, DIGEST_LENGTH);
}

/** 128 bits. */
const DIGEST_LENGTH = 22;

/** What `substance` compares, written for a digest: every part, none of them able to pass for the next. */
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
 * True when the project, judged now, says what was said of it; false also where that is not known, and where it depends
 * on the facts of another project.
 */
export function saysTheSame({ sheet: text, said }: SheetRow, by: JudgedBy): boolean {
  if (text === null || said === null) return false;
  const sheet = sheetOfText(text);
  return sheet !== null && sheet.suggestions.length === 0 && digestOf(judgementsOf(sheet, by)) === said;
}
