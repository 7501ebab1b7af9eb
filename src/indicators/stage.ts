import type { Store } from '../../storage/store.ts';
import type { Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import { gauge } from './gauge.ts';
import { INDICATORS } from './index.ts';
import type { Yardsticks } from './indicator.ts';

export interface IndicatorStage extends Yardsticks {
  store: Pick<Store, 'projects' | 'leads'>;
  clock: Clock;
}

/** Leads written together. */
const BATCH = 200;

/**
 * Brings the leads up to date with the projects. One that says what it said stays as it is and keeps its first moment;
 * one that no longer stands out is gone: it was no finding, and nothing rests on it.
 */
export async function refreshLeads({ store, clock, ...by }: IndicatorStage): Promise<{ leads: number }> {
  const told = new Map<string, Lead>();
  for (const lead of await gauge(() => store.projects.dealings(), INDICATORS, by, clock.now()))
    told.set(lead.key, lead);
  const gone: string[] = [];
  const changed = new Map(told);
  for await (const before of store.leads.all()) {
    const now = told.get(before.key);
    if (now === undefined) gone.push(before.key);
    else if (JSON.stringify({ ...now, since: 0 }) === JSON.stringify({ ...before, since: 0 })) changed.delete(now.key);
    else changed.set(now.key, { ...now, since: before.since });
  }
  const leads = [...changed.values()];
  for (let i = 0; i < gone.length; i += BATCH) await store.leads.replace(gone.slice(i, i + BATCH), []);
  for (let i = 0; i < leads.length; i += BATCH) await store.leads.replace([], leads.slice(i, i + BATCH));
  return { leads: told.size };
}
