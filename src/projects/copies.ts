import type { FieldName, Notice, NoticeFields } from '../model/notice.ts';

/** A field that copies of one notice on several sites state differently. */
export interface CopyDifference {
  field: FieldName;
  /** What each copy that states the field says, the copy published first coming first. */
  values: { noticeId: string; sourceId: string; value: unknown }[];
}

/** Fields that every copy must carry alike. The publish date is each site's own; texts and titles differ in form. */
const COMPARED = [
  'projectCode',
  'purchaser',
  'agency',
  'suppliers',
  'amount',
  'budget',
  'ceiling',
  'openingDate',
  'candidates',
  'awardLetterDate',
  'contractDate',
] as const satisfies readonly FieldName[];

/** Amounts are printed in 元 and in 万元 of two to six decimals: half a per mille is rounding. */
const ROUNDING = 0.0005;

/**
 * Compares the copies of one notice field by field. A copy that does not state a field contradicts nobody.
 * @param copies notices of one group, in any order
 */
export function differencesAmong(copies: readonly Notice[]): CopyDifference[] {
  const inOrder = [...copies].sort(
    (a, b) => compare(a.fields.publishDate ?? '9', b.fields.publishDate ?? '9') || compare(a.id, b.id),
  );
  return COMPARED.flatMap((field): CopyDifference[] => {
    const stating = inOrder.filter(({ fields }) => states(fields, field));
    const [first, ...others] = stating;
    if (first === undefined || others.every(({ fields }) => alike(field, first.fields, fields))) return [];
    return [
      { field, values: stating.map(({ id, sourceId, fields }) => ({ noticeId: id, sourceId, value: fields[field] })) },
    ];
  });
}

type Compared = (typeof COMPARED)[number];

function states(fields: NoticeFields, field: Compared): boolean {
  const value = fields[field];
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

function alike(field: Compared, a: NoticeFields, b: NoticeFields): boolean {
  switch (field) {
    case 'amount':
    case 'budget':
    case 'ceiling':
      return Math.abs(a[field]! - b[field]!) <= Math.max(a[field]!, b[field]!) * ROUNDING;
    case 'openingDate':
    case 'awardLetterDate':
    case 'contractDate':
      return precise(a[field]!, b[field]!);
    case 'suppliers':
      return sameSet(a.suppliers.map(plain), b.suppliers.map(plain));
    case 'candidates':
      return sameSet(
        a.candidates.map(({ rank, name }) => `${rank} ${plain(name)}`),
        b.candidates.map(({ rank, name }) => `${rank} ${plain(name)}`),
      );
    case 'projectCode':
      return (
        a.codes.some((code) => b.codes.map(plain).includes(plain(code))) ||
        plain(a.projectCode!) === plain(b.projectCode!)
      );
    case 'purchaser':
    case 'agency':
      return plain(a[field]!).includes(plain(b[field]!)) || plain(b[field]!).includes(plain(a[field]!));
  }
}

/** A day against a minute of that day is no difference. */
function precise(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) === b.slice(0, length);
}

function sameSet(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s()（）]/g, '')
    .toUpperCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
