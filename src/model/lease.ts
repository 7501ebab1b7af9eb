/**
 * Permission to work on something alone, for a while: one process holds it, until it gives it back or lets it lapse.
 * `token` grows with every change of holder, so that what a holder of the past still writes can be told and refused.
 */
export interface Lease {
  /** What it is for: `source:yn_ccgp`, `host:ggzy.yn.gov.cn`, `judging`. */
  name: string;
  /** The process that holds it. */
  owner: string;
  token: number;
}

/**
 * A lease that ends later than its own length from now was taken before the clock was set back, and is free. Ends may differ by
 * this much without that being so: of several workers asking at once, the one that waited for another may have read the clock
 * before it.
 */
export const CLOCK_SLACK_MS = 10_000;
