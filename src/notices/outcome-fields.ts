import type { AmountKind, CandidateReading, LotReading, NoticeKind, ParcelReading } from '../model/notice.ts';
import type { AmountReading } from './amount.ts';
import { readAmount } from './amount.ts';
import { readAwards } from './awards.ts';
import type { Award } from './award.ts';
import { readCandidates } from './candidates.ts';
import { found } from './found.ts';
import type { Found, Readings } from './found.ts';
import type { Label } from './label.ts';
import { readParcels } from './land.ts';
import { budgetsUnderLots, readLots } from './lot-readings.ts';
import { amountOfPair, labelledAmount } from './money.ts';
import type { Pair } from './pairs.ts';
import { isOrganisation, readParties } from './parties.ts';
import type { Source } from './source.ts';
import { readTitle } from './title.ts';

/** Kinds that say who won. */
const AWARDING = new Set<NoticeKind>([
  'result',
  'award_letter',
  'contract',
  'correction',
  'acceptance',
  'single_source',
  'other',
]);
/** Kinds that state what a contract costs. */
const CONTRACTED = new Set<NoticeKind>(['contract', 'acceptance']);
const CALLING = new Set<NoticeKind>([
  'tender',
  'plan',
  'preview',
  'prequalification',
  'correction',
  'single_source',
  'other',
]);

/** Budget, ceiling, candidates, winners, lots, parcels, and the notice's amount. */
export function readOutcome(source: Source, readings: Readings): void {
  const { kind, pairs, cells, grids } = source;
  const { fields } = readings;
  readings.take('budget', amountsOf(source, 'budget'), sameYuan);
  readings.take('ceiling', amountsOf(source, 'ceiling'), sameYuan);
  const parcels = readParcels(grids, pairs, cells);
  if (parcels.length > 0) readings.take('parcels', [found(parcels, '', 'parcels', 0.9)]);

  const awards = AWARDING.has(kind) || kind === 'failed' ? readAwards(grids, pairs, cells) : [];
  readLotsOf(source, readings, awards);
  if (kind === 'candidate' || kind === 'correction') readRanking(source, readings);
  if (AWARDING.has(kind) && fields.candidates.length === 0) readWinners(source, readings, awards);
  if (CALLING.has(kind)) readCall(source, readings);
}

const sameYuan = (a: number, b: number): boolean => Math.abs(a - b) < 1;

/** The whole's amounts first; those of lots are parts of it. */
function amountsOf(source: Source, label: 'budget' | 'ceiling' | 'estimate'): Found<number>[] {
  const { pairs, cells, grids } = source;
  const underLots = new Set(budgetsUnderLots(pairs, cells).map(({ at }) => at));
  const readings: Found<number>[] = [];
  for (const pair of pairs) {
    if (
      pair.label !== label ||
      pair.section === 'fee' ||
      pair.section === 'goods' ||
      pair.section === 'qualification' ||
      underLots.has(pair.at)
    )
      continue;
    const amount = amountOfPair(pair, cells);
    if (amount !== null) readings.push(found(amount.yuan, `${pair.words}：${pair.value}`, `label:${label}`, 0.95));
  }
  for (const grid of grids) {
    const column = grid.labels.indexOf(label);
    if (column < 0 || grid.section === 'goods') continue;
    const amounts = grid.rows.map(
      (row) => labelledAmount(grid.header[column] ?? '', row.cells[column] ?? '')?.yuan ?? null,
    );
    if (amounts.length === 0 || amounts.includes(null)) continue;
    const sum = Math.round(amounts.reduce<number>((total, one) => total + (one ?? 0), 0) * 100) / 100;
    if (readings.length === 0) readings.push(found(sum, grid.header.join(' | '), `table:${label}`, 0.85));
  }
  if (readings.length === 0 && label === 'budget') {
    const parts = budgetsUnderLots(pairs, cells);
    if (parts.length > 0) {
      const sum = parts.reduce((total, { budget }) => total + budget, 0);
      readings.push(
        found(
          Math.round(sum * 100) / 100,
          parts.map(({ name, budget }) => `${name.name} ${budget}`).join('；'),
          'lots',
          0.8,
        ),
      );
    }
  }
  if (readings.length === 0) readings.push(...inProse(source.text, label));
  return readings;
}

const STATED =
  '([￥¥]?\\s?[\\d,.]+\\s?(?:亿元|万元|元)|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,40}[元圆][零壹贰叁肆伍陆柒捌玖角分整正]{0,8})';
const BEFORE_AMOUNT = '(?:为|约|：|:|约为|共计|总额)?\\s*(?:人民币)?\\s*';
const PROSE: Record<'budget' | 'ceiling' | 'estimate', RegExp> = {
  budget: new RegExp(`(?:采购预算|预算金额|项目预算|总预算|预算)(?:金额|价)?${BEFORE_AMOUNT}${STATED}`),
  ceiling: new RegExp(`(?:最高(?:投标)?限价|招标控制价|拦标价|投标控制价)${BEFORE_AMOUNT}${STATED}`),
  estimate: new RegExp(
    `(?:合同估算价|估算价|设计费|监理费|勘察费|检测费|工程造价|建安费|估算投资)${BEFORE_AMOUNT}${STATED}`,
  ),
};

function inProse(text: string, label: 'budget' | 'ceiling' | 'estimate'): Found<number>[] {
  const m = PROSE[label].exec(text);
  const amount = m?.[1] === undefined ? null : readAmount(m[1]);
  return amount === null || m === null ? [] : [found(amount.yuan, m[0], `sentence:${label}`, 0.75)];
}

/** What a call is worth: its budget, else its ceiling, else the estimate of the contract. */
function readCall(source: Source, readings: Readings): void {
  const { fields } = readings;
  if (fields.amount !== null) return;
  const { parcels } = fields;
  const starts = amountsBehind(source, ['startPrice']);
  if (fields.budget !== null) setAmount(readings, fields.budget, 'budget', readings.origins.budget?.words ?? '');
  else if (fields.ceiling !== null)
    setAmount(readings, fields.ceiling, 'ceiling', readings.origins.ceiling?.words ?? '');
  else if (parcels.length === 1 && parcels[0]!.startPrice !== null)
    setAmount(readings, parcels[0]!.startPrice, 'start_price', parcels[0]!.code);
  else if (parcels.length === 0 && starts[0] !== undefined)
    setAmount(readings, starts[0].value.yuan, starts[0].value.yearly ? 'yearly' : 'start_price', starts[0].words);
  else {
    const estimate = amountsOf(source, 'estimate')[0] ?? (source.kind === 'plan' ? investment(source) : undefined);
    if (estimate !== undefined) setAmount(readings, estimate.value, 'estimate', estimate.words);
  }
}

/** A plan names the investment where it has no estimate yet. */
function investment(source: Source): Found<number> | undefined {
  const first = amountsBehind(source, ['investment'])[0];
  return first === undefined ? undefined : found(first.value.yuan, first.words, first.rule, 0.7);
}

function amountsBehind({ pairs, cells }: Source, labels: readonly Label[]): Found<AmountReading>[] {
  return pairs
    .filter(({ label, section }) => labels.includes(label) && section !== 'fee' && section !== 'goods')
    .flatMap((pair: Pair) => {
      const amount = amountOfPair(pair, cells);
      return amount === null ? [] : [found(amount, `${pair.words}：${pair.value}`, `label:${pair.label}`, 0.9)];
    });
}

function setAmount(readings: Readings, yuan: number, kind: AmountKind, words: string): void {
  readings.take('amount', [found(yuan, words, kind, 0.9)]);
  readings.take('amountKind', [found(kind, words, kind, 0.9)]);
}

function readLotsOf(source: Source, readings: Readings, awards: readonly Award[]): void {
  const titleLots = readTitle(source.title).lots;
  const lots = readLots(titleLots, source.grids, source.pairs, source.cells, awards);
  if (lots.length > 0) readings.take('lots', [found(lots, lots.map(({ name }) => name).join('、'), 'lots', 0.85)]);
}

/** A bid a hundredth of the ceiling is a rate or a price of one, whatever the form calls it. */
function credible(yuan: number | null, fields: Readings['fields']): number | null {
  const limit = fields.ceiling ?? fields.budget;
  return yuan !== null && limit !== null && yuan * 100 < limit ? null : yuan;
}

function readRanking(source: Source, readings: Readings): void {
  const { fields } = readings;
  const ranking = readCandidates(source.grids, source.pairs, source.cells).map((one) => ({
    ...one,
    price: credible(one.price, fields),
  }));
  if (ranking.length === 0) return;
  readings.take('candidates', [
    found(ranking, ranking.map(({ rank, name }) => `${rank} ${name}`).join('；'), 'ranking', 0.9),
  ]);
  const firsts = ranking.filter(({ rank }) => rank === 1);
  const ordered = [...ranking].sort((a, b) => a.rank - b.rank);
  readings.take('suppliers', [
    found(
      [...new Set(ordered.filter(({ rank }) => rank === 1).flatMap(({ name }) => readParties(name)))],
      firsts.map(({ name }) => name).join('；'),
      'ranking',
      0.9,
    ),
  ]);
  rankedLots(ranking, readings);
  const [first] = firsts;
  // One lot's price is not the notice's amount.
  if (firsts.length === 1 && first !== undefined && first.price !== null)
    setAmount(readings, first.price, 'award', `${first.name} ${first.price}`);
  else if (firsts.length === 1) proposedPrice(source, readings);
}

/** Lots that a ranking has one by one: each with its own first candidate and price. */
function rankedLots(ranking: readonly CandidateReading[], readings: Readings): void {
  const ids = [...new Set(ranking.flatMap(({ lot }) => (lot === null ? [] : [lot])))];
  if (ids.length < 2 || readings.fields.lots.length > 0) return;
  const lots = ids.map((id): LotReading => {
    const first = ranking.find(({ lot, rank }) => lot === id && rank === 1);
    return {
      id,
      name: null,
      budget: null,
      amount: first?.price ?? null,
      suppliers: first === undefined ? [] : readParties(first.name),
      failed: false,
    };
  });
  readings.take('lots', [found(lots, ids.join('、'), 'ranking', 0.8)]);
}

/** 拟中标人 and 中标价 above a ranking that prints scores alone: the price of the first. */
function proposedPrice(source: Source, readings: Readings): void {
  const prices = source.pairs
    .filter(({ label, section, part }) => label === 'award' && part !== 'other' && section !== 'experts')
    .flatMap((pair) => {
      const amount = amountOfPair(pair, source.cells);
      return amount === null ? [] : [{ yuan: amount.yuan, words: `${pair.words}：${pair.value}` }];
    });
  const [only] = prices;
  if (only === undefined || prices.some(({ yuan }) => !sameYuan(yuan, only.yuan))) return;
  if (credible(only.yuan, readings.fields) !== null) setAmount(readings, only.yuan, 'award', only.words);
}

function readWinners(source: Source, readings: Readings, awards: readonly Award[]): void {
  const { kind } = source;
  const { fields } = readings;
  const winners = [...new Set(awards.flatMap(({ suppliers }) => suppliers))];
  readings.take('suppliers', [
    winners.length === 0 ? null : found(winners, awards.map(({ words }) => words).join('；'), 'awards', 0.9),
    kind === 'award_letter' ? addressee(source) : null,
  ]);
  if (kind === 'single_source') return;
  const contract = CONTRACTED.has(kind) ? amountsBehind(source, ['contractAmount', 'award'])[0] : undefined;
  if (contract !== undefined) {
    setAmount(readings, contract.value.yuan, contract.value.yearly ? 'yearly' : 'contract', contract.words);
    return;
  }
  const totals = amountsBehind(source, ['awardTotal']);
  const sum = totalOf(awards);
  const land = fields.parcels.length > 0 || fields.track === 'land' || fields.track === 'asset';
  const deals = amountsBehind(source, ['dealPrice']);
  const reading = sum ?? totals[0]?.value ?? deals[0]?.value ?? dealOfParcels(fields.parcels);
  if (reading === null || credible(reading.yuan, fields) === null) return;
  const words =
    sum === null ? (totals[0]?.words ?? deals[0]?.words ?? '') : awards.map((award) => award.words).join('；');
  setAmount(readings, reading.yuan, reading.yearly ? 'yearly' : land ? 'deal' : 'award', words);
  // The summary of several lots shows one lot's amount: kept, never taken.
  for (const total of totals) {
    if (!sameYuan(total.value.yuan, reading.yuan)) {
      readings.disagreements.push({
        field: 'amount',
        value: total.value.yuan,
        origin: { words: total.words, rule: total.rule, confidence: 0.5 },
      });
      break;
    }
  }
}

/** What all parcels went for together; null where one's price is not stated. */
function dealOfParcels(parcels: readonly ParcelReading[]): AmountReading | null {
  const prices = parcels.map(({ dealPrice }) => dealPrice);
  if (prices.length === 0 || prices.includes(null)) return null;
  return { yuan: Math.round(prices.reduce<number>((sum, one) => sum + (one ?? 0), 0) * 100) / 100, yearly: false };
}

/** 某公司：…确定你单位为中标人: a letter is written to who won. */
function addressee({ cells, text }: Source): Found<string[]> | null {
  if (!/[你贵](?:单位|公司|方)/.test(text)) return null;
  for (const { text: line } of cells.slice(0, 12)) {
    const name = /^(.{4,60}?)\s*[:：]$/.exec(line)?.[1] ?? '';
    if (isOrganisation(name)) return found(readParties(name), line, 'addressee', 0.8);
  }
  return null;
}

/** The awards of all lots together; null where one of several is not known, because a part is not the whole. */
function totalOf(awards: readonly Award[]): AmountReading | null {
  const won = awards.filter(({ failed, amount, suppliers }) => !failed && (amount !== null || suppliers.length > 0));
  const [only] = won;
  if (only === undefined) return null;
  if (won.length === 1) return only.amount;
  const amounts = won.map(({ amount }) => amount);
  if (amounts.includes(null))
    return won.every(({ lot }) => lot === null) ? (amounts.find((amount) => amount !== null) ?? null) : null;
  const distinct = won.filter(
    (award, i) =>
      won.findIndex((other) => other.lot?.id === award.lot?.id && other.suppliers.join() === award.suppliers.join()) ===
      i,
  );
  const yuan = distinct.reduce((total, { amount }) => total + (amount?.yuan ?? 0), 0);
  return { yuan: Math.round(yuan * 100) / 100, yearly: distinct.every(({ amount }) => amount?.yearly === true) };
}
