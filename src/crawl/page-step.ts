/**
 * What is done about one page: fetch = one request from its sending to its last byte, waiting for its turn left out ·
 * archive = the reply is kept · parse = the bytes are read · store = everything it changes is committed.
 */
export const PAGE_STEPS = ['fetch', 'archive', 'parse', 'store'] as const;
export type PageStep = (typeof PAGE_STEPS)[number];

/** How long a step took, also one that failed. */
export type OnPageStep = (took: { sourceId: string; step: PageStep; ms: number }) => void;

/** By a clock that nobody can set, fine enough for a page that is read within a millisecond. */
export async function timed<T>(work: () => T | Promise<T>, tell: (ms: number) => void): Promise<T> {
  const from = performance.now();
  try {
    return await work();
  } finally {
    tell(performance.now() - from);
  }
}
