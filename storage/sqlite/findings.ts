import type { Alert, Finding, ReasonCode, RuleId, Severity, Verdict } from '../../src/model/finding.ts';
import type { JudgedCount } from '../../src/model/judged-projects.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { alertNumber, yearOf } from '../shared/alert-number.ts';
import { countedByCode } from '../shared/counted-codes.ts';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';
import { checkedLimit } from '../shared/paging.ts';
import { alertSearchText, queryWords } from '../shared/searchable.ts';
import type {
  AlertChange,
  AlertCount,
  AlertPlace,
  AlertQuery,
  CodeCount,
  FindingQuery,
  FindingStore,
  Page,
} from '../store.ts';
import type { Connection } from './connection.ts';
import { lengthOf } from './paging.ts';

/** Places of alerts read at a time. */
const PLACE_BATCH = 1000;

/** As the index findings_by_codes holds it: `["PENDING","COVERAGE_GAP"]`. */
const CODES = "json_extract(doc, '$.codes')";

export class FindingTable implements FindingStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Survives a power cut once resolved: these are what a supervisor acts on. */
  async judge(
    projectIds: string[],
    findings: Finding[],
    alerts: AlertChange[],
    said: ReadonlyMap<string, string> = new Map(),
  ): Promise<void> {
    await this.#connection.write(
      () => {
        projectIds.forEach((id) => this.#connection.run('DELETE FROM findings WHERE project_id = ?', id));
        findings.forEach((finding) => this.#putFinding(finding));
        alerts.forEach((alert) => this.#putAlert(alert));
        for (const id of projectIds) {
          if (!said.has(id)) this.#connection.run('DELETE FROM said WHERE project_id = ?', id);
        }
        for (const [id, digest] of said) {
          this.#connection.run(
            'INSERT OR REPLACE INTO said SELECT project_id, ? FROM fact_sheets WHERE project_id = ?',
            digest,
            id,
          );
        }
      },
      { durable: true },
    );
  }

  async get(key: string): Promise<Finding | null> {
    const row = this.#connection.get<{ doc: string }>('SELECT doc FROM findings WHERE key = ?', key);
    return row === undefined ? null : (JSON.parse(row.doc) as Finding);
  }

  async ofProject(projectId: string): Promise<Finding[]> {
    return this.#connection
      .all<{ doc: string }>('SELECT doc FROM findings WHERE project_id = ? ORDER BY key', projectId)
      .map((row) => JSON.parse(row.doc) as Finding);
  }

  async ofProjects(projectIds: string[]): Promise<Finding[]> {
    return this.#connection
      .all<{ doc: string }>(
        'SELECT doc FROM findings WHERE project_id IN (SELECT value FROM json_each(?)) ORDER BY key',
        JSON.stringify(projectIds),
      )
      .map((row) => JSON.parse(row.doc) as Finding);
  }

  async search(query: FindingQuery): Promise<Page<Finding>> {
    const after = query.cursor === undefined ? '' : (decodeCursor(query, query.cursor, ['string'])[0] as string);
    const limit = checkedLimit(query.limit);
    const { where, values } = conditions({
      project_id: query.projectId,
      rule: query.rule,
      verdict: query.verdict,
      severity: query.severity,
    });
    const rows = this.#connection.all<{ key: string; doc: string }>(
      // Keys first: codes are looked for in the index, and only what is shown is read.
      `SELECT key, doc FROM findings WHERE key IN (
         SELECT key FROM findings WHERE key > ? ${where} ${query.exceptRule === undefined ? '' : 'AND rule <> ?'} ${query.code === undefined ? '' : `AND instr(${CODES}, ?) > 0`}
         ORDER BY key LIMIT ?
       ) ORDER BY key`,
      after,
      ...values,
      ...(query.exceptRule === undefined ? [] : [query.exceptRule]),
      ...(query.code === undefined ? [] : [JSON.stringify(query.code)]),
      limit + 1,
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => JSON.parse(row.doc) as Finding),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor(query, [last.key]) : null,
    };
  }

  async statistics(): Promise<{ rule: RuleId; verdict: Verdict; severity: Severity; count: number }[]> {
    return this.#connection
      .all<{ rule: RuleId; verdict: Verdict; severity: Severity; count: number }>(
        `SELECT rule, verdict, severity, count(*) AS count FROM findings
         GROUP BY rule, verdict, severity ORDER BY rule, verdict, severity`,
      )
      .map(({ rule, verdict, severity, count }) => ({ rule, verdict, severity, count }));
  }

  async keepJudged(count: JudgedCount): Promise<void> {
    await this.#connection.write(() => {
      this.#connection.run('INSERT OR REPLACE INTO judged_count (id, doc) VALUES (1, ?)', JSON.stringify(count));
    });
  }

  async judged(): Promise<JudgedCount | null> {
    const row = this.#connection.get<{ doc: string }>('SELECT doc FROM judged_count WHERE id = 1');
    return row === undefined ? null : (JSON.parse(row.doc) as JudgedCount);
  }

  async countByCode(verdict: Verdict): Promise<CodeCount[]> {
    const groups = this.#connection.all<{ rule: RuleId; severity: Severity; codes: string; count: number }>(
      // Materialised, or each finding would be read: a grouping does not take an expression from the index.
      `WITH borne AS MATERIALIZED (SELECT rule, severity, ${CODES} AS codes FROM findings WHERE verdict = ?)
       SELECT rule, severity, codes, count(*) AS count FROM borne GROUP BY 1, 2, 3`,
      verdict,
    );
    return countedByCode(groups.map(({ codes, ...rest }) => ({ ...rest, codes: JSON.parse(codes) as ReasonCode[] })));
  }

  /** Survives a power cut once resolved. */
  async open(alert: AlertChange): Promise<Alert> {
    await this.#connection.write(
      () => {
        if (this.#connection.get('SELECT 1 FROM alerts WHERE key = ?', alert.key) === undefined) this.#putAlert(alert);
      },
      { durable: true },
    );
    return (await this.alert(alert.key))!;
  }

  async alert(key: string): Promise<Alert | null> {
    const row = this.#connection.get<{ doc: string }>('SELECT doc FROM alerts WHERE key = ?', key);
    return row === undefined ? null : (JSON.parse(row.doc) as Alert);
  }

  async alertsOfProjects(projectIds: string[]): Promise<Alert[]> {
    return this.#connection
      .all<{ doc: string }>(
        'SELECT doc FROM alerts WHERE project_id IN (SELECT value FROM json_each(?)) ORDER BY key',
        JSON.stringify(projectIds),
      )
      .map((row) => JSON.parse(row.doc) as Alert);
  }

  async alerts(query: AlertQuery): Promise<Page<Alert>> {
    const words = queryWords(query.text);
    const after = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
    const limit = checkedLimit(query.limit);
    const found: Alert[] = [];
    for (const alert of this.#alerts(query, words, after as [number, string] | null)) {
      found.push(alert);
      if (found.length > limit) break;
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      nextCursor: found.length > limit && last !== undefined ? encodeCursor(query, [last.openedAt, last.key]) : null,
    };
  }

  async *alertPlaces(): AsyncGenerator<AlertPlace[]> {
    for (let after = ''; ;) {
      const rows = this.#connection.all<{ key: string; project_id: string; page: string | null }>(
        `SELECT key, project_id, page FROM alerts WHERE key > ? ORDER BY key LIMIT ${PLACE_BATCH}`,
        after,
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(({ key, project_id: projectId, page }) => ({ key, projectId, page }));
      after = last.key;
    }
  }

  async countAlerts(query: Omit<AlertQuery, 'limit' | 'cursor'>): Promise<number> {
    const words = queryWords(query.text);
    if (words.length > 0) {
      return lengthOf(this.#alerts(query, words, null));
    }
    const { where, values } = alertConditions(query);
    return this.#connection.get<{ n: number }>(`SELECT count(*) AS n FROM alerts WHERE 1 ${where}`, ...values)!.n;
  }

  async alertStatistics(): Promise<AlertCount[]> {
    return this.#connection
      .all<AlertCount & Record<string, unknown>>(
        `SELECT nature, state, rule, count(*) AS count FROM alerts
         GROUP BY nature, state, rule ORDER BY nature, state, rule`,
      )
      .map(({ nature, state, rule, count }) => ({ nature, state, rule, count }));
  }

  /** Adds a finding of another store; inside the caller's transaction. One that is here stays as it is. */
  takeIn(finding: Finding): void {
    if (this.#connection.get('SELECT 1 FROM findings WHERE key = ?', finding.key) === undefined) {
      this.#putFinding(finding);
    }
  }

  /** Adds an alert of another store under its number; inside the caller's transaction. One that is here stays as it is. */
  takeInAlert(alert: Alert): void {
    this.#writeAlert(alert, 'NOTHING');
  }

  #putFinding(finding: Finding): void {
    this.#connection.run(
      'INSERT OR REPLACE INTO findings (key, project_id, rule, verdict, severity, doc) VALUES (?, ?, ?, ?, ?, ?)',
      finding.key,
      finding.projectId,
      finding.rule,
      finding.verdict,
      finding.severity,
      JSON.stringify(finding),
    );
  }

  #putAlert(change: AlertChange): void {
    const stored = this.#connection.get<{ number: string; opened_at: number }>(
      'SELECT number, opened_at FROM alerts WHERE key = ?',
      change.key,
    );
    const alert: Alert = {
      ...change,
      number: stored?.number ?? this.#nextNumber(change.openedAt),
      openedAt: stored?.opened_at ?? change.openedAt,
    };
    this.#writeAlert(
      alert,
      `UPDATE SET nature = excluded.nature, state = excluded.state, rule = excluded.rule,
         severity = excluded.severity, project_id = excluded.project_id, page = excluded.page, doc = excluded.doc`,
    );
  }

  #writeAlert(alert: Alert, whenThere: string): void {
    this.#connection.run(
      `INSERT INTO alerts (key, number, nature, state, rule, severity, project_id, opened_at, page, doc)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (key) DO ${whenThere}`,
      alert.key,
      alert.number,
      alert.nature,
      alert.state,
      alert.finding.rule,
      alert.finding.severity,
      alert.projectId,
      alert.openedAt,
      alert.finding.evidence[0]?.noticeId ?? null,
      JSON.stringify(alert),
    );
  }

  #nextNumber(openedAt: number): string {
    const year = yearOf(openedAt);
    const { last } = this.#connection.get<{ last: number }>(
      'INSERT INTO alert_numbers (year, last) VALUES (?, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last',
      year,
    )!;
    return alertNumber(year, last);
  }

  /** Latest opened first, then key. Words are looked for in what an alert shows: alerts are few beside notices. */
  *#alerts(
    query: Omit<AlertQuery, 'limit' | 'cursor'>,
    words: string[],
    after: [number, string] | null,
  ): Generator<Alert> {
    const { where, values } = alertConditions(query);
    const position = after === null ? '' : 'AND (opened_at < ? OR (opened_at = ? AND key > ?))';
    const rows = this.#connection.iterate<{ doc: string }>(
      `SELECT doc FROM alerts WHERE 1 ${where} ${position} ORDER BY opened_at DESC, key`,
      ...values,
      ...(after === null ? [] : [after[0], after[0], after[1]]),
    );
    for (const row of rows) {
      const alert = JSON.parse(row.doc) as Alert;
      if (words.length === 0 || matchesWords(alertSearchText(alert), words)) yield alert;
    }
  }
}

function alertConditions(query: Omit<AlertQuery, 'limit' | 'cursor'>): { where: string; values: string[] } {
  const { nature, state, rule, severity, exceptNature } = query;
  const { where, values } = conditions({ nature, state, rule, severity });
  return exceptNature === undefined
    ? { where, values }
    : { where: `${where} AND nature <> ?`, values: [...values, exceptNature] };
}

/** Column names are this file's own; values are bound. */
function conditions(columns: Record<string, string | undefined>): { where: string; values: string[] } {
  const given = Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    where: given.map(([column]) => `AND ${column} = ?`).join(' '),
    values: given.map(([, value]) => value),
  };
}
