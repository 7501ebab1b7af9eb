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
  for await (const places of store.findings.alertPlaces()) {
    const homes = await store.projects.ofNotices(places.flatMap(({ page }) => page ?? []));
    for (const { key, projectId, page } of places) {
      const home = homes.get(page ?? '');
      if (home === projectId) continue;
      const alert = await store.findings.alert(key);
      if (alert === null) continue;
      if (home !== undefined) {
        comingTo.set(home, [...(comingTo.get(home) ?? []), alert]);
        leaving.add(key);
        concerned.add(home).add(projectId);
      } else if ((await store.projects.get(projectId)) === null) homeless.push(alert);
    }
  }
  return { comingTo, leaving, concerned, homeless };
}
