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
