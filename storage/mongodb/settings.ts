import type { Collection } from 'mongodb';

import type { KeptSettings } from '../../src/model/kept-settings.ts';
import type { SettingsStore } from '../store.ts';
import { additionOf, batchesById } from './batches.ts';
import type { Connection } from './connection.ts';
import type { SettingsDoc } from './documents.ts';
import { idOf, plain } from './plain.ts';

/** Read and written at majority: findings name the settings that they were judged under. */
export class SettingsCollection implements SettingsStore {
  readonly #connection: Connection;
  readonly #settings: Collection<SettingsDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#settings = connection.provenCollection<SettingsDoc>('settings');
  }

  async inForce(): Promise<KeptSettings | null> {
    return this.#connection.read(async () => {
      const [latest] = await this.#settings.find({}).sort({ lastAppliedAt: -1, _id: 1 }).limit(1).toArray();
      return latest === undefined ? null : settingsOf(latest);
    });
  }

  async put(settings: KeptSettings): Promise<void> {
    const doc = documentOf(settings);
    await this.#connection.writeApart(async () => {
      await this.#settings.replaceOne({ _id: doc._id }, doc, { upsert: true });
    });
  }

  async *all(): AsyncGenerator<KeptSettings> {
    for await (const docs of batchesById(this.#connection, this.#settings)) yield* docs.map(settingsOf);
  }

  /** Adds settings of another store; those that are here stay as they are. */
  async takeIn(settings: KeptSettings[]): Promise<void> {
    const docs = settings.map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#settings.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }
}

function documentOf(settings: KeptSettings): SettingsDoc {
  const { id, policyVersion, calendarVersion, appliedAt, policy, calendar } = plain(settings);
  return {
    _id: idOf(id),
    policyVersion,
    calendarVersion,
    appliedAt,
    lastAppliedAt: appliedAt.at(-1)!,
    // As text: what an operator's file holds need not be what this server takes for keys.
    content: JSON.stringify({ policy, calendar }),
  };
}

function settingsOf({ _id, policyVersion, calendarVersion, appliedAt, content }: SettingsDoc): KeptSettings {
  return {
    id: _id,
    policyVersion,
    calendarVersion,
    appliedAt,
    ...(JSON.parse(content) as Pick<KeptSettings, 'policy' | 'calendar'>),
  };
}
