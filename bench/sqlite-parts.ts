import { DatabaseSync } from 'node:sqlite';

import type { Part } from './sizes.ts';

/** Pages of a file that nobody has open, by the table or index they belong to (SQLite's dbstat). */
export function sqliteParts(file: string): Part[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = db
      .prepare(
        `SELECT coalesce(s.tbl_name, 'schema') AS "of", CASE WHEN s.type = 'index' THEN d.name END AS "index",
           sum(d.ncell) AS entries, sum(d.pgsize) AS bytes
         FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name
         GROUP BY d.name ORDER BY 1, 2`,
      )
      .all();
    return rows as unknown as Part[];
  } finally {
    db.close();
  }
}
