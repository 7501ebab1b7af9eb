/**
 * A text that holds what is read by the million: every string once, whole numbers a character each where they are below
 * 57 and two below 1,995, amounts and rarer things in the order in which they are read again. JSON.parse copies a text at
 * once, where of a list it makes a thing of every number: nested tuples took three times as long to read.
 *
 * Of a number the highest digit comes first. Digits to the base 34 from `]` on say that more follows; the last digit, to
 * the base 57, stands from `#` on. The quotation mark lies below both, the backslash between them: nothing is escaped.
 */
const LAST_FROM = 35;
const LAST_BASE = 57;
const MORE_FROM = 93;
const MORE_BASE = 34;

/** At the first place of the words stands null. */
type Parts = [words: (string | null)[], numbers: string, amounts: (number | null)[], others: unknown[]];

export class CompactWriter {
  readonly #words: (string | null)[] = [null];
  readonly #places = new Map<string, number>();
  #numbers = '';
  readonly #amounts: (number | null)[] = [];
  readonly #others: unknown[] = [];

  /** A whole number from 0 on. */
  number(value: number): void {
    let text = String.fromCharCode(LAST_FROM + (value % LAST_BASE));
    for (let rest = Math.floor(value / LAST_BASE); rest > 0; rest = Math.floor(rest / MORE_BASE)) {
      text = String.fromCharCode(MORE_FROM + (rest % MORE_BASE)) + text;
    }
    this.#numbers += text;
  }

  word(text: string | null): void {
    this.number(text === null ? 0 : this.#place(text));
  }

  words(texts: readonly string[]): void {
    this.list(texts, (text) => this.word(text));
  }

  list<T>(items: readonly T[], write: (item: T) => void): void {
    this.number(items.length);
    items.forEach(write);
  }

  amount(value: number | null): void {
    this.#amounts.push(value);
  }

  /** Anything that JSON can hold. */
  other(value: unknown): void {
    this.#others.push(value);
  }

  toString(): string {
    const parts: Parts = [this.#words, this.#numbers, this.#amounts, this.#others];
    return JSON.stringify(parts);
  }

  #place(text: string): number {
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.#words.push(text) - 1;
      this.#places.set(text, place);
    }
    return place;
  }
}

/** Reads in the order in which it was written. */
export class CompactReader {
  readonly #words: (string | null)[];
  readonly #numbers: string;
  readonly #amounts: (number | null)[];
  readonly #others: unknown[];
  #at = 0;
  #amountsRead = 0;
  #othersRead = 0;

  constructor(text: string) {
    [this.#words, this.#numbers, this.#amounts, this.#others] = JSON.parse(text) as Parts;
  }

  number(): number {
    let code = this.#numbers.charCodeAt(this.#at++);
    let value = 0;
    for (; code >= MORE_FROM; code = this.#numbers.charCodeAt(this.#at++)) value = value * MORE_BASE + code - MORE_FROM;
    return value * LAST_BASE + code - LAST_FROM;
  }

  /** Where the writer was never given null. */
  word(): string {
    return this.wordOrNull()!;
  }

  wordOrNull(): string | null {
    return this.#words[this.number()]!;
  }

  words(): string[] {
    const length = this.number();
    const texts: string[] = [];
    for (let i = 0; i < length; i++) texts.push(this.word());
    return texts;
  }

  list<T>(read: (reader: this) => T): T[] {
    const length = this.number();
    const items: T[] = [];
    for (let i = 0; i < length; i++) items.push(read(this));
    return items;
  }

  amount(): number | null {
    return this.#amounts[this.#amountsRead++]!;
  }

  other(): unknown {
    return this.#others[this.#othersRead++];
  }
}
