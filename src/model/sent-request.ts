/**
 * A request as it was sent, robots.txt and redirects included: written down when it starts, so that the pace and the
 * quiet hours can be proven afterwards.
 */
export interface SentRequest {
  /** Host with its port, as in the address. */
  host: string;
  /** Epoch ms with fractions, by the sending process's steady clock: setting the machine's clock does not move it. */
  at: number;
  /** The same moment by the clock that quiet hours go by, epoch ms. */
  clockAt: number;
  sourceId: string;
  /** The process that sent it, and its how manieth request: together the request's identity. */
  process: string;
  number: number;
  /** Milliseconds that had to lie between it and the request to the host before it: the settings', or robots.txt's where longer. */
  intervalMs: number;
  /** The source's quiet hours at that time. */
  quietHours: { from: number; to: number } | null;
}
