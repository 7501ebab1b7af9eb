import type { AmountReading } from './amount.ts';
import type { LotName } from './lots.ts';

/** What a notice awards for one lot, or for the whole. */
export interface Award {
  lot: LotName | null;
  suppliers: string[];
  amount: AmountReading | null;
  failed: boolean;
  /** The words read, for the origin. */
  words: string;
}
