import type { DaySpan, LifeEvent, ProjectLife } from '../../model/life.ts';
import type { NoticeKind } from '../../model/notice.ts';
import { sameParty } from '../names.ts';
import type { Sight, Stated } from './statute.ts';

/** What the rules look for in a project's life. */

export function eventsOfKind(life: ProjectLife, kind: NoticeKind): LifeEvent[] {
  return life.events.filter((event) => event.kind === kind);
}

/** The round's call: 招标、采购、谈判、磋商、询价、出让公告. */
export function call(life: ProjectLife): LifeEvent | null {
  return eventsOfKind(life, 'tender')[0] ?? null;
}

/** The documents' first day as stated, else the call's publication: they cannot be had before anyone knows of them. */
export function documentsStart(tender: LifeEvent): Stated {
  const stated = tender.documents?.from ?? null;
  if (stated !== null) return { day: stated, words: '文件开始发出', event: tender };
  return { day: tender.published, words: '公告发布（文件最早由此发出）', event: tender };
}

/** The day bids are due, as last moved by a correction. Null = no page states it. */
export function dueDay(life: ProjectLife, tender: LifeEvent): Stated | null {
  const moved = eventsOfKind(life, 'correction').filter((c) => c.opening !== null && c.published >= tender.published);
  const last = moved.at(-1) ?? (tender.opening === null ? null : tender);
  return last === null || last.opening === null ? null : { day: last.opening, words: '提交截止', event: last };
}

/** From the documents to the day bids are due. */
export function biddingPeriod(life: ProjectLife): Sight[] {
  const tender = call(life);
  if (tender === null) return [];
  const end = dueDay(life, tender);
  // A date before the call is a misprint or a misreading: it accuses nobody.
  if (end === null || end.day < tender.published) {
    return [{ lot: null, is: 'doubt', code: 'FACTS_MISSING', because: '公告未载明提交截止时间', events: [tender] }];
  }
  return [{ lot: null, is: 'period', start: documentsStart(tender), end }];
}

/** First and last day on which the documents can be had. */
export function documentsPeriod(life: ProjectLife): Sight[] {
  const tender = call(life);
  if (tender === null) return [];
  const { documents } = tender;
  // A span that ends before it begins is a slip of the pen.
  if (documents?.to == null || documents.to < documents.from) {
    return [
      { lot: null, is: 'doubt', code: 'FACTS_MISSING', because: '公告未载明文件获取的起止日期', events: [tender] },
    ];
  }
  return [
    {
      lot: null,
      is: 'period',
      start: { day: documents.from, words: '文件开始发售（提供）', event: tender },
      end: { day: documents.to, words: '停止发售（提供）', event: tender },
    },
  ];
}

/** Contract notices of a lot; those that name no lot speak of all. */
export function contractsOf(life: ProjectLife, lot: string | null): LifeEvent[] {
  return eventsOfKind(life, 'contract').filter((event) => speaksOf(event, lot));
}

export function speaksOf(event: LifeEvent, lot: string | null): boolean {
  return lot === null || event.outcomes.every((o) => o.lot === null) || event.outcomes.some((o) => o.lot === lot);
}

/** What a notice says of a lot; null where it says nothing of this one alone. */
export function outcomeOf(event: LifeEvent, lot: string | null): LifeEvent['outcomes'][number] | null {
  return event.outcomes.find((outcome) => outcome.lot === lot) ?? null;
}

/** A lot that was awarded, and the result that says so. */
export interface Award {
  lot: string | null;
  event: LifeEvent;
}

/** Lots that were awarded, with the result that says so; `lot` null where the project has none. */
export function awards(life: ProjectLife): Award[] {
  const lots: (string | null)[] = life.project.lots ?? [null];
  return lots.flatMap((lot) => {
    const event = eventsOfKind(life, 'result').find((result) => {
      const outcome = outcomeOf(result, lot);
      return outcome === null ? lot === null : !outcome.failed;
    });
    return event === undefined ? [] : [{ lot, event }];
  });
}

/** 标段2, or nothing. */
export function ofLot(lot: string | null): string {
  return lot === null ? '' : `标段（包）${lot}的`;
}

/** The award letter of a lot: its own notice, else the date that the result prints. */
export function letterOf(life: ProjectLife, lot: string | null, result: LifeEvent): Stated | null {
  const own = eventsOfKind(life, 'award_letter').find((event) => event.letter !== null && speaksOf(event, lot));
  const event = own ?? result;
  return event.letter === null ? null : { day: event.letter, words: '通知书发出', event };
}

/**
 * From the letter to the signing, or to today where no contract notice was seen. Of all contracts the first signed one
 * counts: later ones renew or amend it. Where several suppliers won, each has a first contract of its own.
 */
export function contractSight(life: ProjectLife, award: Award, start: Stated): Sight[] {
  const { lot } = award;
  const contracts = contractsOf(life, lot);
  const signed = contracts.filter((event) => event.signed !== null && event.signed <= event.published);
  if (signed.length > 0) {
    return firstOfEach(signed, award).map((event) => ({
      lot,
      is: 'period',
      start,
      end: { day: event.signed!, words: '合同签订', event },
    }));
  }
  if (contracts.length > 0) {
    return [{ lot, is: 'doubt', code: 'FACTS_MISSING', because: '合同公告未载明签订日期', events: contracts }];
  }
  return [{ lot, is: 'open', start, end: '合同公告', gap: life.gaps.contract }];
}

/** The contract signed first, and of other winners who are named in contracts of their own the first of each. */
function firstOfEach(signed: readonly LifeEvent[], { lot, event }: Award): LifeEvent[] {
  const firstOf = (contracts: readonly LifeEvent[]): LifeEvent[] =>
    contracts.length === 0 ? [] : [contracts.reduce((first, one) => (one.signed! < first.signed! ? one : first))];
  const partiesOf = (contract: LifeEvent): string[] =>
    (outcomeOf(contract, lot) ?? outcomeOf(contract, null))?.suppliers ?? [];
  const winners = outcomeOf(event, lot)?.suppliers ?? [];
  const ofEach = winners.flatMap((winner) =>
    firstOf(signed.filter((contract) => partiesOf(contract).some((party) => sameParty(party, winner)))),
  );
  return [...new Set([...firstOf(signed), ...ofEach])];
}

/** Listing times as last changed by a supplementary notice. */
export function listingOf(life: ProjectLife, tender: LifeEvent): { span: DaySpan; event: LifeEvent } | null {
  const changed = eventsOfKind(life, 'correction').filter((event) => event.listing !== null);
  const event = changed.at(-1) ?? tender;
  return event.listing === null ? null : { span: event.listing, event };
}
