import type { Oddity } from '../model/incident.ts';
import type { FieldName, Notice, NoticeFields, NoticeReading } from '../model/notice.ts';

/** Fields whose disappearance makes a notice useless for judging. */
const WATCHED: readonly (FieldName & keyof typeof NAMES)[] = [
  'projectCode',
  'purchaser',
  'suppliers',
  'amount',
  'publicity',
  'candidates',
];
const NAMES = {
  projectCode: '项目编号',
  purchaser: '采购人（招标人）',
  suppliers: '中标（成交）人',
  amount: '金额',
  publicity: '公示期',
  candidates: '候选人',
};
/** A page cut to less than this share that lost several fields at once is not the notice any more. */
const CUT_TO = 1 / 3;
const SEVERAL = 2;

/**
 * What is wrong with a second reading of a notice that has fewer fields than the stored one through no edit: the words
 * stand in the page still, or the page has shrunk to a husk. The stored notice must then stay. Null where nothing was
 * lost, and where the words are gone from a page that is otherwise whole: that is an edit, and a revision of its own.
 */
export function lostFields(before: Notice, reading: NoticeReading): Oddity | null {
  const lost = WATCHED.filter((field) => isStated(before.fields, field) && !isStated(reading.fields, field));
  if (lost.length === 0) return null;
  const text = plain(reading.text);
  const unread = lost.filter((field) => isStillPrinted(before, field, text));
  const husk = lost.length >= SEVERAL && text.length < plain(before.text).length * CUT_TO;
  if (unread.length === 0 && !husk) return null;
  const named = (husk ? lost : unread).map((field) => NAMES[field]).join('、');
  const words = husk ? `正文仅余：${reading.text}` : `原文：${before.origins[unread[0]!]?.words ?? ''}`;
  return { code: 'FIELDS_LOST', words: `${named}没有读到，${words.replace(/\s+/g, ' ').slice(0, 120)}` };
}

/**
 * Whether the page still prints what the field was read from: its words, where they hold the value (label and value
 * together), else the value itself. A name in the title alone must not pass for the line that was taken away.
 */
function isStillPrinted({ fields, origins }: Notice, field: (typeof WATCHED)[number], text: string): boolean {
  const words = plain(origins[field]?.words ?? '').slice(0, LONGEST_WORDS);
  const values = printedForms(fields, field);
  if (values.some((forms) => forms.some((form) => words.includes(form)))) return text.includes(words);
  return values.length > 0 && values.every((forms) => forms.some((form) => text.includes(form)));
}

const LONGEST_WORDS = 60;

/** What may stand on the page for each part of a field's value. */
function printedForms(fields: NoticeFields, field: (typeof WATCHED)[number]): string[][] {
  switch (field) {
    case 'suppliers':
      return fields.suppliers.map((name) => [plain(name)]);
    case 'candidates':
      return fields.candidates.map(({ name }) => [plain(name)]);
    case 'publicity':
      return fields.publicity === null ? [] : [[plain(fields.publicity.words)]];
    case 'amount': {
      const { amount } = fields;
      return amount === null ? [] : [[String(amount), amount.toLocaleString('en-US'), `${amount / 10_000}万`]];
    }
    default: {
      const value = fields[field];
      return value === null ? [] : [[plain(value)]];
    }
  }
}

function isStated(fields: NoticeFields, field: FieldName): boolean {
  const value = fields[field];
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+|…$/g, '');
}
