import type { Collection } from 'mongodb';

import type { Alert, Finding, RuleId, Severity, Verdict } from '../../src/model/finding.ts';
import type { JudgedCount } from '../../src/model/judged-projects.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { alertNumber, yearOf } from '../shared/alert-number.ts';
import { countedByCode } from '../shared/counted-codes.ts';
import type { CodesGroup } from '../shared/counted-codes.ts';
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
import { additionOf, batchesById, READ_BATCH } from './batches.ts';
import type { Connection, Session } from './connection.ts';
import type { Counters } from './counters.ts';
import type { AlertDoc, FindingDoc, JudgedCountDoc, SheetDoc } from './documents.ts';
import { isDuplicate } from './errors.ts';
import { idOf, idsOf, plain } from './plain.ts';
import { allOf, behind, countingAll, firstOf, inOrderOfIds, positionOf } from './positions.ts';

/** Names of the counters, the year behind it. */
const COUNTER_PREFIX = 'alerts ';

/** Read and written at majority throughout: what a supervisor was shown must not be rolled back. */
export class FindingCollection implements FindingStore {
  readonly #connection: Connection;
  readonly #counters: Counters;
  readonly #findings: Collection<FindingDoc>;
  readonly #alerts: Collection<AlertDoc>;
  readonly #sheets: Collection<SheetDoc>;
  readonly #judged: Collection<JudgedCountDoc>;

  constructor(connection: Connection, counters: Counters) {
    this.#connection = connection;
    this.#counters = counters;
    this.#findings = connection.provenCollection<FindingDoc>('findings');
    this.#alerts = connection.provenCollection<AlertDoc>('alerts');
    this.#judged = connection.provenCollection<JudgedCountDoc>('judged_count');
    this.#sheets = connection.provenCollection<SheetDoc>('fact_sheets');
  }

  /**
   * Where there is no transaction: alerts first, so that no finding of a breach stands without its alert;
   * broken off, the next judging writes the same again: what was said is forgotten before anything is written.
   */
  async judge(
    projectIds: string[],
    findings: Finding[],
    alerts: AlertChange[],
    said: ReadonlyMap<string, string> = new Map(),
  ): Promise<void> {
    // Everything is made into documents before anything is written: what cannot be stored stops all of it.
    const changes = alerts.map(plain).map((change) => ({ change, key: idOf(change.key) }));
    const docs = findings.map(plain).map(findingDocument);
    const judged = idsOf(projectIds);
    const taken = new Map<string, string>();
    await this.#connection.write(async (session) => {
      // A transaction that is begun again has given its numbers back.
      if (session !== undefined) taken.clear();
      else
        await this.#say(
          judged.filter((id) => said.has(id)).map((id) => [id, null]),
          session,
        );
      for (const { change, key } of changes) await this.#putAlert(key, change, taken, session);
      const kept = docs.map(({ _id }) => _id);
      if (judged.length > 0) {
        await this.#findings.deleteMany({ projectId: { $in: judged }, _id: { $nin: kept } }, { session });
      }
      if (docs.length > 0) {
        await this.#findings.bulkWrite(
          docs.map((doc) => ({ replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true } })),
          { session },
        );
      }
      const unsaid = judged.filter((id) => !said.has(id)).map((id): [string, null] => [id, null]);
      await this.#say([...unsaid, ...said], session);
    });
  }

  async #say(said: [projectId: string, digest: string | null][], session: Session): Promise<void> {
    if (said.length === 0) return;
    await this.#sheets.bulkWrite(
      said.map(([_id, digest]) => ({ updateOne: { filter: { _id }, update: { $set: { said: digest } } } })),
      { session },
    );
  }

  async get(key: string): Promise<Finding | null> {
    return this.#connection.read(async () => {
      const doc = await this.#findings.findOne({ _id: idOf(key) });
      return doc === null ? null : findingOf(doc);
    });
  }

  async ofProject(projectId: string): Promise<Finding[]> {
    return this.#connection.read(async () => {
      const docs = await this.#findings
        .find({ projectId: idOf(projectId) })
        .sort({ _id: 1 })
        .toArray();
      return docs.map(findingOf);
    });
  }

  async ofProjects(projectIds: string[]): Promise<Finding[]> {
    return this.#connection.read(async () => {
      const docs = await this.#findings.find({ projectId: { $in: idsOf(projectIds) } }).toArray();
      return inOrderOfIds(docs).map(findingOf);
    });
  }

  async search(query: FindingQuery): Promise<Page<Finding>> {
    const after = query.cursor === undefined ? null : (decodeCursor(query, query.cursor, ['string'])[0] as string);
    const limit = checkedLimit(query.limit);
    const filter = allOf([
      ...(after === null ? [] : [{ _id: { $gt: after } }]),
      ...given({
        projectId: query.projectId,
        rule: query.rule,
        verdict: query.verdict,
        severity: query.severity,
        codes: query.code,
      }),
      ...(query.exceptRule === undefined ? [] : [{ rule: { $ne: query.exceptRule } }]),
    ]);
    return this.#connection.read(async () => {
      const docs = await this.#findings
        .find(filter)
        .sort({ _id: 1 })
        .limit(limit + 1)
        .toArray();
      const shown = docs.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(findingOf),
        nextCursor: docs.length > limit && last !== undefined ? encodeCursor(query, [last._id]) : null,
      };
    });
  }

  async statistics(): Promise<{ rule: RuleId; verdict: Verdict; severity: Severity; count: number }[]> {
    return this.#connection.read(async () => {
      const groups = await this.#findings
        .aggregate<{ _id: { rule: RuleId; verdict: Verdict; severity: Severity }; count: number }>(
          [
            { $group: { _id: { rule: '$rule', verdict: '$verdict', severity: '$severity' }, count: { $sum: 1 } } },
            { $sort: { '_id.rule': 1, '_id.verdict': 1, '_id.severity': 1 } },
          ],
          // From the index alone: by itself a server reads every document for a group that nothing stands before.
          { hint: 'counted' },
        )
        .toArray();
      return groups.map(({ _id, count }) => ({ ..._id, count }));
    });
  }

  async keepJudged({ at, rules }: JudgedCount): Promise<void> {
    const doc: JudgedCountDoc = { _id: 'latest', at, content: JSON.stringify(rules) };
    await this.#connection.write(async (session) => {
      await this.#judged.replaceOne({ _id: doc._id }, doc, { upsert: true, session });
    });
  }

  async judged(): Promise<JudgedCount | null> {
    return this.#connection.read(async () => {
      const doc = await this.#judged.findOne({ _id: 'latest' });
      return doc === null ? null : { at: doc.at, rules: JSON.parse(doc.content) as JudgedCount['rules'] };
    });
  }

  async countByCode(verdict: Verdict): Promise<CodeCount[]> {
    return this.#connection.read(async () => {
      const groups = await this.#findings
        .aggregate<{ _id: Omit<CodesGroup, 'count'>; count: number }>([
          { $match: { verdict } },
          { $group: { _id: { rule: '$rule', severity: '$severity', codes: '$codes' }, count: { $sum: 1 } } },
        ])
        .toArray();
      return countedByCode(groups.map(({ _id, count }) => ({ ..._id, count })));
    });
  }

  async open(alert: AlertChange): Promise<Alert> {
    const change = plain(alert);
    const key = idOf(change.key);
    const taken = new Map<string, string>();
    await this.#connection.write(async (session) => {
      if (session !== undefined) taken.clear();
      // A duplicate key is another process's alert: the work is begun again and finds it.
      if ((await this.#alerts.findOne({ _id: key }, { session })) === null) {
        await this.#addAlert(key, change, taken, session);
      }
    });
    return (await this.alert(key))!;
  }

  async alert(key: string): Promise<Alert | null> {
    return this.#connection.read(async () => {
      const doc = await this.#alerts.findOne({ _id: idOf(key) });
      return doc === null ? null : alertOf(doc);
    });
  }

  async alertsOfProjects(projectIds: string[]): Promise<Alert[]> {
    return this.#connection.read(async () => {
      const docs = await this.#alerts.find({ projectId: { $in: idsOf(projectIds) } }).toArray();
      return inOrderOfIds(docs).map(alertOf);
    });
  }

  async alerts(query: AlertQuery): Promise<Page<Alert>> {
    const words = queryWords(query.text);
    const position = positionOf(query);
    const limit = checkedLimit(query.limit);
    return this.#connection.read(async () => {
      const candidates = this.#alerts
        .find(allOf([...conditions(query), ...behind('openedAt', position)]), {
          batchSize: limit + 1,
          ...(words.length === 0 && { limit: limit + 1 }),
        })
        .sort({ openedAt: -1, _id: 1 });
      const found = await firstOf(candidates, limit + 1, (doc) => holds(doc, words));
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(alertOf),
        nextCursor: found.length > limit && last !== undefined ? encodeCursor(query, [last.openedAt, last._id]) : null,
      };
    });
  }

  async *alertPlaces(): AsyncGenerator<AlertPlace[]> {
    const narrow = { projectId: 1, 'finding.evidence': 1 };
    for await (const docs of batchesById(this.#connection, this.#alerts, narrow)) {
      yield docs.map(({ _id, projectId, finding }) => ({
        key: _id,
        projectId,
        page: finding.evidence[0]?.noticeId ?? null,
      }));
    }
  }

  async countAlerts(query: Omit<AlertQuery, 'limit' | 'cursor'>): Promise<number> {
    const words = queryWords(query.text);
    const filter = allOf(conditions(query));
    return this.#connection.read(async () => {
      if (words.length === 0) return this.#alerts.countDocuments(filter, countingAll(filter));
      let count = 0;
      for await (const doc of this.#alerts.find(filter, { batchSize: READ_BATCH })) if (holds(doc, words)) count += 1;
      return count;
    });
  }

  async alertStatistics(): Promise<AlertCount[]> {
    return this.#connection.read(async () => {
      const groups = await this.#alerts
        .aggregate<{ _id: Omit<AlertCount, 'count'>; count: number }>([
          { $group: { _id: { nature: '$nature', state: '$state', rule: '$finding.rule' }, count: { $sum: 1 } } },
          { $sort: { '_id.nature': 1, '_id.state': 1, '_id.rule': 1 } },
        ])
        .toArray();
      return groups.map(({ _id, count }) => ({ ..._id, count }));
    });
  }

  async *allFindings(): AsyncGenerator<Finding> {
    for await (const docs of batchesById(this.#connection, this.#findings)) yield* docs.map(findingOf);
  }

  async *allAlerts(): AsyncGenerator<Alert> {
    for await (const docs of batchesById(this.#connection, this.#alerts)) yield* docs.map(alertOf);
  }

  /** The last number given in each year. */
  async *numbers(): AsyncGenerator<{ year: number; last: number }> {
    const counters = await this.#connection.read(() => this.#counters.lasts(COUNTER_PREFIX));
    for (const { name, last } of counters) yield { year: Number(name.slice(COUNTER_PREFIX.length)), last };
  }

  /** Adds findings of another store; one that is here stays as it is. */
  async takeInFindings(findings: Finding[]): Promise<void> {
    const docs = findings.map(plain).map(findingDocument);
    await this.#connection.writeApart(async () => {
      await this.#findings.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }

  /** Adds alerts of another store under their numbers; one that is here stays as it is. */
  async takeInAlerts(alerts: Alert[]): Promise<void> {
    const docs = alerts.map(plain).map(({ key, ...alert }): AlertDoc => ({ _id: idOf(key), ...alert }));
    await this.#connection.writeApart(async () => {
      await this.#alerts.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }

  async takeInNumbers(numbers: { year: number; last: number }[]): Promise<void> {
    await this.#connection.writeApart(async () => {
      for (const { year, last } of numbers) await this.#counters.reach(counterOf(year), last);
    });
  }

  /** Number and opening of an alert are set once, when it is first stored; `_id` decides between two processes. */
  async #putAlert(key: string, change: AlertChange, taken: Map<string, string>, session: Session): Promise<void> {
    const rest = changingParts(change);
    const { matchedCount } = await this.#alerts.updateOne({ _id: key }, { $set: rest }, { session });
    if (matchedCount === 0) await this.#addAlert(key, change, taken, session);
  }

  async #addAlert(key: string, change: AlertChange, taken: Map<string, string>, session: Session): Promise<void> {
    const { openedAt } = change;
    const number = taken.get(key) ?? (await this.#nextNumber(openedAt, session));
    taken.set(key, number);
    // A duplicate key here is another process's alert of the same key: the write is begun again and finds it. Where it
    // is the number's, the counter has given it twice (the tests' engine does when eight ask for its first at once),
    // and the alert needs another: the index decides, not the counter.
    await this.#alerts
      .insertOne({ _id: key, ...changingParts(change), openedAt, number }, { session })
      .catch((error: unknown) => {
        if (isDuplicate(error)) taken.delete(key);
        throw error;
      });
  }

  async #nextNumber(openedAt: number, session: Session): Promise<string> {
    const year = yearOf(openedAt);
    return alertNumber(year, await this.#counters.take(counterOf(year), 1, session));
  }
}

/** What may change once an alert has its number. */
function changingParts({
  key: _key,
  openedAt: _openedAt,
  ...parts
}: AlertChange): Omit<AlertChange, 'key' | 'openedAt'> {
  return parts;
}

/** The counter outlives every alert, so that no number is given twice. */
function counterOf(year: number): string {
  return `${COUNTER_PREFIX}${year}`;
}

function findingDocument({ key, ...finding }: Finding): FindingDoc {
  return { _id: idOf(key), ...finding };
}

function findingOf({ _id, ...finding }: FindingDoc): Finding {
  return { key: _id, ...finding };
}

function alertOf({ _id, ...alert }: AlertDoc): Alert {
  return { key: _id, ...alert };
}

function conditions(query: Omit<AlertQuery, 'limit' | 'cursor'>): object[] {
  return [
    ...given({
      nature: query.nature,
      state: query.state,
      'finding.rule': query.rule,
      'finding.severity': query.severity,
    }),
    ...(query.exceptNature === undefined ? [] : [{ nature: { $ne: query.exceptNature } }]),
  ];
}

function given(fields: Record<string, string | undefined>): object[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [{ [name]: value }]));
}

/** Words are looked for in what an alert shows: alerts are few beside notices. */
function holds(doc: AlertDoc, words: string[]): boolean {
  return words.length === 0 || matchesWords(alertSearchText(alertOf(doc)), words);
}
