import { checkHosts, isKept } from '../crawl/pace-check.ts';
import { paceWords } from '../crawl/pace-words.ts';
import { HISTORY_DAYS, silenceOf } from '../crawl/silence.ts';
import { addDays, dayOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { Run } from '../model/run.ts';
import type { Channel, SourceDefinition } from '../model/source.ts';
import { channelName } from './context.ts';
import type { ApiContext } from './context.ts';
import type { SourceHealthReply } from './schemas.ts';

/** A quarter shows a gap beside what is usual. */
const SHOWN_DAYS = 90;
/** Runs in which a column's last complete one is looked for: two months of daily visits. */
const LOOKED_AT = 60;
const SHOWN_VANISHED = 30;
const PACE_DAYS = 30;

/** How a source stands: what is wrong now, how far each column is proven, what it shows a day, what it no longer shows. */
export async function sourceHealth(context: ApiContext, definition: SourceDefinition): Promise<SourceHealthReply> {
  const { store, clock } = context;
  const today = dayOf(clock.now());
  const runs = await store.runs.list({ sourceId: definition.id, limit: LOOKED_AT });
  const incidents = await store.incidents.open(definition.id);
  return {
    state: incidents.length > 0 ? 'troubled' : runs.length === 0 ? 'unknown' : isWell(runs) ? 'well' : 'troubled',
    incidents: incidents.map(({ id, channelId, code, message, advice, openedAt, lastSeenAt, runs: met, samples }) => ({
      id,
      channelName: channelId === null ? null : channelName(context, definition.id, channelId),
      code,
      message,
      advice,
      openedAt,
      lastSeenAt,
      runs: met,
      samples,
    })),
    channels: await Promise.all(
      definition.channels.map((channel) => channelHealth(context, definition, channel, runs, today)),
    ),
    vanished: await vanished(context, definition.id),
    pace: { days: PACE_DAYS, hosts: await paceOf(context, definition) },
  };
}

async function paceOf(
  { store, settings, clock }: ApiContext,
  definition: SourceDefinition,
): Promise<SourceHealthReply['pace']['hosts']> {
  const own = settings[definition.id];
  if (own === undefined) return [];
  const from = clock.now() - PACE_DAYS * 86_400_000;
  const checks = await checkHosts(store.sentRequests, [{ definition, settings: own }], from);
  return checks.map((check) => ({
    host: check.host,
    kept: isKept(check),
    requests: check.requests,
    lines: paceWords(check),
  }));
}

/** The run under way says nothing yet. */
function isWell(runs: Run[]): boolean {
  return runs.find(({ finishedAt }) => finishedAt !== null)?.outcome === 'complete';
}

async function channelHealth(
  { store, countWorkdays }: ApiContext,
  definition: SourceDefinition,
  channel: Channel,
  runs: Run[],
  today: LocalDay,
): Promise<SourceHealthReply['channels'][number]> {
  const outcomeIn = (run: Run) => run.channels.find(({ channelId }) => channelId === channel.id);
  const complete = runs.find((run) => outcomeIn(run)?.outcome === 'complete');
  const last = runs.find((run) => run.finishedAt !== null);
  const from = addDays(today, -HISTORY_DAYS);
  const held = await store.notices.ofColumn({ sourceId: definition.id, channelId: channel.id, from, to: today });
  const days = held.map(({ publishDate }) => publishDate.slice(0, 10));
  const silence = silenceOf(days, today, countWorkdays);
  const shown = Map.groupBy(
    days.filter((day) => day > addDays(today, -SHOWN_DAYS)),
    (day) => day,
  );
  return {
    id: channel.id,
    name: channel.name,
    lastCompleteAt: complete?.finishedAt ?? null,
    covers: (complete === undefined ? null : outcomeIn(complete)?.covers) ?? null,
    newest: silence?.newest ?? null,
    silentWorkdays: silence?.workdays ?? null,
    normalWorkdays: silence?.normal ?? null,
    created: (last === undefined ? null : outcomeIn(last)?.created) ?? 0,
    changed: (last === undefined ? null : outcomeIn(last)?.changed) ?? 0,
    days: [...shown].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, of]) => ({ day, notices: of.length })),
  };
}

async function vanished({ store }: ApiContext, sourceId: string): Promise<SourceHealthReply['vanished']> {
  const found = await store.vanishings.latest({ sourceId, limit: SHOWN_VANISHED });
  const notices = await store.notices.getMany(found.map(({ noticeId }) => noticeId));
  const titles = new Map(notices.map(({ id, fields }) => [id, fields.title]));
  return found.map(({ noticeId, state, lastSeenAt, openedAt, returnedAt, missedBy, probes }) => ({
    noticeId,
    title: titles.get(noticeId) ?? null,
    state,
    lastSeenAt,
    openedAt,
    returnedAt,
    missedBy: missedBy.length,
    probes,
  }));
}
