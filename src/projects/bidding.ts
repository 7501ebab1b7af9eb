import type { Bidding, BidLot } from '../model/bidding.ts';
import type { LocalDay } from '../model/day.ts';
import type { NoticeFields, NoticeKind } from '../model/notice.ts';
import { nameKey } from '../notices/parties.ts';
import { titleKey } from '../notices/title.ts';
import { withoutRegion } from './parties.ts';
import { withoutGeneric } from './similarity.ts';
import { byNumber, kindOf, type RoundedGroup } from './rounds.ts';

/** What the events of one round, in order, state of bids and award. */
export function biddingOf(round: RoundedGroup[], name: string, purchaser: string | null): Bidding {
  const tender = round.find((event) => kindOf(event) === 'tender' || kindOf(event) === 'single_source');
  const buyer = purchaser === null ? null : nameKey(purchaser);
  return {
    buyer: buyer === '' ? null : buyer,
    subject: subjectOf(name, buyer),
    called: tender?.day ?? round.find((event) => event.day !== null)?.day ?? null,
    opened: openedOn(round),
    decided: decidedOn(round),
    lots: lotsOf(round),
  };
}

/** 第二批, 2026年度, 三期, and a bare number at the end: what is bought again under another number is the same thing. */
const SERIAL =
  /第?[\d〇零一二三四五六七八九十百]{1,4}(?:年度|年|季度|学期|期|批次|批|次|标|号|段|片区|组)|\d+|[一二三四五六七八九十甲乙丙丁a-e]$/gu;
/** Two characters (维修) are bought by everybody for everything. */
const SHORTEST_SUBJECT = 3;

function subjectOf(name: string, buyer: string | null): string | null {
  const unnumbered = (text: string): string => text.toLowerCase().replace(SERIAL, '');
  const key = withoutRegion(unnumbered(titleKey(name)));
  const front = buyer === null ? '' : withoutRegion(unnumbered(buyer));
  const subject = withoutGeneric(front.length >= 3 && key.startsWith(front) ? key.slice(front.length) : key);
  return subject.length >= SHORTEST_SUBJECT ? subject : null;
}

/** The day bids were opened, as last moved by a correction. */
function openedOn(round: RoundedGroup[]): LocalDay | null {
  const stated = (kind: NoticeKind): LocalDay[] =>
    round
      .filter((event) => kindOf(event) === kind)
      .flatMap((event) => event.copies.find((copy) => copy.fields.openingDate !== null)?.fields.openingDate ?? [])
      .map((moment) => moment.slice(0, 10));
  return stated('correction').at(-1) ?? stated('tender').at(-1) ?? null;
}

function decidedOn(round: RoundedGroup[]): LocalDay | null {
  const days = round
    .filter((event) => kindOf(event) === 'candidate' || kindOf(event) === 'result')
    .flatMap((event) => [
      ...(event.day === null ? [] : [event.day]),
      ...event.copies.flatMap((copy) => copy.fields.determinedDate?.slice(0, 10) ?? []),
    ]);
  return days.sort()[0] ?? null;
}

/** A list names its lots, or the page is about one lot, or the project has none. */
function lotsOf(round: RoundedGroup[]): BidLot[] {
  const lots = new Map<string | null, BidLot>();
  const at = (lot: string | null): BidLot => {
    const known = lots.get(lot) ?? { lot, bids: [], winners: [], amount: null };
    lots.set(lot, known);
    return known;
  };
  for (const event of round) {
    const kind = kindOf(event);
    if (kind !== 'candidate' && kind !== 'result') continue;
    for (const { fields } of event.copies) {
      for (const { lot, name, price } of fields.candidates) {
        const { bids } = at(lot);
        // Copies print one bidder in brackets of another width.
        const known = bids.find((bid) => nameKey(bid.name) === nameKey(name));
        if (known === undefined) bids.push({ name, price });
        else known.price ??= price;
      }
      if (kind === 'result') takeAwards(fields, at);
    }
  }
  return [...lots.values()].sort((a, b) => byNumber(a.lot ?? '', b.lot ?? ''));
}

function takeAwards(fields: NoticeFields, at: (lot: string | null) => BidLot): void {
  const paid = fields.amountKind === 'award' ? fields.amount : null;
  if (fields.lots.length === 0) {
    const whole = at(null);
    if (whole.winners.length === 0) whole.winners = fields.suppliers;
    whole.amount ??= paid;
    return;
  }
  for (const lot of fields.lots.filter((one) => !one.failed)) {
    const own = at(lot.id);
    if (own.winners.length === 0) own.winners = lot.suppliers;
    own.amount ??= lot.amount;
  }
}
