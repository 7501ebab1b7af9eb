import type { Dealing } from '../model/dealing.ts';
import type { Lead } from '../model/lead.ts';
import { stepOf } from './indicator.ts';
import type { Distribution, Indicator, LeadDraft, Yardsticks } from './indicator.ts';

/**
 * All leads there are. Two passes over the dealings, buyer after buyer: the first counts how the values spread among
 * their peers, the second tells which stand out. Held in memory: one buyer's dealings, one row of counts a group of
 * peers, and the leads. `dealings` is asked for twice and gives the dealings of one buyer together.
 */
export async function gauge(
  dealings: () => AsyncIterable<Dealing>,
  indicators: readonly Indicator[],
  by: Yardsticks,
  now: number,
): Promise<Lead[]> {
  const used = indicators
    .filter((indicator) => indicator.enabled(by.settings))
    .map((indicator) => ({ indicator, peers: new Map<string, { count: number; counts: number[] }>() }));
  for await (const buyer of byBuyer(dealings())) {
    for (const { indicator, peers } of used) {
      for (const { peers: name, value } of indicator.measure(buyer, by)) {
        let group = peers.get(name);
        if (group === undefined) peers.set(name, (group = { count: 0, counts: indicator.steps.map(() => 0) }));
        group.count += 1;
        group.counts[stepOf(indicator.steps, value)]! += 1;
      }
    }
  }
  const leads: Lead[] = [];
  for await (const buyer of byBuyer(dealings())) {
    for (const { indicator, peers } of used) {
      for (const { peers: name, value, draft } of indicator.measure(buyer, by)) {
        if (draft === null) continue;
        const group = peers.get(name)!;
        const tellable = group.count >= indicator.minPeers(by.settings);
        if (!tellable || indicator.standsOut?.(value, group, by.settings) === false) continue;
        leads.push(leadOf(indicator, draft(), { name, value, group }, by, now));
      }
    }
  }
  return leads;
}

function leadOf(
  indicator: Indicator,
  draft: LeadDraft,
  { name, value, group }: { name: string; value: number; group: Distribution },
  { settings }: Yardsticks,
  now: number,
): Lead {
  const here = stepOf(indicator.steps, value);
  return {
    ...draft,
    indicator: indicator.id,
    version: indicator.version,
    formula: indicator.formula(settings),
    peers: {
      words: name,
      count: group.count,
      spread: indicator.steps.map(({ label }, i) => ({ label, count: group.counts[i]!, here: i === here })),
    },
    since: now,
  };
}

/** Runs of dealings of one buyer. */
async function* byBuyer(dealings: AsyncIterable<Dealing>): AsyncGenerator<Dealing[]> {
  let run: Dealing[] = [];
  for await (const dealing of dealings) {
    if (run.length > 0 && run[0]!.bidding.buyer !== dealing.bidding.buyer) {
      yield run;
      run = [];
    }
    run.push(dealing);
  }
  if (run.length > 0) yield run;
}
