import type { SentRequest } from '../model/sent-request.ts';

type Entry = Omit<SentRequest, 'process' | 'number'>;

/**
 * Writes down every request of a process as it is sent. A request counts as answered only when its entry is stored:
 * a killed process leaves out at most those that were under way.
 */
export class RequestLog {
  readonly #process: string;
  readonly #write: (requests: SentRequest[]) => Promise<void>;
  #number = 0;

  /** `process` tells this process from all others that write into the same log. */
  constructor(process: string, write: (requests: SentRequest[]) => Promise<void>) {
    this.#process = process;
    this.#write = write;
  }

  /** Sends, and stores the entry meanwhile; throws what either throws. */
  async sending<T>(entry: Entry, send: () => Promise<T>): Promise<T> {
    this.#number += 1;
    const request = { ...entry, process: this.#process, number: this.#number };
    const [reply] = await Promise.all([send(), this.#write([request])]);
    return reply;
  }
}
