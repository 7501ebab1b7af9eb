import { DatabaseSync } from 'node:sqlite';

import { openSqliteStore } from '../storage/sqlite/open.ts';
import { decideRounds, judgementsOf } from '../src/cases/judge-round.ts';
import type { JudgedBy } from '../src/cases/judge-round.ts';
import { groundOf, saidOf } from '../src/cases/said.ts';
import { sheetOfText } from '../src/projects/sheet-text.ts';
import { MARK } from './judging-copies.ts';

/** Digests written in one transaction. */
const AT_ONCE = 5_000;

/**
 * Multiplies a store of judged projects: each block after the first holds the same projects under other ids, with all
 * their notices, findings and alerts, as the product wrote them. What was said of them is made by the product's own code.
 * Ids of the first block bear one `MARK`, before the number of their copy.
 */
export async function multiply(path: string, blocks: number, by: JudgedBy): Promise<void> {
  const db = new DatabaseSync(path);
  db.exec(
    'PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000',
  );
  const last = (table: string): number => (db.prepare(`SELECT max(rowid) AS n FROM ${table}`).get() as { n: number }).n;
  const [projects, notices, findings, alerts] = ['projects', 'notices', 'findings', 'alerts'].map(last) as [
    number,
    number,
    number,
    number,
  ];
  for (let block = 1; block < blocks; block++) {
    const anew = (column: string): string => `replace(${column}, '${MARK}', '${MARK}${block}.')`;
    const number = `'KY-2026-' || (CAST(substr(number, 9) AS INTEGER) + ${block * 10_000_000})`;
    db.exec(`BEGIN;
      INSERT INTO projects (id, sid, doc)
        SELECT ${anew('id')}, sid + ${block * projects}, ${anew('doc')} FROM projects WHERE rowid <= ${projects};
      INSERT INTO fact_sheets (project_id, sheet)
        SELECT ${anew('project_id')}, ${anew('sheet')} FROM fact_sheets WHERE rowid <= ${projects};
      INSERT INTO notices (id, source_id, channel_id, external_id, url, title, kind, digest, revision, revised_at,
          first_seen_at, last_seen_at, archive_id, project_id, matched, indexed)
        SELECT ${anew('id')}, source_id, channel_id, ${anew('external_id')}, url, title, kind, digest, revision, revised_at,
          first_seen_at, last_seen_at, archive_id, ${anew('project_id')}, matched, indexed
        FROM notices WHERE rowid <= ${notices};
      INSERT INTO findings (key, project_id, rule, verdict, severity, doc)
        SELECT ${anew('key')}, ${anew('project_id')}, rule, verdict, severity, ${anew('doc')}
        FROM findings WHERE rowid <= ${findings};
      INSERT INTO alerts (key, number, nature, state, rule, severity, project_id, opened_at, page, doc)
        SELECT ${anew('key')}, ${number}, nature, state, rule, severity, ${anew('project_id')}, opened_at, ${anew('page')},
          replace(${anew('doc')}, number, ${number})
        FROM alerts WHERE rowid <= ${alerts};
      COMMIT;`);
  }
  db.exec('PRAGMA journal_mode = WAL');
  db.close();
  if (blocks > 1) await say(path, by);
}

async function say(path: string, by: JudgedBy): Promise<void> {
  const store = await openSqliteStore(path);
  const ground = groundOf(by);
  let said = new Map<string, string>();
  for await (const rows of store.projects.sheets()) {
    for (const { projectId, sheet: text, said: known } of rows) {
      if (known !== null) continue;
      const sheet = sheetOfText(text!)!;
      said.set(projectId, saidOf(decideRounds(sheet, by), judgementsOf(sheet, by), ground));
    }
    if (said.size < AT_ONCE) continue;
    await store.findings.judge([], [], [], said);
    said = new Map();
  }
  await store.findings.judge([], [], [], said);
  await store.close();
}
