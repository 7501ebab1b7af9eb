import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { judgeAllProjects, previewAllProjects } from '../src/cases/judge-stage.ts';
import { withBench } from '../src/cli/bench-workshop.ts';
import { runPipeline } from '../src/cli/pipeline.ts';
import { openStore } from '../src/cli/store-address.ts';
import type { Project } from '../src/model/project.ts';
import type { CoverageSpan } from '../src/model/run.ts';
import type { Store, StoredNotice } from '../storage/store.ts';
import { option } from './figures.ts';
import { CONFIG } from './paths.ts';

/**
 * Judging on SQLite, nothing left out: projects and notices are read from the store, facts built, rules judged, findings
 * and alerts written. The projects are those of one bench world, as crawled and matched, repeated under new ids.
 *
 *   node bench/judging.ts --projects 5000 --seed 7
 */
const wanted = option('projects', 5000);
const seed = option('seed', 7);

interface Pattern {
  projects: Project[];
  notices: Map<string, StoredNotice>;
  coverage: CoverageSpan[];
}

interface Time {
  wall: number;
  cpu: number;
}

const seconds = async (work: () => Promise<unknown>): Promise<Time> => {
  const start = process.hrtime.bigint();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: Number(process.hrtime.bigint() - start) / 1e9, cpu: (user + system) / 1e6 };
};

await withBench({ seed, notices: 1200, config: CONFIG, living: true }, async ({ workshop }) => {
  await runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
  const pattern = await patternOf(workshop.store);
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-judging-'));
  const store = await openStore(join(folder, 'judging.sqlite'));
  try {
    const filled = await seconds(() => fill(store, pattern));
    const notices = await store.notices.count({});
    const stage = { ...workshop, store: withCoverage(store, pattern.coverage), policy: workshop.config.policy };
    const first = await seconds(() => judgeAllProjects(stage));
    const again = await seconds(() => judgeAllProjects(stage));
    const preview = await seconds(() => previewAllProjects(stage, () => undefined));
    const statistics = await store.findings.statistics();
    const findings = statistics.reduce((sum, { count }) => sum + count, 0);
    const each = ({ wall, cpu }: Time): string =>
      `wall ${wall.toFixed(1)} s, CPU ${cpu.toFixed(1)} s, ${((cpu / wanted) * 1e6).toFixed(0)} µs CPU a project`;
    process.stdout.write(
      [
        `projects ${wanted}, notices ${notices}, findings ${findings}; filled in ${filled.wall.toFixed(0)} s`,
        `first judging, everything written:  ${each(first)}`,
        `judged again, nothing changed:      ${each(again)}`,
        `preview of a rejudge:               ${each(preview)}`,
        `peak RSS ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
        '',
      ].join('\n'),
    );
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function patternOf(store: Store): Promise<Pattern> {
  const projects: Project[] = [];
  for await (const project of store.contents('projects')) projects.push(project);
  const notices = new Map<string, StoredNotice>();
  for await (const notice of store.contents('notices')) notices.set(notice.notice.id, notice);
  return { projects, notices, coverage: await store.runs.coverage() };
}

/** The pattern again and again until there are enough projects; ids alone differ. */
async function fill(store: Store, { projects, notices }: Pattern): Promise<void> {
  for (let done = 0, copy = 0; done < wanted; copy++) {
    const part = projects.slice(0, wanted - done);
    const mark = (id: string): string => `${id}~${copy}`;
    const own = part.flatMap((p) => p.noticeIds).flatMap((id) => notices.get(id) ?? []);
    await store.takeIn(
      'notices',
      own.map((stored) => ({
        ...stored,
        notice: { ...stored.notice, id: mark(stored.notice.id) },
        revisions: stored.revisions.map((r) => ({ ...r, noticeId: mark(r.noticeId) })),
        linkKeys: [],
        projectId: stored.projectId === null ? null : mark(stored.projectId),
      })),
    );
    await store.takeIn(
      'projects',
      part.map((p) => ({
        ...p,
        id: mark(p.id),
        noticeIds: p.noticeIds.map(mark),
        groups: p.groups.map((g) => ({ ...g, noticeIds: g.noticeIds.map(mark) })),
        timeline: p.timeline.map((entry) => ({ ...entry, noticeIds: entry.noticeIds.map(mark) })),
      })),
    );
    done += part.length;
  }
}

/** The runs that crawled the pattern prove as much for its copies. */
function withCoverage(store: Store, coverage: CoverageSpan[]): Store {
  return new Proxy(store, {
    get(target, key) {
      if (key !== 'runs') return Reflect.get(target, key) as unknown;
      return new Proxy(target.runs, {
        get(runs, name) {
          if (name === 'coverage') return () => Promise.resolve(coverage);
          const member: unknown = Reflect.get(runs, name);
          return typeof member === 'function' ? (member.bind(runs) as unknown) : member;
        },
      });
    },
  });
}
