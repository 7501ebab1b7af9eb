import type { ArchivePlace } from '../../storage/archive/place.ts';
import type { Store } from '../../storage/store.ts';
import type { Archive, ArchiveRecord } from '../../src/model/archive.ts';
import type { Verdict } from '../../src/model/finding.ts';
import { buildArchiveEntry, buildChannelOutcome, buildCommit, buildFinding } from './build.ts';
import { buildObservation, buildProject, buildRequest, buildRun } from './build.ts';
import { collect } from './collect.ts';

const DAY = 86_400_000;

/** A store and an archive in which something is old; each reply is known by a label, which is its body. */
export class KeptArchive {
  readonly store: Store;
  readonly place: ArchivePlace;
  readonly #labels = new Map<string, string>();
  /** One file a day. */
  readonly #writers = new Map<number, Archive>();

  constructor(store: Store, place: ArchivePlace) {
    this.store = store;
    this.place = place;
  }

  /** One notice a project, read in run 0 of three daily runs and visited again in each; each run has a list; one visit is young. */
  async publish(projects: Record<string, Verdict | null>, from: number, now: number): Promise<void> {
    const { store } = this;
    for (const [n, at] of [0, 1, 2].map((day) => [day, from + day * DAY] as const)) {
      const keys = Object.keys(projects).map((id) => `detail:${id}`);
      const run = buildRun({ id: `run-${n}`, startedAt: at });
      await store.runs.begin(
        run,
        ['list:1', ...keys].map((key) => buildRequest(key)),
      );
      await this.commit(run.id, 'list:1', await this.fetched(`list ${n}`, at, 'list', run.id));
      for (const id of Object.keys(projects)) {
        const record = await this.fetched(`${id} ${n}`, at, 'detail', run.id, id);
        await this.commit(run.id, `detail:${id}`, record, id);
      }
      const covers = { from: '2026-02-01', to: '2026-03-31' };
      const channels = [buildChannelOutcome({ outcome: 'complete', covers })];
      await store.runs.finish({ ...run, outcome: 'complete', finishedAt: at + 1000, channels });
    }
    for (const [id, verdict] of Object.entries(projects)) {
      const days = { firstDay: '2026-03-01', lastDay: '2026-03-02' };
      await store.projects.replace([`yn_ccgp:${id}`], [buildProject({ id, noticeIds: [`yn_ccgp:${id}`], ...days })]);
      if (verdict !== null) {
        await store.findings.judge([id], [buildFinding({ projectId: id, verdict, evidence: [] })], []);
      }
    }
    await store.runs.begin(buildRun({ id: 'late', startedAt: now }), [buildRequest('list:1')]);
    await this.commit('late', 'list:1', await this.fetched('list late', now, 'list', 'late'));
    await store.runs.finish(buildRun({ id: 'late', outcome: 'complete', finishedAt: now + 1 }));
  }

  /** A detail page's address is its project's. */
  async fetched(
    label: string,
    at: number,
    role: 'list' | 'detail',
    runId: string,
    id?: string,
  ): Promise<ArchiveRecord> {
    const archive = this.#writers.get(at) ?? (await this.place.open({ clock: { now: () => at } }));
    this.#writers.set(at, archive);
    const record = await archive.append(
      buildArchiveEntry({
        url: `https://example.test/${id ?? 'list'}`,
        runId,
        request: { ...buildRequest(role), role },
        fetchedAt: at,
        body: Buffer.from(label),
        method: role === 'list' ? 'POST' : 'GET',
      }),
    );
    this.#labels.set(record.id, label);
    return record;
  }

  async commit(runId: string, requestKey: string, archive: ArchiveRecord, id?: string): Promise<void> {
    const { url, id: archiveId } = archive;
    const observations =
      id === undefined
        ? []
        : [buildObservation({ noticeId: `yn_ccgp:${id}`, externalId: id, archiveId, url, absentAt: null })];
    await this.store.runs.commitPage(buildCommit({ runId, requestKey, archive, observations }));
  }

  labelOf(record: Pick<ArchiveRecord, 'id'>): string {
    return this.#labels.get(record.id)!;
  }

  /** In alphabetical order. */
  labelsOf(dropped: ReadonlyMap<string, ReadonlySet<string>>): string[] {
    return [...dropped.values()].flatMap((ids) => [...ids].map((id) => this.labelOf({ id }))).sort();
  }

  async records(): Promise<ArchiveRecord[]> {
    return collect(this.store.runs.allArchiveRecords());
  }

  async recordOf(label: string): Promise<ArchiveRecord> {
    return (await this.records()).find((record) => this.labelOf(record) === label)!;
  }

  /** What of it a reader finds otherwise than it was written: records that the index names, in their order and with their requests. */
  async unlike(before: readonly ArchiveRecord[]): Promise<string[]> {
    const now = await this.records();
    const order = before.map(({ id }) => id);
    const places = now.map(({ id }) => order.indexOf(id));
    const wrong = places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1]!)) ? [] : ['order'];
    await this.reading(async (archive) => {
      for (const record of now) {
        const label = this.labelOf(record);
        if (Buffer.from(await archive.read(record)).toString() !== label) wrong.push(label);
        await archive.readPage(record);
      }
    });
    return wrong;
  }

  async reading<T>(use: (archive: Archive) => Promise<T>): Promise<T> {
    const archive = await this.place.open();
    try {
      return await use(archive);
    } finally {
      await archive.close();
    }
  }

  async close(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.close();
    await this.store.close();
  }
}
