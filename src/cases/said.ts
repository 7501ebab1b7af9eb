import { hash } from 'node:crypto';

import type { SheetRow } from '../../storage/store.ts';
import type { Judgement } from '../model/finding.ts';
import { sheetOfText } from '../projects/sheet-text.ts';
import { substance } from './alerts.ts';
import { judgementsOf } from './judge-round.ts';
import type { JudgedBy } from './judge-round.ts';

/** Digest of all that a project's judgements say: equal digests, nothing to write. */
export function digestOf(judgements: readonly Judgement[]): string {
  return hash('sha256', judgements.map(substance).join('\n'), 'base64url').slice(0, 22);
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
