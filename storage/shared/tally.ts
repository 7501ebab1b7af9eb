import type { TallyLimits } from '../store.ts';

/**
 * A list says how long it is with every answer: the answer must not wait for a million entries. Counting 10,000 in the
 * index took 0.6 ms and reading 50 texts 2 ms on the machine of docs/benchmarks.md; nobody turns so many pages.
 */
export const TALLY_LIMITS: TallyLimits = { counted: 10_000, checked: 50 };
