import { createHash } from 'node:crypto';

import { CorrectInput } from '../../src/model/errors.ts';

/**
 * Cursors are opaque and belong to the query that gave them: they carry its fingerprint,
 * so that one taken to another query is refused instead of showing a page that fits neither.
 */
export function encodeCursor(query: object, position: (string | number)[]): string {
  return Buffer.from(JSON.stringify([fingerprint(query), ...position])).toString('base64url');
}

/** The position inside a cursor; its parts have the types that `shape` names. Throws `CorrectInput`. */
export function decodeCursor(query: object, cursor: string, shape: ('string' | 'number')[]): (string | number)[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw wrongCursor(cause);
  }
  if (!Array.isArray(parts) || parts.length !== shape.length + 1 || parts[0] !== fingerprint(query)) {
    throw wrongCursor();
  }
  const position: unknown[] = parts.slice(1);
  // Only finite numbers: NaN and the like would slip through comparisons.
  if (position.some((part, i) => typeof part !== shape[i] || (typeof part === 'number' && !Number.isFinite(part)))) {
    throw wrongCursor();
  }
  return position as (string | number)[];
}

function wrongCursor(cause?: unknown): CorrectInput {
  return new CorrectInput('翻页标记 cursor 与查询条件不符', '请去掉 cursor，从第一页重新查询。', {}, cause);
}

/** Everything that selects and orders; where in the list one stands, and how much is asked for, left out. */
function fingerprint(query: object): string {
  const parts = Object.entries(query)
    .filter(([key, value]) => key !== 'cursor' && key !== 'limit' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}
