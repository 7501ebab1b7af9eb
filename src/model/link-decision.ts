/** A person's word on which notices belong together. It wins over every link that was found. */
export interface LinkDecision {
  id: string;
  /** together: all of `notices` are of one project · apart: none of `notices` is of a project with any of `others` */
  verdict: 'together' | 'apart';
  /** Notice ids. */
  notices: string[];
  /** Notice ids; empty for `together`. */
  others: string[];
  reason: string;
  /** Who decided, as named in the request. */
  by: string;
  /** Epoch ms. */
  at: number;
  /** Set: taken back. It no longer counts, and stays on record. */
  withdrawn: { by: string; at: number; reason: string } | null;
}

/** Every notice that it names. */
export function namedIn({ notices, others }: Pick<LinkDecision, 'notices' | 'others'>): string[] {
  return [...new Set([...notices, ...others])];
}
