import { DatabaseError } from 'pg';
import type { Document } from 'bson';

/** The engine's SQLSTATEs that an adapter can meet, and what a mongod says in their place. */
const CODES: Record<string, [code: number, name: string]> = {
  M0000: [1, 'InternalError'],
  M0001: [2, 'BadValue'],
  M0003: [9, 'FailedToParse'],
  M0004: [14, 'TypeMismatch'],
  M0006: [20, 'IllegalOperation'],
  M0008: [26, 'NamespaceNotFound'],
  M0009: [27, 'IndexNotFound'],
  M000A: [28, 'PathNotViable'],
  M000D: [40, 'ConflictingUpdateOperators'],
  M000E: [43, 'CursorNotFound'],
  M000F: [48, 'NamespaceExists'],
  M000G: [52, 'DollarPrefixedFieldName'],
  M000M: [66, 'ImmutableField'],
  M000N: [67, 'CannotCreateIndex'],
  M000O: [68, 'IndexAlreadyExists'],
  M000P: [72, 'InvalidOptions'],
  M000Q: [73, 'InvalidNamespace'],
  M000R: [85, 'IndexOptionsConflict'],
  M000S: [86, 'IndexKeySpecsConflict'],
  M000U: [115, 'CommandNotSupported'],
  M000W: [146, 'ExceededMemoryLimit'],
  M0012: [197, 'InvalidIndexSpecificationOption'],
  M0016: [263, 'OperationNotSupportedInTransaction'],
  M001B: [10334, 'BSONObjectTooLarge'],
  M001C: [11000, 'DuplicateKey'],
  M003A: [17419, 'Location17419'],
  M003B: [17420, 'Location17420'],
  M007U: [40324, 'Location40324'],
  M0088: [40415, 'Location40415'],
  M00CO: [121, 'DocumentValidationFailure'],
  M00EW: [24, 'LockTimeout'],
  M00EX: [50, 'MaxTimeMSExpired'],
  M00EY: [59, 'CommandNotFound'],
  M00F1: [112, 'WriteConflict'],
  M00F6: [251, 'NoSuchTransaction'],
  '23505': [11000, 'DuplicateKey'],
  '23P01': [11000, 'DuplicateKey'],
  '25P02': [251, 'NoSuchTransaction'],
  '40001': [112, 'WriteConflict'],
  '40P01': [112, 'WriteConflict'],
  '42P01': [26, 'NamespaceNotFound'],
  '53100': [14031, 'OutOfDiskSpace'],
  '55P03': [112, 'WriteConflict'],
  '57014': [50, 'MaxTimeMSExpired'],
};
const UNKNOWN: [number, string] = [8, 'UnknownError'];

/** An answer `{ok: 0}` of a command, thrown. */
export class CommandFailure extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly labels: string[];
  readonly more: Document;

  constructor(code: number, codeName: string, message: string, labels: string[] = [], more: Document = {}) {
    super(message);
    this.code = code;
    this.codeName = codeName;
    this.labels = labels;
    this.more = more;
  }

  toDocument(): Document {
    const labels = this.labels.length ? { errorLabels: this.labels } : {};
    return { ok: 0, errmsg: this.message, code: this.code, codeName: this.codeName, ...labels, ...this.more };
  }
}

/** What the engine threw as a mongod would answer it, or null when the engine itself is gone or going. */
export function failureOf(error: unknown): CommandFailure | null {
  if (error instanceof CommandFailure) return error;
  if (!(error instanceof DatabaseError) || !error.code || /^(57P|08)/.test(error.code)) return null;
  const known = CODES[error.code];
  const [code, name] = known ?? UNKNOWN;
  return new CommandFailure(code, name, known ? error.message : `${error.message} [SQLSTATE ${error.code}]`);
}

/**
 * Another writer was met and nothing was changed, so that it can be tried again: serialization failure, deadlock,
 * lock timeout, or the same collection or index created at once, which the engine's own catalogue refuses to the second.
 */
export function isRace(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return false;
  return (
    ['40001', '40P01', '55P03', '23505', '42P07', '42710'].includes(error.code ?? '') ||
    (error.code === 'XX000' && error.message.includes('tuple concurrently'))
  );
}

/** Write errors carry the SQLSTATE packed into an integer, six bits a character, the first lowest. */
export function codeOfPacked(packed: number): number {
  let state = '';
  for (let index = 0, rest = packed; index < 5; index++, rest >>= 6) state += String.fromCharCode((rest & 0x3f) + 0x30);
  return CODES[state]?.[0] ?? packed;
}
