import type { LotReading } from '../model/notice.ts';
import { amountInRow, lotOfRow } from './awards.ts';
import type { Award } from './award.ts';
import type { Grid } from './grids.ts';
import { lotHeading } from './lots.ts';
import type { LotName } from './lots.ts';
import { amountOfPair } from './money.ts';
import type { Cell, Pair } from './pairs.ts';

/** Sections in which "标项1" says something about a lot other than what it costs. */
const LATER = new Set(['qualification', 'documents', 'contact', 'fee', 'goods', 'experts']);

/**
 * Lots of a notice with what it states of each. `titleLots`: those the title names, which is all that the notice
 * speaks of even where its table prints others.
 */
export function readLots(
  titleLots: readonly LotName[],
  grids: readonly Grid[],
  pairs: readonly Pair[],
  cells: readonly Cell[],
  awards: readonly Award[],
): LotReading[] {
  const lots = new Map<string, LotReading>();
  const lot = (name: LotName): LotReading => {
    const known = lots.get(name.id);
    if (known !== undefined) return known;
    const fresh: LotReading = {
      id: name.id,
      name: name.name,
      budget: null,
      amount: null,
      suppliers: [],
      failed: false,
    };
    lots.set(name.id, fresh);
    return fresh;
  };
  for (const award of awards) {
    if (award.lot === null) continue;
    const reading = lot(award.lot);
    reading.suppliers = [...new Set([...reading.suppliers, ...award.suppliers])];
    reading.amount ??= award.amount?.yuan ?? null;
    reading.failed ||= award.failed && reading.suppliers.length === 0;
  }
  for (const grid of grids) {
    if (LATER.has(grid.section) || grid.labels.includes('parcelCode')) continue;
    if (!grid.labels.includes('budget') && !grid.labels.includes('ceiling') && !grid.labels.includes('estimate'))
      continue;
    for (const row of grid.rows) {
      const name = lotOfRow(grid, row);
      if (name === null) continue;
      lot(name).budget ??= amountInRow(grid, row, ['budget', 'ceiling', 'estimate'])?.yuan ?? null;
    }
  }
  for (const { name, budget } of budgetsUnderLots(pairs, cells)) {
    const reading = lot(name);
    reading.budget ??= budget;
  }
  return merged(titleLots, [...lots.values()], awards);
}

/** The lots that the title names, with what the page states of them; without any in the title, the page's. */
function merged(titleLots: readonly LotName[], inPage: LotReading[], awards: readonly Award[]): LotReading[] {
  const [only] = titleLots;
  if (only === undefined) return inPage;
  // …项目二标段 with 标项一 to 标项三 inside: the title's 标段 is part of the name.
  if (inPage.length > 1 && inPage.every(({ name }) => family(name) !== null && family(name) !== family(only.name)))
    return inPage;
  const sole = titleLots.length === 1 && inPage.length <= 1;
  return titleLots.map(({ id, name }) => {
    const stated = sole ? inPage[0] : inPage.find((one) => one.id === id);
    const whole = sole && stated === undefined ? awards : [];
    return {
      id,
      name,
      budget: stated?.budget ?? null,
      amount: stated?.amount ?? (whole.length === 1 ? (whole[0]!.amount?.yuan ?? null) : null),
      suppliers: stated?.suppliers ?? [...new Set(whole.flatMap(({ suppliers }) => suppliers))],
      failed: stated?.failed ?? false,
    };
  });
}

/** 包, 标段 and 标项 may stand inside one another. */
function family(name: string | null): string | null {
  return /标段/.exec(name ?? '')?.[0] ?? /标项/.exec(name ?? '')?.[0] ?? /包/.exec(name ?? '')?.[0] ?? null;
}

interface LotBudget {
  name: LotName;
  /** Yuan. */
  budget: number;
  /** Cell of the label. */
  at: number;
}

/** 标项一 ␤ 预算金额（元）:2097600: the amounts below a lot's heading, up to the next. */
export function budgetsUnderLots(pairs: readonly Pair[], cells: readonly Cell[]): LotBudget[] {
  const found: LotBudget[] = [];
  let open: LotName | null = null;
  const behind = new Map<number, Pair>();
  for (const pair of pairs)
    if (pair.label === 'budget' || pair.label === 'ceiling' || pair.label === 'estimate') behind.set(pair.at, pair);
  cells.forEach((cell, at) => {
    if (cell.section !== 'base' && cell.section !== 'head' && cell.section !== 'unknown') {
      open = null;
      return;
    }
    open = lotHeading(cell.text) ?? open;
    const pair = behind.get(at);
    if (open === null || pair === undefined) return;
    const id = open.id;
    const budget = amountOfPair(pair, cells)?.yuan ?? null;
    if (budget !== null && !found.some(({ name }) => name.id === id)) found.push({ name: open, budget, at });
  });
  return found;
}
