import type { Store } from '../../storage/store.ts';
import type { Clock } from '../model/clock.ts';
import type { Incident } from '../model/incident.ts';
import { tellingId } from '../model/telling.ts';
import type { Telling } from '../model/telling.ts';
import { RestoreChannel } from './channel.ts';
import type { Channel } from './channel.ts';
import { newsText } from './incident-news.ts';
import type { SourceNames } from './incident-news.ts';

export interface TellingStage {
  store: Pick<Store, 'incidents' | 'tellings'>;
  channels: readonly Channel[];
  clock: Clock;
  names: SourceNames;
}

/** What became of one channel's news. */
export interface Told {
  channel: string;
  opened: number;
  closed: number;
  /** Null: the channel took it. */
  failure: RestoreChannel | null;
}

const MINUTE_MS = 60_000;
/** Pauses before the same word is sent again: a short outage of the other side is soon over, a wrong address is not. */
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS];

/**
 * Tells each channel of incidents that are open and of which it has not heard, and of those it has heard of that are
 * closed, in one message. Derived from the incidents alone: whoever ends in the middle leaves the rest to the next look.
 * One process at a time. What a channel did not take is told again after a pause; an incident that closed before
 * anybody heard of it is not told.
 * @returns channels that had news and were not at rest after a failure
 */
export async function tellOperators(stage: TellingStage): Promise<Told[]> {
  const told: Told[] = [];
  for (const channel of stage.channels) {
    const one = await tellOne(stage, channel);
    if (one !== null) told.push(one);
  }
  return told;
}

/** What a channel is to hear: incidents that opened and closed, those nobody heard of while they were open, and what is known of each. */
interface News {
  opened: Incident[];
  closed: Incident[];
  unheard: Incident[];
  known: Map<string, Telling>;
}

async function newsFor(store: TellingStage['store'], channel: string): Promise<News> {
  const known = new Map((await store.tellings.pending(channel)).map((one) => [one.incidentId, one]));
  const open = await store.incidents.open();
  const standing = new Set(open.map(({ id }) => id));
  const gone = await store.incidents.getMany([...known.keys()].filter((id) => !standing.has(id)));
  const unheard = gone.filter(({ id }) => known.get(id)!.openTold === null);
  const opened = open.filter(({ id }) => (known.get(id)?.openTold ?? null) === null);
  const closed = gone.filter(({ id }) => known.get(id)!.openTold !== null);
  return { opened, closed, unheard, known };
}

/** How many openings and endings of incidents a channel of this name has not taken yet. */
export async function countUntold(store: TellingStage['store'], channel: string): Promise<number> {
  const { opened, closed } = await newsFor(store, channel);
  return opened.length + closed.length;
}

async function tellOne({ store, clock, names }: TellingStage, channel: Channel): Promise<Told | null> {
  const { opened, closed, unheard, known } = await newsFor(store, channel.name);
  await store.tellings.put(unheard.map(({ id }) => ({ ...known.get(id)!, attempt: null, isOver: true })));
  const news = [...opened, ...closed];
  if (news.length === 0) return null;
  const before = news.flatMap(({ id }) => known.get(id)?.attempt ?? []);
  const now = clock.now();
  if (before.some(({ at, number, error }) => error !== null && now < at + pauseAfter(number))) return null;

  const attempt = { number: Math.max(0, ...before.map(({ number }) => number)) + 1, at: now, error: null };
  const sending = news.map(({ id }) => ({ ...(known.get(id) ?? unknownTo(channel, id)), attempt }));
  await store.tellings.put(sending);
  const report = { channel: channel.name, opened: opened.length, closed: closed.length };
  try {
    const mayBeRepeated = before.some(({ error }) => error === null);
    await channel.send(newsText({ opened, closed, mayBeRepeated }, names, channel.mostBytes));
  } catch (error) {
    if (!(error instanceof RestoreChannel)) throw error;
    await store.tellings.put(sending.map((one) => ({ ...one, attempt: { ...attempt, error: error.message } })));
    return { ...report, failure: error };
  }
  const isClosed = new Set(closed.map(({ id }: Incident) => id));
  await store.tellings.put(
    sending.map((one) =>
      isClosed.has(one.incidentId)
        ? { ...one, attempt: null, closedTold: now, isOver: true }
        : { ...one, attempt: null, openTold: now },
    ),
  );
  return { ...report, failure: null };
}

function unknownTo({ name }: Channel, incidentId: string): Telling {
  return {
    id: tellingId(incidentId, name),
    incidentId,
    channel: name,
    openTold: null,
    closedTold: null,
    attempt: null,
    isOver: false,
  };
}

function pauseAfter(number: number): number {
  return PAUSES_MS[Math.min(number, PAUSES_MS.length) - 1]!;
}
