import { createHash } from 'node:crypto';

import type { NoticeFields } from '../model/notice.ts';

/**
 * SHA-256 (hex) over the business fields in a canonical form: keys sorted, text folded in width and blanks,
 * money in whole fen. What a site changes without changing the notice (view counters, page furniture) is no field;
 * the publish date is, because moving it is what a backdating looks like.
 */
export function noticeDigest(fields: NoticeFields): string {
  return createHash('sha256').update(canonical(fields)).digest('hex');
}

function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFKC').replace(/\s+/g, ' ').trim());
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return value === undefined ? 'null' : String(value);
}
