import type { SheetRow, Store } from '../../storage/store.ts';
import { sheetOfText } from '../projects/sheet-text.ts';
import { emptyTally, tallyProject } from './judged-tally.ts';
import type { JudgedTally } from './judged-tally.ts';
import type { JudgedBy } from './judge-round.ts';
import { saidAgain } from './said.ts';
import type { Said } from './said.ts';

/** Projects judged and held against what was said of them. */
export interface Sifted {
  judged: number;
  /** Those of which something else is to be said than is remembered, or of which that is not known; in their order. */
  suspects: SheetRow[];
  /** Those of which every word stands, though decided on another ground: what is to be remembered of them now. */
  again: [projectId: string, said: Said][];
  /** Of the projects that are no suspects. */
  tally: JudgedTally;
}

/** What the projects are held against, the same for all. */
export interface Sieve {
  by: JudgedBy;
  /** Of `by`; see `groundOf`. */
  ground: string;
  /** Projects that are looked at whatever they say. */
  concerned: ReadonlySet<string>;
}

/** Sifts every project, in the order of ids: whatever number of threads does it, what comes of it is the same. */
export type Sifter = (sieve: Sieve) => AsyncIterable<Sifted>;

/** In this thread, over the store's own connection. */
export function siftingHere({ projects }: Pick<Store, 'projects'>): Sifter {
  return async function* siftAll(sieve) {
    for await (const rows of projects.sheets()) yield sift(rows, sieve);
  };
}

/** Pure. */
export function sift(rows: readonly SheetRow[], sieve: Sieve): Sifted {
  const sifted: Sifted = { judged: rows.length, suspects: [], again: [], tally: emptyTally() };
  for (const row of rows) {
    const stands = standing(row, sieve);
    if (stands === null) {
      sifted.suspects.push(row);
      continue;
    }
    tallyProject(sifted.tally, stands.decided);
    if (stands.said !== row.said) sifted.again.push([row.projectId, stands.said]);
  }
  return sifted;
}

/** What is decided and to be remembered of a project where every word stands; null where it does not, or nobody knows. */
function standing(
  { projectId, sheet: text, said }: SheetRow,
  { by, ground, concerned }: Sieve,
): ReturnType<typeof saidAgain> {
  if (text === null || said === null || concerned.has(projectId)) return null;
  const sheet = sheetOfText(text);
  return sheet === null ? null : saidAgain(sheet, said, by, ground);
}
