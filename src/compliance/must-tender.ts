import type { LocalDay } from '../model/day.ts';

/** Amounts of a single contract, in yuan, from which a project must be tendered by law. */
interface MustTenderLine {
  from: LocalDay;
  to: LocalDay | null;
  works: number;
  goods: number;
  services: number;
  basis: string;
}

/**
 * 2000-05-01: 工程建设项目招标范围和规模标准规定 (国家发展计划委员会令第3号) art. 7.
 * 2018-06-01: 必须招标的工程项目规定 (国家发展和改革委员会令第16号) art. 5.
 */
export const MUST_TENDER_LINES: readonly MustTenderLine[] = [
  {
    from: '2000-05-01',
    to: '2018-05-31',
    works: 2_000_000,
    goods: 1_000_000,
    services: 500_000,
    basis: '《工程建设项目招标范围和规模标准规定》（国家发展计划委员会令第3号）',
  },
  {
    from: '2018-06-01',
    to: null,
    works: 4_000_000,
    goods: 2_000_000,
    services: 1_000_000,
    basis: '《必须招标的工程项目规定》（国家发展改革委令第16号）第五条',
  },
];

/** The line of that day; the oldest one for days before it. */
export function mustTenderLine(on: LocalDay): MustTenderLine {
  return MUST_TENDER_LINES.findLast((line) => line.from <= on) ?? MUST_TENDER_LINES[0]!;
}
