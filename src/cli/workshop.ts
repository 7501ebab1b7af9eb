import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import PQueue from 'p-queue';

import { checkSourceIds, judgingSettingsOf, loadConfig, settingsOf } from '../../config/load.ts';
import type { Config } from '../../config/load.ts';
import { loadDefinitions } from '../../crawlers/registry.ts';
import type { ArchivePlace } from '../../storage/archive/place.ts';
import { refuseHalfMoved } from '../../storage/move.ts';
import type { Store } from '../../storage/store.ts';
import type { Calendar } from '../compliance/calendar.ts';
import { LeaseKeeper } from '../crawl/leases.ts';
import { RequestLog } from '../crawl/request-log.ts';
import { createWeb, userAgentOf } from '../crawl/web.ts';
import type { Sleep, Web } from '../crawl/web.ts';
import { CorrectInput } from '../model/errors.ts';
import type { Archive } from '../model/archive.ts';
import type { Clock } from '../model/clock.ts';
import type { JudgingSettings } from '../model/kept-settings.ts';
import type { SourceAdapter, SourceDefinition, SourceSettings } from '../model/source.ts';
import { archivePlace } from './archive-place.ts';
import { loadCalendar } from './calendar.ts';
import { secretFile } from './secret-file.ts';
import { isGone, processName } from './process-name.ts';
import { isMongoAddress, openStore } from './store-address.ts';

/** The sources as configured, without any stored data. */
export interface Sources {
  config: Config;
  definitions: SourceDefinition[];
  settings: Record<string, SourceSettings>;
  /** Enabled sources, ready to be crawled. */
  adapters: SourceAdapter[];
  /** All sources, also those that are not crawled: their archived replies can still be read. */
  readers: SourceAdapter[];
  userAgent: string;
}

/** Everything a command works with: the one place that reaches for files, clock and randomness. */
export interface Workshop extends Sources {
  store: Store;
  archive: Archive;
  calendar: Calendar;
  clock: Clock;
  sleep: Sleep;
  newId: () => string;
  /** One pace a host for everything that this process crawls. */
  web: Web;
  /** What this process holds alone among all on the store. */
  leases: LeaseKeeper;
  /** Linking and judging of this process, one after the other: its lease keeps out other processes only. */
  judgingTurn: PQueue;
  /** What the operator's files say now of how to judge. Throws `FixConfiguration`. */
  readSettings: () => JudgingSettings;
  close(): Promise<void>;
}

export interface SourcesOptions {
  /** Configuration folder. */
  config: string;
  /** Sites on this machine: their addresses, asked without a pause. */
  localSites?: Record<string, string>;
}

/** Address of the database, and where the archive lies. */
export interface Places {
  database: string;
  archive: ArchivePlace;
}

export interface WorkshopOptions extends SourcesOptions {
  clock: Clock;
  /** Another place for database and archive than the configuration's. */
  data?: Places;
}

export async function openSources(options: SourcesOptions): Promise<Sources> {
  const config = loadConfig(options.config);
  const definitions = await loadDefinitions();
  checkSourceIds(config, definitions);
  const settings = Object.fromEntries(
    definitions.map((definition) => [definition.id, settingsFor(definition, config, options.localSites)]),
  );
  const readers = definitions.map((definition) => definition.create(settings[definition.id]!, config.region));
  const adapters = readers.filter(({ definition }) => settings[definition.id]!.enabled);
  return { config, definitions, settings, adapters, readers, userAgent: userAgentOf(version(), config.contact) };
}

export async function openWorkshop(options: WorkshopOptions): Promise<Workshop> {
  const sources = await openSources(options);
  const calendar = loadCalendar(sources.config);
  const places = options.data ?? (await placesOf(sources.config));
  const store = await openWholeStore(places.database);
  const archive = await places.archive.open({ clock: options.clock });
  const name = processName();
  const sleep: Sleep = (ms, signal) => delay(ms, undefined, { signal });
  return {
    ...sources,
    store,
    archive,
    calendar,
    clock: options.clock,
    sleep,
    web: createWeb({ userAgent: sources.userAgent, sleep, log: requestLog(store, name) }),
    leases: new LeaseKeeper({ store: store.leases, owner: name, isGone }),
    judgingTurn: new PQueue({ concurrency: 1 }),
    readSettings: judgingSettingsOf(options.config),
    newId: () => randomUUID(),
    close: async () => {
      await archive.close();
      await store.close();
    },
  };
}

/** Under the name of a process that works on the store. */
export function requestLog({ sentRequests }: Store, name: string): RequestLog {
  return new RequestLog(name, (requests) => sentRequests.add(requests));
}

/** Throws `RepairDatabase` for one that a restore or a move has not filled whole, also. */
async function openWholeStore(address: string): Promise<Store> {
  const store = await openStore(address);
  try {
    await refuseHalfMoved(store);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/** Looks into the operator's database; null where none has been made yet. */
export async function withStore<T>({ config }: Sources, use: (store: Store) => Promise<T>): Promise<T | null> {
  const { database } = await placesOf(config);
  if (!isMongoAddress(database) && !existsSync(database)) return null;
  const store = await openWholeStore(database);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** The adapters that a command names; all of them where it names none. Throws `CorrectInput` for an unknown one. */
export function chooseSources(adapters: SourceAdapter[], ids: string[]): SourceAdapter[] {
  const known = adapters.map((adapter) => adapter.definition.id);
  for (const id of ids) {
    if (!known.includes(id)) {
      throw new CorrectInput(`没有名为 ${id} 的来源，或该来源未启用`, `可用的来源：${known.join('、')}。`, {
        source: id,
      });
    }
  }
  return ids.length === 0 ? adapters : adapters.filter((adapter) => ids.includes(adapter.definition.id));
}

/** A site on this machine answers in milliseconds, on a laden one in seconds. */
const LOCAL_TIMEOUT_MS = 6_000;

function settingsFor(
  definition: SourceDefinition,
  config: Config,
  localSites: Record<string, string> | undefined,
): SourceSettings {
  const settings = settingsOf(definition, config.sources[definition.id]);
  const address = localSites?.[definition.id];
  if (address === undefined) return settings;
  return {
    ...settings,
    address,
    pace: { minIntervalMs: 0, reason: '本机模拟网站，不必等待' },
    timeoutMs: Math.min(settings.timeoutMs, LOCAL_TIMEOUT_MS),
    quietHours: null,
  };
}

/** Where the operator keeps database and archive. */
export async function placesOf({ storage }: Config): Promise<Places> {
  return { database: storage.database, archive: await archivePlace(storage), ...storeFromSecret() };
}

/** The store's address from a file that only the service may read, where the operator names one. */
function storeFromSecret(): { database?: string } {
  const database = secretFile('GONGSHI_STORE_FILE');
  return database === null ? {} : { database };
}

function version(): string {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
