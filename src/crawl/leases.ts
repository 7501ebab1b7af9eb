import type { LeaseStore } from '../../storage/store.ts';
import { LeaveToOtherWorker } from '../model/errors.ts';
import type { Lease } from '../model/lease.ts';

/** Long enough to outlast an election of the database, short enough that a dead worker's sources change hands within a minute. */
export const LEASE_MS = 30_000;

/** A lease as its holder works under it; renewed by itself until released. */
export interface HeldLease {
  /** Fences the holder's writes: `Store.fenced`. */
  readonly lease: Lease;
  /** Aborted with `LeaveToOtherWorker` once the lease is known to be another's. */
  readonly lost: AbortSignal;
  /** Nobody ever held it before. */
  readonly first: boolean;
  /**
   * Resolves where the lease is certainly this process's at this moment: by the last renewal while that is recent,
   * else by asking the store. A process that was paused finds out here, before it asks a site for anything.
   * Throws `LeaveToOtherWorker`, or what the store throws.
   */
  confirm(): Promise<void>;
  /** Gives it back, with a note for the next holder. A store that does not answer is left to let it lapse. */
  release(note?: string): Promise<void>;
}

interface KeeperOptions {
  store: LeaseStore;
  /** Names this process; no two may have the same. */
  owner: string;
  ttlMs?: number;
  /** Whether the process of that name is known to have ended: its leases are not waited for. */
  isGone?: (owner: string) => boolean;
  /** Milliseconds that go on while the process is paused and that no one can set. */
  monotonic?: () => number;
  /** Calls `work` now and then until the returned function is called. */
  every?: (ms: number, work: () => void) => () => void;
}

/** The leases of one process. A lease that several of its sources share (a host's) is taken once and given back by the last. */
export class LeaseKeeper {
  readonly #options: Required<KeeperOptions>;
  readonly #kept = new Map<string, { held: KeptLease; users: number }>();

  constructor(options: KeeperOptions) {
    this.#options = {
      ttlMs: LEASE_MS,
      isGone: () => false,
      monotonic: () => performance.now(),
      every: everyInterval,
      ...options,
    };
  }

  /** Null where another process has it. */
  async take(name: string): Promise<HeldLease | null> {
    const { store, owner, ttlMs, monotonic } = this.#options;
    const asked = monotonic();
    const lease =
      (await store.acquire(name, owner, ttlMs)) ??
      ((await this.#endForTheGone(name)) ? await store.acquire(name, owner, ttlMs) : null);
    if (lease === null) return null;
    const kept = this.#kept.get(name);
    if (kept !== undefined && kept.held.lease.token === lease.token) {
      kept.users += 1;
      return this.#shared(name, kept);
    }
    // Another held it meanwhile: what this process still does under the old one is refused.
    kept?.held.lose();
    const fresh = { held: new KeptLease(lease, asked, this.#options), users: 1 };
    this.#kept.set(name, fresh);
    return this.#shared(name, fresh);
  }

  /** All of them or none, in one order for all processes. */
  async takeAll(names: string[]): Promise<HeldLease[] | null> {
    const taken: HeldLease[] = [];
    for (const name of [...new Set(names)].sort()) {
      const lease = await this.take(name);
      if (lease === null) {
        for (const other of taken) await other.release();
        return null;
      }
      taken.push(lease);
    }
    return taken;
  }

  /** A holder that was killed gives nothing back; where that can be known here it is done for it. */
  async #endForTheGone(name: string): Promise<boolean> {
    const { store, owner, isGone } = this.#options;
    const holder = (await store.held()).find((lease) => lease.name === name);
    if (holder === undefined || holder.owner === owner || !isGone(holder.owner)) return false;
    await store.release(holder);
    return true;
  }

  #shared(name: string, kept: { held: KeptLease; users: number }): HeldLease {
    const { held } = kept;
    let released = false;
    return {
      lease: held.lease,
      lost: held.lost,
      first: held.lease.token === 1,
      confirm: () => held.confirm(),
      release: async (note) => {
        if (released) return;
        released = true;
        kept.users -= 1;
        if (kept.users > 0) return;
        if (this.#kept.get(name) === kept) this.#kept.delete(name);
        await held.end(note);
      },
    };
  }
}

class KeptLease {
  readonly lease: Lease;
  readonly #options: Required<KeeperOptions>;
  readonly #lost = new AbortController();
  readonly #stop: () => void;
  /** When the last successful renewal was asked for: the lease stands for `ttlMs` from then at least. */
  #renewedAt: number;

  constructor(lease: Lease, renewedAt: number, options: Required<KeeperOptions>) {
    this.lease = lease;
    this.#renewedAt = renewedAt;
    this.#options = options;
    this.#stop = options.every(options.ttlMs / 3, () => {
      // A store that does not answer now is asked again; work goes on for as long as the lease is certain.
      this.#renew().catch(() => undefined);
    });
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async confirm(): Promise<void> {
    this.#lost.signal.throwIfAborted();
    // A third is kept back for clocks that do not run alike and for the request's own way to the site.
    const certainFor = (this.#options.ttlMs * 2) / 3;
    if (this.#options.monotonic() - this.#renewedAt < certainFor) return;
    await this.#renew();
    this.#lost.signal.throwIfAborted();
  }

  async end(note: string | undefined): Promise<void> {
    this.#stop();
    await this.#options.store.release(this.lease, note);
  }

  lose(): void {
    this.#stop();
    this.#lost.abort(new LeaveToOtherWorker(this.lease.name));
  }

  async #renew(): Promise<void> {
    const asked = this.#options.monotonic();
    if (await this.#options.store.renew(this.lease, this.#options.ttlMs)) this.#renewedAt = asked;
    else this.lose();
  }
}

function everyInterval(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}
