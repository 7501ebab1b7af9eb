import { DatabaseSync } from 'node:sqlite';

import type { SheetRow } from '../store.ts';
import { sheetRow, SHEETS } from './sheet-rows.ts';
import type { SheetColumns } from './sheet-rows.ts';

/** How long a reader waits for the moment in which the file's log is put back. */
const BUSY_TIMEOUT_MS = 15_000;
/** Sheets read at a time: some 2 KB each. */
const BATCH = 500;

/** Projects whose ids lie behind one and reach up to another; null = to the last. */
export interface SheetRange {
  after: string;
  upTo: string | null;
}

/** Reads what projects are judged by over a connection of its own that cannot write: for threads beside the store's. */
export class SheetReader {
  readonly #db: DatabaseSync;

  /** The file of a store that is open, in WAL mode and of the present schema. */
  constructor(path: string) {
    this.#db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  }

  /** All projects in their order, so many to a range. */
  ranges(size: number): SheetRange[] {
    const ends = this.#db
      .prepare('SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM projects) WHERE n % ? = 0')
      .all(size) as { id: string }[];
    const ids = ends.map(({ id }) => id);
    return ['', ...ids].map((after, i) => ({ after, upTo: ids[i] ?? null }));
  }

  /** In the order of ids. */
  *rows({ after, upTo }: SheetRange): Generator<SheetRow[]> {
    // Two statements: beside an `OR` the upper bound would be looked at row by row, to the end of the table.
    const bound = upTo === null ? [] : [upTo];
    const statement = this.#db.prepare(
      `${SHEETS} WHERE p.id > ? ${upTo === null ? '' : 'AND p.id <= ?'} ORDER BY p.id LIMIT ${BATCH}`,
    );
    for (let from = after; ;) {
      const rows = statement.all(from, ...bound) as unknown as SheetColumns[];
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(sheetRow);
      from = last.id;
    }
  }

  close(): void {
    this.#db.close();
  }
}
