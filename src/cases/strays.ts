import type { Store } from '../../storage/store.ts';
import type { Alert } from '../model/finding.ts';

/** Alerts whose pages have gone to another project than the one they were raised for, or are in none. */
export interface Strays {
  /** By project, those that it takes over. */
  comingTo: ReadonlyMap<string, Alert[]>;
  /** Keys of the same. */
  leaving: ReadonlySet<string>;
  /** Projects that lose or take over an alert. */
  concerned: ReadonlySet<string>;
  homeless: Alert[];
}

/**
 * A project's id follows its earliest notice, and a person or a new page may part and join projects: what an alert rests
 * on stays, so the alert goes where the first page of its evidence is.
 */
export async function strayAlerts(store: Store): Promise<Strays> {
  const comingTo = new Map<string, Alert[]>();
  const leaving = new Set<string>();
  const concerned = new Set<string>();
  const homeless: Alert[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.findings.alerts({ limit: 500, cursor });
    const firstPage = (alert: Alert): string => alert.finding.evidence[0]?.noticeId ?? '';
    const homes = await store.projects.ofNotices(page.items.map(firstPage));
    for (const alert of page.items) {
      const home = homes.get(firstPage(alert));
      if (home === alert.projectId) continue;
      if (home !== undefined) {
        comingTo.set(home, [...(comingTo.get(home) ?? []), alert]);
        leaving.add(alert.key);
        concerned.add(home).add(alert.projectId);
      } else if ((await store.projects.get(alert.projectId)) === null) homeless.push(alert);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { comingTo, leaving, concerned, homeless };
}
