import type { ParcelReading } from '../model/notice.ts';
import { amountInRow } from './awards.ts';
import type { Grid, GridRow } from './grids.ts';
import type { Label } from './label.ts';
import { amountOfPair } from './money.ts';
import type { Cell, Pair } from './pairs.ts';
import { readParty } from './parties.ts';
import { foldWidth, oneLine } from './text.ts';

const SQM_PER: readonly [RegExp, number][] = [
  [/公顷/, 10_000],
  [/亩/, 2000 / 3],
  [/./, 1],
];

/** Parcels of a land notice: a table of parcels, else the labels of a single one. One notice may offer several. */
export function readParcels(grids: readonly Grid[], pairs: readonly Pair[], cells: readonly Cell[]): ParcelReading[] {
  const parcels = new Map<string, ParcelReading>();
  for (const grid of grids) {
    if (!grid.labels.includes('parcelCode')) continue;
    for (const row of grid.rows) {
      const code = cellUnder(grid, row, 'parcelCode');
      if (code === null || !/\d/.test(code) || parcels.has(code)) continue;
      parcels.set(code, {
        code,
        location: cellUnder(grid, row, 'location'),
        areaSqm: areaOf(grid.header[grid.labels.indexOf('area')] ?? '', cellUnder(grid, row, 'area')),
        use: cellUnder(grid, row, 'landUse'),
        startPrice: amountInRow(grid, row, ['startPrice'])?.yuan ?? null,
        dealPrice: amountInRow(grid, row, ['dealPrice', 'award'])?.yuan ?? null,
        winner: partyOrNull(cellUnder(grid, row, 'supplier')),
      });
    }
  }
  if (parcels.size > 0) return [...parcels.values()];
  const code = pairs.find(({ label }) => label === 'parcelCode')?.value;
  if (code === undefined || !/\d/.test(code)) return [];
  const value = (label: Label): string | null => pairs.find((pair) => pair.label === label)?.value ?? null;
  const price = (label: Label): number | null => {
    const pair = pairs.find((one) => one.label === label);
    return pair === undefined ? null : (amountOfPair(pair, cells)?.yuan ?? null);
  };
  const area = pairs.find(({ label }) => label === 'area');
  return [
    {
      code: oneLine(code),
      location: value('location'),
      areaSqm: area === undefined ? null : areaOf(area.words, area.value),
      use: value('landUse'),
      startPrice: price('startPrice'),
      dealPrice: price('dealPrice') ?? price('award'),
      winner: partyOrNull(value('supplier')),
    },
  ];
}

function cellUnder(grid: Grid, row: GridRow, label: Label): string | null {
  const column = grid.labels.indexOf(label);
  const text = column < 0 ? '' : oneLine(row.cells[column] ?? '');
  return text === '' || text === '/' ? null : text;
}

/** Area in ㎡: the unit stands in the cell or in the header (公顷, 亩, 平方米). */
function areaOf(header: string, cell: string | null): number | null {
  const m = /(\d+(?:,\d{3})*(?:\.\d+)?)\s*(公顷|亩|平方米|㎡|m2)?/i.exec(foldWidth(cell ?? ''));
  if (m?.[1] === undefined) return null;
  const unit = m[2] ?? header;
  const factor = SQM_PER.find(([pattern]) => pattern.test(unit))?.[1] ?? 1;
  return Math.round(Number(m[1].replaceAll(',', '')) * factor * 100) / 100;
}

function partyOrNull(cell: string | null): string | null {
  return cell === null ? null : readParty(cell);
}
