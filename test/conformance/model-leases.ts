import { LeaveToOtherWorker } from '../../src/model/errors.ts';
import type { Lease } from '../../src/model/lease.ts';
import type { LeaseStore, Store } from '../../storage/store.ts';

interface Held {
  owner: string | null;
  token: number;
  until: number;
  note: string | null;
}

export interface ModelLeases extends LeaseStore {
  check(lease: Lease): void;
}

export function leasesOf(leases: Map<string, Held>): ModelLeases {
  const now = (): number => Date.now();
  const isHeldAs = ({ name, owner, token }: Lease): boolean => {
    const held = leases.get(name);
    return held !== undefined && held.owner === owner && held.token === token;
  };
  return {
    async acquire(name, owner, ttlMs) {
      const before = leases.get(name) ?? { owner: null, token: 0, until: 0, note: null };
      const until = now() + ttlMs;
      const isFree = before.owner === null || before.until <= now() || before.until > until;
      if (!isFree && before.owner !== owner) return null;
      const token = before.owner === owner ? before.token : before.token + 1;
      leases.set(name, { ...before, owner, token, until });
      return { name, owner, token };
    },
    async renew(lease, ttlMs) {
      if (!isHeldAs(lease)) return false;
      leases.get(lease.name)!.until = now() + ttlMs;
      return true;
    },
    async release(lease, note) {
      if (!isHeldAs(lease)) return;
      const held = leases.get(lease.name)!;
      leases.set(lease.name, { ...held, owner: null, until: 0, note: note ?? held.note });
    },
    note: async (name) => leases.get(name)?.note ?? null,
    held: async () =>
      [...leases]
        .filter(([, held]) => held.owner !== null && held.until > now())
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { owner, token }]) => ({ name, owner: owner!, token })),
    check(lease) {
      if (!isHeldAs(lease)) throw new LeaveToOtherWorker(lease.name);
    },
  };
}

const WRITES: ReadonlySet<string> = new Set([
  ...['begin', 'attempted', 'commitPage', 'finish'],
  ...['clear', 'observe', 'replace', 'judge', 'put', 'takeIn', 'append', 'putAttachment'],
]);

/** The store with a check before each of its writes. */
export function guarded(store: Store, check: () => void): Store {
  const wrapped = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        const part: unknown = Reflect.get(of, name);
        if (name === 'leases' || part === null) return part;
        if (typeof part === 'object') return wrapped(part);
        if (typeof part !== 'function' || !WRITES.has(String(name))) return part;
        return async (...given: unknown[]): Promise<unknown> => {
          check();
          return Reflect.apply(part, of, given) as unknown;
        };
      },
    });
  return wrapped(store);
}
