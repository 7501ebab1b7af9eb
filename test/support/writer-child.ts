import { writeSync } from 'node:fs';

import { openStore } from '../../src/cli/store-address.ts';
import { CaseOvertaken } from '../../src/model/errors.ts';
import type { CaseEvent, CaseFile } from '../../src/model/case.ts';
import type { Alert } from '../../src/model/finding.ts';
import type { Store } from '../../storage/store.ts';
import { buildAlert, buildArchiveRecord, buildCommit, buildFinding, buildObservation } from './build.ts';
import { buildOpening, buildRequest, buildRun, buildStep } from './build.ts';

/**
 * `ADDRESS KIND NAME`: a process that writes one thing after the other until its standard input ends, and prints each
 * as a line of JSON once it is acknowledged.
 */
export type Acknowledged =
  | { kind: 'pages'; runId: string; requestKey: string; archiveId: string; noticeId: string; text: string }
  | { kind: 'cases'; event: CaseEvent }
  | { kind: 'alerts'; alert: Alert };
export type WriterKind = Acknowledged['kind'];

/** The case that all writers of cases write into, beside each one's own. */
export const COMMON_CASE = 'KY-2026-9000';

const WRITERS: Record<WriterKind, (store: Store, name: string) => AsyncGenerator<Acknowledged>> = {
  async *pages(store, name) {
    const runId = `run-${name}`;
    await store.runs.begin(buildRun({ id: runId }), [buildRequest('detail:0')]);
    for (let i = 0; ; i += 1) {
      const [id, text] = [`${name}-${i}`, `公路养护工程第${i}段`.repeat(100)];
      const commit = buildCommit({
        runId,
        requestKey: `detail:${i}`,
        archive: buildArchiveRecord({ id, runId }),
        observations: [buildObservation({ externalId: id, runId, archiveId: id, text })],
        discovered: [buildRequest(`detail:${i + 1}`)],
        bytes: 1,
      });
      await store.runs.commitPage(commit);
      const noticeId = commit.observations[0]!.noticeId;
      yield { kind: 'pages', runId, requestKey: commit.requestKey, archiveId: id, noticeId, text };
    }
  },

  async *cases(store, name) {
    let own = await opened(store, `KY-2026-${name}`);
    yield { kind: 'cases', event: (await store.cases.events(own.number))[0]! };
    await opened(store, COMMON_CASE);
    for (let i = 0; ; i += 1) {
      const step = buildStep(own, { action: 'commented', note: `${i}` }, name);
      await store.cases.append([step]);
      own = step.file;
      yield { kind: 'cases', event: step.event };
      yield { kind: 'cases', event: await commented(store, name, i) };
    }
  },

  async *alerts(store, name) {
    for (let i = 0; ; i += 1) {
      const projectId = `${name}-${i}`;
      const finding = buildFinding({ projectId });
      const change = buildAlert({ projectId, finding });
      await store.findings.judge([projectId], [finding], [change]);
      yield { kind: 'alerts', alert: (await store.findings.alert(change.key))! };
    }
  },
};

if (import.meta.main) {
  const [address, kind, name] = process.argv.slice(2);
  let isToEnd = false;
  process.stdin.on('end', () => (isToEnd = true)).resume();
  const store = await openStore(address!);
  for await (const acknowledged of WRITERS[kind as WriterKind](store, name!)) {
    writeSync(1, `${JSON.stringify(acknowledged)}\n`);
    if (isToEnd) break;
  }
  await store.close();
}

async function opened(store: Store, number: string): Promise<CaseFile> {
  const opening = buildOpening({ number });
  await store.cases.append([opening]);
  return opening.file;
}

/** Beside another who comments on the same case: whoever comes second looks again. */
async function commented(store: Store, name: string, i: number): Promise<CaseEvent> {
  for (;;) {
    const file = (await store.cases.get(COMMON_CASE))!;
    const step = buildStep(file, { action: 'commented', note: `${i}` }, name);
    try {
      await store.cases.append([step]);
      return step.event;
    } catch (error) {
      if (!(error instanceof CaseOvertaken)) throw error;
    }
  }
}
