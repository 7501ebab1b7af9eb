import type { Disagreement, FieldName, NoticeFields, Origin } from '../model/notice.ts';

/** A value with the words it was read from, the rule that read it, and how sure that is. */
export interface Found<T> extends Origin {
  value: T;
}

export function found<T>(value: T, words: string, rule: string, confidence: number): Found<T> {
  return { value, words: words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words, rule, confidence };
}

const LONGEST_WORDS = 200;
/** Losing readings that are kept for a field; a form repeats itself more often than it contradicts itself. */
const MOST_DISAGREEMENTS = 4;

/** Gathers the fields of one notice with their origins and the readings that lost. */
export class Readings {
  readonly fields: NoticeFields;
  readonly origins: Partial<Record<FieldName, Origin>> = {};
  readonly disagreements: Disagreement[] = [];

  constructor(fields: NoticeFields) {
    this.fields = fields;
  }

  /**
   * Takes the first of the readings, best first; others that say something else are kept as disagreements.
   * `same` tells whether two values are one reading printed twice.
   */
  take<F extends FieldName>(
    field: F,
    readings: readonly (Found<NoticeFields[F]> | null)[],
    same: (a: NonNullable<NoticeFields[F]>, b: NonNullable<NoticeFields[F]>) => boolean = Object.is,
  ): void {
    const [best, ...others] = readings.filter((one) => one !== null && isStated(one.value)) as Found<
      NonNullable<NoticeFields[F]>
    >[];
    if (best === undefined) return;
    const { value, ...origin } = best;
    this.fields[field] = value as NoticeFields[F];
    this.origins[field] = origin;
    const kept: unknown[] = [value];
    for (const { value: other, ...from } of others) {
      if (kept.length > MOST_DISAGREEMENTS || kept.some((one) => same(one as never, other as never))) continue;
      kept.push(other);
      this.disagreements.push({ field, value: other, origin: from });
    }
  }

  /** A value of the site's own fields wins; the reading it replaces is kept where it differs. */
  override<F extends FieldName>(field: F, value: NoticeFields[F]): void {
    if (!isStated(value)) return;
    const before = this.fields[field];
    const origin = this.origins[field];
    if (isStated(before) && origin !== undefined && JSON.stringify(before) !== JSON.stringify(value)) {
      this.disagreements.push({ field, value: before, origin });
    }
    this.fields[field] = value;
    this.origins[field] = { words: wordsOf(value), rule: 'site-field', confidence: 1 };
  }
}

function isStated(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function wordsOf(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, LONGEST_WORDS);
}
