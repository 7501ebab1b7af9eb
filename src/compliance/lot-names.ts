import type { ProjectFacts } from '../model/facts.ts';
import { lotNumber, lotsIn } from '../notices/lots.ts';
import { readTitle } from '../notices/title.ts';

/** Lots of one project, each under the first way in which its facts write it: 1, 第1标段 and 一标段 are one lot. */
export interface LotNames {
  /** The lot's name, however it is written here. */
  nameOf(lot: string): string;
  /** Lots that a title names, where the project has several and these are among them; null = it names none of them. */
  inTitle(title: string): readonly string[] | null;
}

const NONE: LotNames = { nameOf: plain, inTitle: () => null };

export function lotNamesOf({ project, notices }: Pick<ProjectFacts, 'project' | 'notices'>): LotNames {
  const declared = project.lots ?? [];
  if (declared.length === 0 && notices.every(({ lots }) => lots === undefined || lots.length === 0)) return NONE;
  const names = new Map<string, string>();
  const learn = (lot: string): void => {
    const key = keyOf(lot);
    if (!names.has(key)) names.set(key, plain(lot));
  };
  declared.forEach(learn);
  for (const { lots } of notices) lots?.forEach(learn);
  return {
    nameOf: (lot) => names.get(keyOf(lot)) ?? plain(lot),
    inTitle(title) {
      if (names.size < 2) return null;
      const named = readTitle(title).lots.map(({ id }) => names.get(id));
      // A number that is none of the project's lots is a stage of the works, or of another project.
      return named.length > 0 && named.every((name) => name !== undefined) ? named : null;
    },
  };
}

/** What tells a lot from others: its number where it has one and no other. */
function keyOf(lot: string): string {
  const bare = lotNumber(lot);
  if (bare !== null) return bare;
  const named = lotsIn(lot);
  return named.length === 1 ? named[0]!.id : plain(lot);
}

function plain(lot: string): string {
  return lot.normalize('NFKC').replace(/\s/g, '').toUpperCase();
}
