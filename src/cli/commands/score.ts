import type { LinkingTrap } from '../../../test/portal/truth.ts';
import { createWeb } from '../../crawl/web.ts';
import { addDays } from '../../model/day.ts';
import { eveningOf, withBench } from '../bench-workshop.ts';
import { detectionOf } from '../detection.ts';
import { scoreDetection } from '../detection-score.ts';
import { printJson, say, table } from '../output.ts';
import { runPipeline } from '../pipeline.ts';
import { crawlReport } from '../report.ts';
import type { Watched } from '../watch-score.ts';
import { eventsIn, visitOf } from '../watched.ts';
import { openSources } from '../workshop.ts';

const TRAP_NAMES: Record<LinkingTrap, string> = {
  renamed: '中途改名',
  recoded: '编号写法改变',
  'full-width': '编号全角',
  lots: '多标段（包）',
  rounds: '多次采购',
  'shared-code': '两个采购人同号',
  sibling: '同一采购人的相似项目',
};

export interface ScoreOptions {
  seed: number;
  notices: number;
  faults?: string;
  /** Lives through so many days before the bench's last, crawling every evening; 0 = one crawl on the last. */
  days: number;
  json?: boolean;
  config: string;
  /** Address of another, empty store. */
  store?: string;
}

const EVERYTHING = { since: null, until: null };
/** As an operator would have it: every list from its beginning once a week, the last two weeks' days each day. */
const SWEEP_DAYS = 7;
const OVERLAP_DAYS = 15;

/** `gongshi score`: crawls the bench's sites, judges, and compares with what was planted. */
export async function score(options: ScoreOptions): Promise<void> {
  await withBench({ ...options, living: true }, async ({ portal, workshop: bench, clock }) => {
    const visits: Watched['visits'] = [];
    const sweeps = new Map<string, number>();
    const sleep = (ms: number): Promise<void> => {
      clock.advance(ms);
      return Promise.resolve();
    };
    let workshop = { ...bench, sleep, web: createWeb({ userAgent: bench.userAgent, sleep }) };
    for (let ago = options.days; ago >= 0; ago--) {
      const day = addDays(portal.truth.today, -ago);
      clock.set(eveningOf(day));
      await portal.dawn(day);
      workshop = { ...workshop, ...(await openSources({ config: options.config, localSites: portal.addresses })) };
      const { runs } = await runPipeline(workshop, {
        adapters: workshop.adapters,
        window: EVERYTHING,
        windowOf: (sourceId) =>
          (sweeps.get(sourceId) ?? Infinity) - ago < SWEEP_DAYS
            ? { since: addDays(day, -OVERLAP_DAYS), until: null }
            : EVERYTHING,
        full: false,
      });
      for (const run of runs) {
        visits.push(visitOf(run, day));
        if (run.outcome === 'complete' && run.window.since === null) sweeps.set(run.sourceId, ago);
      }
      if (ago === 0 || runs.some((run) => run.outcome !== 'complete' || run.failures.length > 0)) {
        say(`${day}\n${crawlReport(runs, workshop.definitions)}`);
      }
    }
    const found = await detectionOf(workshop, addDays(portal.truth.today, -options.days));
    const result = scoreDetection(
      portal.truth,
      options.days === 0 ? found : { ...found, watched: { visits, events: await eventsIn(workshop) } },
    );
    if (options.json === true) return printJson(result);
    const percent = (n: number): string => n.toFixed(4);
    const of = (name: string, d: typeof result.violations): string[] => [
      name,
      String(d.planted),
      String(d.detected),
      String(d.false),
      percent(d.precision),
      percent(d.recall),
    ];
    process.stdout.write(
      `${table([
        ['', '埋设', '检出', '误报', '准确率', '检出率'],
        of('违规', result.violations),
        of('待核', result.review),
      ])}\n\n${table([
        ['', '准确率', '检出率'],
        ['公告归组', percent(result.groups.precision), percent(result.groups.recall)],
        ['项目归并', percent(result.projects.precision), percent(result.projects.recall)],
      ])}\n\n${table([
        ['归并难点', '项目', '完全正确'],
        ...Object.entries(result.linking).map(([trap, l]) => [
          TRAP_NAMES[trap as LinkingTrap],
          String(l.planted),
          String(l.exact),
        ]),
      ])}\n\n${table([
        ['类别', '埋设', '检出', '误报', '发现用时（天，中位）'],
        ...Object.entries(result.faults).map(([name, f]) => [
          name,
          String(f.planted),
          String(f.detected),
          String(f.false),
          String(f.medianDays ?? '—'),
        ]),
      ])}\n\n模拟网站发布 ${result.collected.published} 条，网站向公众展示并已采集 ${result.collected.stored} 条（云南省政府采购网列表止于首页）。\n未经完整采集而作的肯定结论：${result.certainWithoutCoverage}\n`,
    );
  });
}
