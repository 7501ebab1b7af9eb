import type { CommandStartedEvent, Document } from 'mongodb';

/** A query as far as an index has to do with it. */
export interface Query {
  collection: string;
  filter: Document;
  sort: Record<string, number>;
  hint: string | null;
}

type Condition = 'equal' | 'among' | 'begins' | 'within' | 'is';

/** The queries that a command asks: a write asks by its filter. */
export function queriesOf({ command, commandName }: CommandStartedEvent): Query[] {
  const collection = String(command[commandName]);
  const query = (filter: Document, sort: Document = {}, hint: unknown = null): Query => ({
    collection,
    filter,
    // The driver sends sorts as maps.
    sort: sort instanceof Map ? Object.fromEntries(sort as Map<string, number>) : sort,
    hint: typeof hint === 'string' ? hint : null,
  });
  switch (commandName) {
    case 'find':
      return [query(command.filter ?? {}, command.sort, command.hint)];
    case 'count':
    case 'distinct':
      return [query(command.query ?? {}, commandName === 'distinct' ? { [command.key]: 1 } : {}, command.hint)];
    case 'findAndModify':
      return [query(command.query ?? {}, command.sort, command.hint)];
    case 'update':
      return (command.updates as Document[]).map(({ q }) => query(q));
    case 'delete':
      return (command.deletes as Document[]).map(({ q }) => query(q));
    case 'aggregate': {
      const [first] = command.pipeline as Document[];
      return [query(first?.$match ?? {}, {}, command.hint)];
    }
    default:
      return [];
  }
}

/** Fields on which a filter is an index's business; a choice between filters (`$or`) is checked document by document. */
function conditionsOf(filter: Document): Map<string, Condition> {
  const found = new Map<string, Condition>();
  for (const [field, wanted] of Object.entries(filter)) {
    if (field === '$and') {
      for (const part of wanted as Document[]) {
        for (const [name, condition] of conditionsOf(part)) {
          if (found.get(name) !== 'equal') found.set(name, condition);
        }
      }
    } else if (!field.startsWith('$')) found.set(field, conditionOf(wanted));
  }
  return found;
}

function conditionOf(wanted: unknown): Condition {
  if (wanted instanceof RegExp || (wanted as Document | null)?._bsontype === 'BSONRegExp') return 'begins';
  if (typeof wanted !== 'object' || wanted === null) return 'equal';
  const operators = Object.keys(wanted);
  if (operators.includes('$in')) return 'among';
  if (operators.some((name) => ['$gt', '$gte', '$lt', '$lte'].includes(name))) return 'within';
  if (operators.some((name) => name.startsWith('$'))) return 'is';
  return 'equal';
}

const SIGNS: Record<Condition, string> = { equal: '', among: ' in', begins: '^', within: '<', is: '?' };

/** What tells queries apart that need an index of their own. */
export function shapeOf({ collection, filter, sort, hint }: Query): string {
  const conditions = [...conditionsOf(filter)].map(([field, condition]) => `${field}${SIGNS[condition]}`).sort();
  const order = Object.entries(sort).map(([field, direction]) => `${direction < 0 ? '-' : ''}${field}`);
  return [
    collection,
    `{${conditions.join(', ')}}`,
    ...(order.length > 0 ? [`by ${order.join(', ')}`] : []),
    ...(hint === null ? [] : [`told ${hint}`]),
  ].join(' ');
}

export interface Index {
  name: string;
  key: Record<string, number>;
  unique?: boolean;
  partialFilterExpression?: Document;
}

/**
 * How a server that sorts by indexes alone can use this one. served: what is read is what is asked, in its order ·
 * walked: in its order, and looked through · null: not at all.
 */
export function useOf(index: Index, { filter, sort }: Query): 'served' | 'walked' | null {
  const conditions = conditionsOf(filter);
  const { partialFilterExpression: only = {} } = index;
  for (const [field, wanted] of Object.entries(only)) {
    if (!holdsCondition(filter, field, wanted)) return null;
  }
  const key = Object.entries(index.key);
  let fixed = 0;
  while (fixed < key.length && conditions.get(key[fixed]![0]) === 'equal') fixed += 1;
  const rest = key.slice(fixed);
  const wanted = Object.entries(sort).filter(([field]) => !(field in index.key && conditions.get(field) === 'equal'));
  const turned = wanted.length > 0 && rest.length > 0 ? wanted[0]![1] * rest[0]![1] : 1;
  const sorted = wanted.every(([field, direction], i) => rest[i]?.[0] === field && rest[i][1] * turned === direction);
  if (!sorted) return null;
  const bounded = fixed > 0 || (rest.length > 0 && conditions.has(rest[0]![0])) || Object.keys(only).length > 0;
  return bounded || conditions.size === 0 ? 'served' : 'walked';
}

/** Whether a router of shards knows by a filter where to ask: only where it fixes what the shard key begins with. */
export function isTargeted(shardKey: readonly string[], { filter }: Query): boolean {
  const condition = conditionsOf(filter).get(shardKey[0]!);
  return condition === 'equal' || condition === 'among';
}

/** Whether a filter says of every field what it is: without that a router cannot place what an upsert adds. */
export function fixesAll(fields: readonly string[], filter: Document): boolean {
  const conditions = conditionsOf(filter);
  return fields.every((field) => conditions.get(field) === 'equal');
}

function holdsCondition(filter: Document, field: string, wanted: unknown): boolean {
  const parts = [filter, ...((filter.$and ?? []) as Document[])];
  return parts.some((part) => JSON.stringify(part[field]) === JSON.stringify(wanted));
}
