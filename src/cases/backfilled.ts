import type { AlertChange, Store } from '../../storage/store.ts';
import type { FactSheet } from '../model/fact-sheet.ts';

/**
 * Marks the alerts that are opened, or opened again, by what a backfill brought in: the notice of the project that
 * arrived last came with a run by order of the operator. Other changes leave the mark as it is.
 */
export async function markBackfilled(
  store: Pick<Store, 'notices' | 'runs'>,
  changes: AlertChange[],
  noticesOf: (projectId: string) => FactSheet['notices'],
  now: number,
): Promise<AlertChange[]> {
  return Promise.all(
    changes.map(async (change) => {
      const last = change.history.at(-1);
      if (last?.at !== now || (last.event !== 'opened' && last.event !== 'reopened')) return change;
      const backfilled = await cameWithBackfill(store, noticesOf(change.projectId));
      return backfilled === (change.backfilled ?? false) ? change : { ...change, backfilled };
    }),
  );
}

async function cameWithBackfill(
  store: Pick<Store, 'notices' | 'runs'>,
  notices: FactSheet['notices'],
): Promise<boolean> {
  const last = notices.reduce<FactSheet['notices'][number] | null>((a, b) => (a === null || b[2] > a[2] ? b : a), null);
  if (last === null) return false;
  const [first] = await store.notices.revisions(last[0]);
  const run = first === undefined ? null : await store.runs.get(first.runId);
  return run?.backfill ?? false;
}
