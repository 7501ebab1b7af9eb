import { DISMISSAL_REASONS } from '../model/case.ts';
import type { CaseFile } from '../model/case.ts';

/** What became of the cases of one rule, source or agency. */
export interface LedgerRow {
  name: string;
  confirmed: number;
  dismissed: number;
  /** Of the dismissed: those for which the program was wrong. */
  misjudged: number;
  undecided: number;
  /** Confirmed of the decided; null when they are too few to say. */
  share: number | null;
}

export interface Ledger {
  byRule: LedgerRow[];
  bySource: LedgerRow[];
  byAgency: LedgerRow[];
  /** Cases on what could not be judged: no alert of the program's, so that they say nothing of its precision. */
  doubts: number;
}

/** Below so many decided cases a share is chance: of nine, one more or less moves it by eleven points. */
export const MINIMUM_DECIDED = 10;

/** Counts a case once under its rule and agency, and under each source its evidence comes from; doubts apart. */
export async function ledgerOf(files: AsyncIterable<CaseFile>): Promise<Ledger> {
  const [rules, sources, agencies] = [new Tally(), new Tally(), new Tally()];
  let doubts = 0;
  for await (const file of files) {
    if (file.nature === 'doubt') {
      doubts += 1;
      continue;
    }
    rules.add(file.rule, file);
    for (const source of file.sourceIds) sources.add(source, file);
    agencies.add(file.agency ?? '未载明', file);
  }
  return { byRule: rules.rows(), bySource: sources.rows(), byAgency: agencies.rows(), doubts };
}

class Tally {
  readonly #rows = new Map<string, LedgerRow>();

  add(name: string, { decision }: CaseFile): void {
    const row = this.#rows.get(name) ?? { name, confirmed: 0, dismissed: 0, misjudged: 0, undecided: 0, share: null };
    this.#rows.set(name, row);
    if (decision === null) row.undecided += 1;
    else row[decision.state] += 1;
    if (decision?.reason != null && DISMISSAL_REASONS[decision.reason].misjudged) row.misjudged += 1;
    const decided = row.confirmed + row.dismissed;
    row.share = decided < MINIMUM_DECIDED ? null : row.confirmed / decided;
  }

  /** Most decided first, then by name. */
  rows(): LedgerRow[] {
    const decided = ({ confirmed, dismissed }: LedgerRow): number => confirmed + dismissed;
    return [...this.#rows.values()].sort((a, b) => decided(b) - decided(a) || (a.name < b.name ? -1 : 1));
  }
}
