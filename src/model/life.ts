import type { LocalDay } from './day.ts';
import type { ProjectFacts } from './facts.ts';
import type { NoticeKind } from './notice.ts';

/** First and last day of something a page announces: sale of documents, listing. */
export interface DaySpan {
  from: LocalDay;
  to: LocalDay | null;
}

/** What one notice says of one lot; `lot` null where the project has none or the notice names none. */
export interface LotOutcome {
  lot: string | null;
  /** Yuan. */
  ceiling: number | null;
  /** Yuan: award or contract. */
  amount: number | null;
  suppliers: string[];
  failed: boolean;
}

/** One event of a project's life with what its pages state: all copies of the notice read together. */
export interface LifeEvent {
  kind: NoticeKind;
  round: number;
  title: string;
  noticeIds: string[];
  /** First stated day on any site, and on a medium the law names; null = on none. */
  published: LocalDay;
  onDesignated: LocalDay | null;
  documents: DaySpan | null;
  opening: LocalDay | null;
  /** Of land: first and last day of the listing; of an auction its day, `to` null. */
  listing: DaySpan | null;
  determined: LocalDay | null;
  letter: LocalDay | null;
  signed: LocalDay | null;
  candidates: { lot: string | null; names: string[] }[];
  outcomes: LotOutcome[];
}

/** What a project's statutory periods and awards are judged by. */
export interface ProjectLife {
  id: string;
  project: ProjectFacts['project'];
  /** Yuan: what may be paid at most, for the whole project. */
  ceiling: number | null;
  round: number;
  /** The day up to which notices are known. */
  asOf: LocalDay;
  /** Of the round, oldest first. */
  events: LifeEvent[];
  /** Why an absent contract notice, or an absent copy of the result on the medium the law names, proves nothing; null = it was looked for without a gap. */
  gaps: { contract: string | null; medium: string | null };
}
