import type { Event } from './evidence.ts';
import { sameParty } from './names.ts';

/**
 * - `unknown`: no winner or no candidate list is known
 * - `not_candidate`: the winner stands in no candidate list of this lot and round
 * - `list_unknown`: the same, but a correction whose own list is not known came after the lists
 * - `skipped`: a lower candidate won and no reason is published
 */
export interface WinnerCheck {
  outcome: 'unknown' | 'in_order' | 'not_candidate' | 'list_unknown' | 'skipped';
  /** Names as printed. */
  winners: string[];
  first: string | null;
}

/**
 * Compares the winner with the publicised candidates (招标投标法 art. 57; 实施条例 art. 55).
 * Where one notice names several lots in a single list, neither ranking nor winner can be told apart by lot:
 * then only a notice none of whose winners was ever publicised fails.
 */
export function checkWinner(
  lists: readonly Event[],
  results: readonly Event[],
  corrections: readonly Event[],
  edits: readonly Event[],
  severalLots: boolean,
  skipExplained: boolean,
): WinnerCheck {
  const naming = results.filter((event) => names(event.notice.winner).length > 0);
  const results1 = naming.filter((event) => event.kind === 'result');
  const source = (results1.length > 0 ? results1 : naming).at(-1);
  const winners = source === undefined ? [] : names(source.notice.winner);
  const listing = [...lists, ...corrections]
    .filter((event) => names(event.notice.candidates).length > 0)
    .sort((a, b) => (a.published < b.published ? -1 : a.published > b.published ? 1 : 0));
  const latest = listing.at(-1);
  if (source === undefined || latest === undefined) return { outcome: 'unknown', winners, first: null };

  // Whoever stood on any list that was shown was publicised; first ranked is who stands first on the one shown last.
  const candidates = [...listing, ...edits].flatMap((event) => names(event.notice.candidates));
  const publicised = winners.filter((winner) => candidates.some((name) => sameParty(winner, name)));
  // A consortium may be printed as one candidate and as several winners.
  const together = candidates.some((name) => sameParty(winners.join('、'), name));
  const flat = severalLots && (source.lots?.length ?? 0) !== 1;
  const found = flat ? publicised.length > 0 : publicised.length === winners.length;

  const ranked = names(latest.notice.candidates);
  const first = ranked[0] ?? null;
  if (!found && !together) {
    const unlisted = corrections.some(
      (e) => e.published >= latest.published && names(e.notice.candidates).length === 0 && e.notice.material !== false,
    );
    return { outcome: unlisted ? 'list_unknown' : 'not_candidate', winners, first };
  }
  const flatList = severalLots && (latest.lots?.length ?? 0) !== 1;
  const firstWins =
    first !== null && (winners.some((w) => sameParty(w, first)) || sameParty(winners.join('、'), first));
  if (!firstWins && !flatList && !flat && !skipExplained) return { outcome: 'skipped', winners, first };
  return { outcome: 'in_order', winners, first };
}

function names(value: string | string[] | null | undefined): string[] {
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).filter((name) => name.trim() !== '');
}
