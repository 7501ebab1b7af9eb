/** What operators were told of one incident over one channel. */
export interface Telling {
  /** `incident|channel` */
  id: string;
  incidentId: string;
  /** The channel's name in the settings. */
  channel: string;
  /** Epoch ms at which the channel took the word that it is open, and that it is closed; null: not yet, or never. */
  openTold: number | null;
  closedTold: number | null;
  /** The sending under way, or the last one, which failed; null once the channel took the word. */
  attempt: TellingAttempt | null;
  /** Nothing more is to be told of it. */
  isOver: boolean;
}

export interface TellingAttempt {
  /** How often the same word was sent. */
  number: number;
  /** Epoch ms. */
  at: number;
  /** Null while it is under way, and where the process ended in the middle: whether it arrived is not known then. */
  error: string | null;
}

export function tellingId(incidentId: string, channel: string): string {
  return `${incidentId}|${channel}`;
}
