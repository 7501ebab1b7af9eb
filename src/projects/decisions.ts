import type { LinkDecision } from '../model/link-decision.ts';

/** What people's words ask of a set of notices. */
export interface Words {
  /** Pairs of one project, each with the decision that says so. */
  together: { a: string; b: string; decision: LinkDecision }[];
  /** True where a person keeps these two in different projects. */
  apart(a: string, b: string): boolean;
  /** Those that a person keeps from the project of this one. */
  apartFrom(id: string): ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Reads decisions as they bear on the notices that are there; withdrawn ones bear on none.
 * Where two contradict each other the later one holds, and of the earlier whatever else it says.
 */
export function wordsOf(decisions: readonly LinkDecision[], present: ReadonlySet<string>): Words {
  const groups = new Groups();
  const apart = new Map<string, Set<string>>();
  const keptApart = (a: string, b: string): boolean => apart.get(a)?.has(b) === true;
  const keep = (a: string, b: string): void => void apart.set(a, (apart.get(a) ?? new Set()).add(b));
  const together: Words['together'] = [];
  for (const decision of latestFirst(decisions)) {
    const notices = decision.notices.filter((id) => present.has(id));
    if (decision.verdict === 'together') {
      const [first, ...rest] = notices;
      for (const other of rest) {
        if (first === undefined) break;
        const contradicted = groups.of(first).some((x) => groups.of(other).some((y) => keptApart(x, y)));
        if (contradicted) continue;
        groups.join(first, other);
        together.push({ a: first, b: other, decision });
      }
      continue;
    }
    for (const a of notices) {
      for (const b of decision.others) {
        if (!present.has(b) || groups.of(a).includes(b)) continue;
        keep(a, b);
        keep(b, a);
      }
    }
  }
  return { together, apart: keptApart, apartFrom: (id) => apart.get(id) ?? NONE };
}

function latestFirst(decisions: readonly LinkDecision[]): LinkDecision[] {
  return decisions
    .filter((decision) => decision.withdrawn === null)
    .sort((x, y) => y.at - x.at || (x.id < y.id ? 1 : -1));
}

/** Notices that words have joined. */
class Groups {
  readonly #of = new Map<string, string[]>();

  of(id: string): string[] {
    return this.#of.get(id) ?? [id];
  }

  join(a: string, b: string): void {
    if (this.of(a).includes(b)) return;
    const joined = [...this.of(a), ...this.of(b)];
    for (const id of joined) this.#of.set(id, joined);
  }
}
