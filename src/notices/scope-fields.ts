import { found } from './found.ts';
import type { Readings } from './found.ts';
import {
  categoryOf,
  methodOf,
  methodOfTitle,
  regionCodeOf,
  regionIn,
  stateFundedOf,
  subtypeOf,
  trackOf,
} from './scope.ts';
import type { Source } from './source.ts';

/** What decides the body of law: track, method, category, subtype, funding; and the region. */
export function readScope(source: Source, readings: Readings): void {
  const { input, pairs, title, text } = source;
  const { fields } = readings;
  const track = input.columnTrack ?? trackOf(title, text);
  if (track !== null)
    readings.take('track', [
      found(track, '', input.columnTrack == null ? 'words' : 'column', input.columnTrack == null ? 0.7 : 0.9),
    ]);

  const methods = pairs.flatMap((pair) => {
    // 方式 in 获取招标文件 says how papers are fetched.
    if (pair.label !== 'method' || pair.section === 'documents' || pair.part === 'documents') return [];
    const method = methodOf(pair.value);
    return method === null ? [] : [found(method, `${pair.words}：${pair.value}`, 'label:method', 0.95)];
  });
  const byTitle = methodOfTitle(title);
  const tabled = columnTexts(source, 'method').map((cell) => ({ cell, method: methodOf(cell) }));
  const inTable = tabled.flatMap(({ cell, method }) =>
    method === null ? [] : [found(method, cell, 'table:method', 0.9)],
  );
  readings.take('method', [...methods, ...inTable, byTitle === null ? null : found(byTitle, title, 'title', 0.8)]);

  const stated = pairs
    .filter(({ label, section }) => label === 'workType' && section !== 'goods')
    .map(({ value }) => value);
  const category = categoryOf(stated, title, fields.projectName, fields.track);
  if (category !== null)
    readings.take('category', [
      found(
        category,
        stated[0] ?? fields.projectName ?? title,
        stated.length > 0 ? 'label:workType' : 'name',
        stated.length > 0 ? 0.9 : 0.7,
      ),
    ]);
  const subtype = subtypeOf(stated, fields.projectName, title, fields.category);
  if (subtype !== null)
    readings.take('subtype', [found(subtype, stated[0] ?? fields.projectName ?? title, 'works', 0.75)]);

  const funding = [
    ...pairs.filter(({ label }) => label === 'funding').map(({ value }) => value),
    ...columnTexts(source, 'funding'),
    ...fundingInProse(text),
  ];
  const funded = stateFundedOf(funding);
  if (funded !== null) readings.take('stateFunded', [found(funded, funding.join('；'), 'label:funding', 0.9)]);

  const printed = input.region ?? pairs.find(({ label }) => label === 'region')?.value ?? null;
  const named = regionIn(`${title} ${fields.projectName ?? ''} ${fields.purchaser ?? ''}`);
  const code = printed === null ? null : regionCodeOf(printed);
  if (code !== null && code !== '532500') {
    readings.take('region', [found(printed, printed ?? '', 'region', 0.9)]);
    readings.take('regionCode', [found(code, printed ?? '', 'region', 0.9)]);
  } else if (named !== null) {
    readings.take('region', [found(named.region, title, 'name', 0.75)]);
    readings.take('regionCode', [found(named.regionCode, title, 'name', 0.75)]);
  } else if (printed !== null) {
    readings.take('region', [found(printed, printed, 'region', 0.9)]);
    readings.take('regionCode', [code === null ? null : found(code, printed, 'region', 0.8)]);
  }
}

function columnTexts({ grids }: Source, label: 'method' | 'funding'): string[] {
  return grids.flatMap((grid) => {
    const column = grid.labels.indexOf(label);
    return column < 0 ? [] : grid.rows.map((row) => row.cells[column] ?? '').filter((cell) => cell !== '');
  });
}

/** 建设资金来自财政资金 */
function fundingInProse(text: string): string[] {
  const m = /(?:建设)?资金来(?:自|源(?:为|于|：|:)?)\s*([^，。；\n]{2,40})/.exec(text);
  return m?.[1] === undefined ? [] : [m[1]];
}
