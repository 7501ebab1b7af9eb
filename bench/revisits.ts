import { runPipeline } from '../src/cli/pipeline.ts';
import { withBench } from '../src/cli/bench-workshop.ts';
import { addDays, momentOf } from '../src/model/day.ts';
import { option } from './figures.ts';
import { CONFIG } from './paths.ts';

/**
 * What conditional requests save: the demo's sites are read whole on a day in the middle of their world, and visited
 * again four hours later, as the schedule has it. Prints per source what the visit read again and what it did not have
 * to receive.
 *
 *   node bench/revisits.ts --seed 20161123 --notices 1200 --ago 120
 */
const seed = option('seed', 20_161_123);
const notices = option('notices', 1200);
const ago = option('ago', 120);
const FOUR_HOURS = 4 * 3600_000;

await withBench({ seed, notices, config: CONFIG, living: true }, async ({ portal, workshop, clock }) => {
  const day = addDays(portal.truth.today, -ago);
  clock.set(`${day}T12:00`);
  const all = { adapters: workshop.adapters, full: false };
  await runPipeline(workshop, { ...all, window: { since: null, until: null } });
  clock.set(momentOf(clock.now() + FOUR_HOURS));
  const visit = await runPipeline(workshop, { ...all, window: { since: addDays(day, -10), until: null } });
  const lines = [`seed ${seed}, ${notices} notices, ${day}`];
  for (const run of visit.runs) {
    let pages = 0;
    let confirmed = 0;
    let received = 0;
    let saved = 0;
    for await (const record of workshop.store.runs.allArchiveRecords()) {
      if (record.runId !== run.id) continue;
      pages += 1;
      received += record.size;
      if (record.revisits === undefined) continue;
      confirmed += 1;
      saved += (await workshop.store.runs.archiveRecord(record.revisits))!.size;
    }
    const share = ((100 * saved) / Math.max(1, saved + received)).toFixed(0);
    lines.push(
      `${run.sourceId}: ${run.outcome}; ${pages} replies, ${confirmed} of them 304; ${received} bytes of bodies received, ${saved} saved (${share} %)`,
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
});
