import type { LocalDay } from './day.ts';

/** One lot of a round: who offered what, and who got it. */
export interface BidLot {
  /** Null where the project has no lots. */
  lot: string | null;
  /** Yuan; null where no price is printed. */
  bids: { name: string; price: number | null }[];
  winners: string[];
  /** Yuan. */
  amount: number | null;
}

/** What the notices of a project's latest round state of bids and award. */
export interface Bidding {
  /** The purchaser as names are compared; null = none is stated. */
  buyer: string | null;
  /** What is bought, without buyer, region, year, batch and number; null where too little is left to compare by. */
  subject: string | null;
  /** The call's day, else the round's first. */
  called: LocalDay | null;
  opened: LocalDay | null;
  /** Earliest of the day a supplier was determined, the candidates' publicity and the result. */
  decided: LocalDay | null;
  lots: BidLot[];
}
