import { createHash } from 'node:crypto';

import type { Collection } from 'mongodb';

import type { FailureRecord } from '../../src/model/run.ts';
import type { Connection, Session } from './connection.ts';
import type { RunFailureDoc } from './documents.ts';
import { plain } from './plain.ts';

/** The failures of runs, each once. */
export class FailureCollection {
  readonly #failures: Collection<RunFailureDoc>;

  constructor(connection: Connection) {
    this.#failures = connection.collection<RunFailureDoc>('run_failures');
  }

  /** By run, in the order they were added. */
  async ofRuns(runIds: string[], session?: Session): Promise<Map<string, FailureRecord[]>> {
    const docs = await this.#failures
      .find({ runId: { $in: runIds } }, { session })
      .sort({ runId: 1, place: 1, _id: 1 })
      .toArray();
    const byRun = new Map<string, FailureRecord[]>();
    for (const { runId, failure } of docs) byRun.set(runId, [...(byRun.get(runId) ?? []), failure]);
    return byRun;
  }

  /** Adds those that are not there yet; `failures` are all of the run, in order. */
  async add(runId: string, failures: FailureRecord[], session: Session): Promise<void> {
    if (failures.length === 0) return;
    await this.#failures.bulkWrite(
      onceEach(failures).map((failure, place) => ({
        updateOne: {
          filter: { runId, digest: digestOf(failure) },
          update: { $setOnInsert: { place, failure: plain(failure) } },
          upsert: true,
        },
      })),
      { ordered: false, session },
    );
  }
}

/** The first of each content. */
export function onceEach(failures: FailureRecord[]): FailureRecord[] {
  return [...new Map(failures.toReversed().map((failure) => [digestOf(failure), failure])).values()].toReversed();
}

function digestOf(failure: FailureRecord): string {
  const { code, message, advice, url, channelId, at, archiveId, sample } = plain(failure);
  const parts = [code, message, advice, url, channelId, at, archiveId];
  const content = JSON.stringify(sample === undefined ? parts : [...parts, sample]);
  return createHash('sha256').update(content).digest('hex');
}
