import { GongshiError } from '../model/errors.ts';

/** An error on its way from one thread to another: what crosses by itself loses class, code and advice. */
export interface FailureWord {
  message: string;
  stack: string;
  code: string | null;
  advice: string | null;
  /** Those of our own errors; what the platform adds to its errors (errcode, syscall). */
  facts: Record<string, unknown>;
}

export function wordOf(error: unknown): FailureWord {
  if (!(error instanceof Error)) return { message: String(error), stack: '', code: null, advice: null, facts: {} };
  const { message, stack = '' } = error;
  if (error instanceof GongshiError) {
    const { code, advice, facts } = error;
    return { message, stack, code, advice, facts: plain(facts) };
  }
  const { code, ...facts } = Object.fromEntries(Object.entries(error));
  return { message, stack, code: typeof code === 'string' ? code : null, advice: null, facts: plain(facts) };
}

/** The same error on this side, with where it came from as its cause. */
export function failureOf({ message, stack, code, advice, facts }: FailureWord): Error {
  const cause = Object.assign(new Error(message), { stack });
  if (code !== null && advice !== null) return new GongshiError(code, message, { advice, facts, cause });
  return Object.assign(new Error(message, { cause }), facts, code === null ? {} : { code });
}

/** Only what any thread can be told. */
function plain(facts: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(facts)) as Record<string, unknown>;
}
