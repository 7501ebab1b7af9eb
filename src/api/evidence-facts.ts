import type { FieldName, Notice } from '../model/notice.ts';
import { fieldText } from './field-text.ts';
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
        value: fieldText(field, value),
        origin,
        archiveId: origin.attachment === undefined ? notice.archiveId : (file?.archiveId ?? null),
        others: notice.disagreements
          .filter((other) => other.field === field)
          .map((other) => ({ value: fieldText(field, other.value), words: other.origin.words })),
      },
    ];
  });
}
