import type { Connection, Session } from './connection.ts';

interface CounterDoc {
  _id: string;
  last: number;
}

/** Numbers given out one after the other, each once. A number taken by work that failed is not given again. */
export class Counters {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Takes `count` numbers; returns the first. */
  async take(name: string, count: number, session?: Session): Promise<number> {
    const counter = await this.#collection.findOneAndUpdate(
      { _id: name },
      { $inc: { last: count } },
      { upsert: true, returnDocument: 'after', session },
    );
    return counter!.last - count + 1;
  }

  /** The last number given under each name that begins so. */
  async lasts(prefix: string): Promise<{ name: string; last: number }[]> {
    const counters = await this.#collection
      .find({ _id: { $gte: prefix, $lt: `${prefix}\u{10FFFF}` } })
      .sort({ _id: 1 })
      .toArray();
    return counters.map(({ _id, last }) => ({ name: _id, last }));
  }

  /** Never gives a number up to `last` again. */
  async reach(name: string, last: number): Promise<void> {
    await this.#collection.updateOne({ _id: name }, { $max: { last } }, { upsert: true });
  }

  get #collection() {
    return this.#connection.provenCollection<CounterDoc>('counters');
  }
}
