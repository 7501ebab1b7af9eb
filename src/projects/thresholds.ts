import type { LocalDay } from '../model/day.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { OpenTenderLine } from '../model/policy.ts';

/** The line that holds on a day for a buyer's region: the one of the narrowest region, the latest of those; null = none is known. */
export function openTenderLine(
  on: LocalDay,
  regionCode: string | null,
  lines: readonly OpenTenderLine[],
): OpenTenderLine | null {
  const holding = lines.filter(
    ({ region, from, to }) => (regionCode ?? '').startsWith(region) && from <= on && (to === null || on <= to),
  );
  return holding.sort((a, b) => b.region.length - a.region.length || (a.from < b.from ? 1 : -1))[0] ?? null;
}

/**
 * True at or above the line of that day (以上 includes the figure), null where line, budget or category is not known.
 * An award is never above its budget, so an award at the line proves a budget there; a smaller one proves nothing.
 */
export function aboveOpenTenderLine(
  on: LocalDay,
  { category, city = null, budget = null }: Pick<ProjectFacts['project'], 'category' | 'city' | 'budget'>,
  award: number | null,
  lines: readonly OpenTenderLine[],
): boolean | null {
  if (category !== 'goods' && category !== 'services') return null;
  const line = openTenderLine(on, city, lines)?.[category];
  if (line === undefined) return null;
  if (budget !== null) return budget >= line;
  return award !== null && award >= line ? true : null;
}
