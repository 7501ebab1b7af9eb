import { LeaveToOtherWorker } from '../../src/model/errors.ts';
import { CLOCK_SLACK_MS, type Lease } from '../../src/model/lease.ts';
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
      const isFree = before.owner === null || before.until <= now() || before.until > until + CLOCK_SLACK_MS;
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

/** By name; with the part of the store before it where another part has a question of the same name. */
const WRITES: ReadonlySet<string> = new Set([
  ...['begin', 'attempted', 'commitPage', 'finish', 'rearrangeArchive'],
  ...['clear', 'observe', 'sight', 'replace', 'putSheets', 'judge', 'keepJudged', 'append', 'putAttachment'],
  ...['put', 'add', 'forget', 'takeIn', 'findings.open'],
]);

/** A list of nothing to put, add or take in is no write. */
const LISTS: ReadonlySet<string> = new Set(['put', 'add', 'takeIn']);
const isOfNothing = (name: string, given: unknown[]): boolean => {
  const items = given.at(-1);
  return LISTS.has(name) && Array.isArray(items) && items.length === 0;
};

/** The store with a check before each of its writes. */
export function guarded(store: Store, check: () => void): Store {
  const wrapped = <T extends object>(target: T, inPart = ''): T =>
    new Proxy(target, {
      get(of, name) {
        const part: unknown = Reflect.get(of, name);
        if (name === 'leases' || part === null) return part;
        if (typeof part === 'object') return wrapped(part, `${String(name)}.`);
        const isWrite = WRITES.has(String(name)) || WRITES.has(`${inPart}${String(name)}`);
        if (typeof part !== 'function' || !isWrite) return part;
        return async (...given: unknown[]): Promise<unknown> => {
          if (!isOfNothing(String(name), given)) check();
          return Reflect.apply(part, of, given) as unknown;
        };
      },
    });
  return wrapped(store);
}
