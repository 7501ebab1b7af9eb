import type { NoticeStore, RunStore } from '../../storage/store.ts';
import { SiteFailure } from '../model/failure.ts';
import type { Run } from '../model/run.ts';
import type { ListRow } from '../model/source.ts';
import { noticeId } from './list-commit.ts';

/** So many new notices of a column surprise nobody, whatever its history. */
const ALWAYS_CREDIBLE = 200;
/** Times what a run usually brings, for each day since the last complete one. */
const TIMES_USUAL = 20;
/** Rows that differ in nothing but their number. */
const MOST_ALIKE = 20;
/** Before that nothing is known of what is usual: a first crawl brings years at once. */
const FEWEST_RUNS = 3;
const LOOKED_AT = 40;
const DAY_MS = 86_400_000;

/** How many new notices of each column a run may bring; no entry where the history is too short to say. */
export async function credibleNews(
  runs: Pick<RunStore, 'list'>,
  sourceId: string,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const complete = await runs.list({ sourceId, outcome: 'complete', limit: LOOKED_AT });
  const days = Math.max(1, (now - (complete[0]?.startedAt ?? now)) / DAY_MS);
  const credible = new Map<string, number>();
  for (const [channelId, created] of byChannel(complete)) {
    if (created.length < FEWEST_RUNS) continue;
    const usual = created.sort((a, b) => a - b)[Math.floor(created.length / 2)]!;
    credible.set(channelId, Math.max(ALWAYS_CREDIBLE, Math.ceil(usual * TIMES_USUAL * days)));
  }
  return credible;
}

function byChannel(runs: readonly Run[]): Map<string, number[]> {
  const created = new Map<string, number[]>();
  for (const { channels } of runs) {
    for (const channel of channels)
      created.set(channel.channelId, [...(created.get(channel.channelId) ?? []), channel.created]);
  }
  return created;
}

/** Watches what the lists of a run offer for the first time, before any of it is fetched. */
export class FloodGate {
  readonly #sourceId: string;
  readonly #notices: Pick<NoticeStore, 'known'>;
  readonly #credible: ReadonlyMap<string, number>;
  readonly #fresh = new Map<string, number>();
  readonly #alike = new Map<string, number>();

  constructor(sourceId: string, notices: Pick<NoticeStore, 'known'>, credible: ReadonlyMap<string, number>) {
    this.#sourceId = sourceId;
    this.#notices = notices;
    this.#credible = credible;
  }

  /** Throws ABOVE_MAXIMUM or DUPLICATE_FLOOD where the rows of a list page, with those before, are not to be believed. */
  async check(channelId: string, rows: readonly ListRow[]): Promise<void> {
    const most = this.#credible.get(channelId);
    if (most === undefined) return;
    const wanted = rows.filter((row) => row.inRegion !== false);
    const idOf = (row: ListRow): string => noticeId(this.#sourceId, row.externalId);
    const known = await this.#notices.known(wanted.map(idOf));
    for (const row of wanted) {
      if (known.has(idOf(row))) continue;
      const fresh = (this.#fresh.get(channelId) ?? 0) + 1;
      this.#fresh.set(channelId, fresh);
      const face = `${channelId}|${row.title}|${row.publishDate?.slice(0, 10) ?? ''}`;
      const alike = (this.#alike.get(face) ?? 0) + 1;
      this.#alike.set(face, alike);
      if (alike > MOST_ALIKE) {
        throw new SiteFailure('DUPLICATE_FLOOD', `“${row.title}”一次新列出 ${alike} 条以上`, { sample: row.title });
      }
      if (fresh > most) {
        throw new SiteFailure('ABOVE_MAXIMUM', `一次新列出 ${fresh} 条以上，以往至多约 ${most} 条`, {
          sample: row.title,
        });
      }
    }
  }
}
