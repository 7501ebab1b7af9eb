import type { FieldName, Notice } from '../model/notice.ts';
import type { AlertDetailReply } from './schemas.ts';

type Evidence = AlertDetailReply['evidence'][number];

/** Every verdict rests on which project and buyer a notice is of, and when it was published. */
const ALWAYS: readonly FieldName[] = ['publishDate', 'projectName', 'projectCode', 'purchaser'];
/** What else is looked at, by the part that a notice plays. */
const BY_ROLE: Record<Evidence['role'], readonly FieldName[]> = {
  publicity: ['publicity', 'candidates', 'suppliers'],
  result: ['suppliers', 'amount', 'budget', 'method', 'determinedDate'],
  award_letter: ['suppliers', 'awardLetterDate'],
  contract: ['suppliers', 'contractDate'],
  correction: ['material', 'refersTo'],
  other: ['budget', 'method'],
};

/**
 * The fields of a notice that a verdict rests on, each with the words it was read from and where they stand. A field
 * without an origin (the list's date) is left out: there are no words to show.
 */
export function factsOf(notice: Notice, role: Evidence['role']): Evidence['facts'] {
  return [...ALWAYS, ...BY_ROLE[role]].flatMap((field) => {
    const origin = notice.origins[field];
    const value = notice.fields[field];
    if (origin === undefined || value === null) return [];
    const file = notice.attachments.find(({ name }) => name === origin.attachment);
    return [
      {
        field,
        value: printed(value),
        origin,
        archiveId: origin.attachment === undefined ? notice.archiveId : (file?.archiveId ?? null),
        others: notice.disagreements
          .filter((other) => other.field === field)
          .map((other) => ({ value: printed(other.value), words: other.origin.words })),
      },
    ];
  });
}

/** A value in one line; of a compound one the words that a reader needs. */
function printed(value: unknown): string {
  if (typeof value === 'string') return readable(value);
  if (typeof value === 'number') return `${value.toLocaleString('zh-CN')} 元`;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map(printed).join('、');
  if (typeof value !== 'object' || value === null) return '';
  const { name, rank, from, to, words } = value as Record<string, unknown>;
  if (typeof name === 'string') return typeof rank === 'number' ? `第${rank}名 ${name}` : name;
  if (typeof from === 'string' || typeof to === 'string') return `${day(from)} 至 ${day(to)}`;
  return typeof words === 'string' ? words : JSON.stringify(value);
}

function day(value: unknown): string {
  return typeof value === 'string' ? readable(value) : '未载明';
}

/** Only in a moment does a T part day and clock; in a code (KYZC2026-JT-0005) it is a letter. */
function readable(text: string): string {
  return text.replace(/^(\d{4}-\d{2}-\d{2})T(?=\d{2}:\d{2})/, '$1 ');
}
