import type { LocalDay } from '../model/day.ts';
import type { Dealing } from '../model/dealing.ts';
import type { Lead } from '../model/lead.ts';

/** What the indicators read out of dealings. */

/** 预算年度 is the calendar year (预算法 art. 18); null where the round states no day. */
export function yearOf({ bidding }: Dealing): string | null {
  return bidding.called?.slice(0, 4) ?? null;
}

/** 2026年1月1日至12月31日 */
export function yearWords(year: string): string {
  return `${year}年1月1日至12月31日`;
}

/** Yuan: what was paid, else what may be. */
export function worth({ award, budget, ceiling }: Dealing): number | null {
  return award ?? budget ?? ceiling;
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

/** Latest called, whose day orders the lead. */
export function latest(dealings: readonly Dealing[]): LocalDay {
  return (
    dealings
      .map(({ bidding }) => bidding.called ?? '')
      .sort()
      .at(-1) ?? ''
  );
}

/** The agency that all of them share; null where they differ. */
export function commonAgency(dealings: readonly Dealing[]): string | null {
  const [first, ...others] = new Set(dealings.map(({ agency }) => agency));
  return others.length === 0 ? (first ?? null) : null;
}

/** One input a dealing: its name and what of it was computed with. */
export function inputOf(dealing: Dealing, value: string): Lead['inputs'][number] {
  return { name: dealing.name, value, projectId: dealing.id };
}

/** 0.953 → 95.3% */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
