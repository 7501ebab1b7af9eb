/** One visit of ours to the page of a notice that lists no longer show. */
export interface Probe {
  /** Epoch ms of the reply. */
  at: number;
  /** gone: the site says there is no such page · there: it still answers with the notice · unclear: anything else. */
  found: 'gone' | 'there' | 'unclear';
  /** HTTP status; null where no reply came. */
  status: number | null;
  archiveId: string | null;
}

/**
 * A notice that a complete run of its column no longer lists.
 * - `missing`: not listed; whether it was withdrawn is not known
 * - `withdrawn`: two complete runs or more do not list it, and the site says that its page is gone
 * - `unlisted`: two complete runs or more do not list it, and its page still answers
 * - `returned`: listed again; what follows is another vanishing
 */
export interface Vanishing {
  /** `notice|run that first missed it` */
  id: string;
  noticeId: string;
  sourceId: string;
  channelId: string;
  state: 'missing' | 'withdrawn' | 'unlisted' | 'returned';
  /** Complete runs in a row that reached the notice's day and did not list it, oldest first; `at`: epoch ms of their start. */
  missedBy: { runId: string; at: number }[];
  /** Only those made while the column was completely read, oldest first. */
  probes: Probe[];
  /** Epoch ms: the notice was last seen, its absence was found, it was listed again. */
  lastSeenAt: number;
  openedAt: number;
  returnedAt: number | null;
}
