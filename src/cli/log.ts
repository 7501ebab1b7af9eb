import { pino } from 'pino';
import type { Level, Logger } from 'pino';

import { CorrectInput } from '../model/errors.ts';

const LEVELS: readonly string[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
export const HIDDEN = '[已隐去]';
/** Names under which secrets travel: HTTP headers, settings, query parameters. */
const SECRET_NAME = /authori[sz]ation|cookie|passw(or)?d|secret|token|api[-_]?key|signature|credential/i;
const SECRET_PARAMETER = /([?&;](?:access_token|token|key|secret|sign|signature|password|passwd|auth)=)[^&\s"']+/gi;
const URI_CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)[^/?#\s"']*@/gi;
const AUTHORIZATION = /\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{6,}/g;

/** Where log lines go: a stream as pino and the web framework take one. */
export interface LogSettings {
  level: Level | 'silent';
  stream: { write(line: string): void };
}

/**
 * Structured logs, one JSON object a line, never on standard output: that is for programs.
 * `level` is `GONGSHI_LOG_LEVEL`; without it only errors are told. Throws `CorrectInput` for an unknown one.
 */
export function logSettings(level: string | undefined, out: { write(line: string): unknown }): LogSettings {
  const chosen = level === undefined || level === '' ? 'error' : level;
  if (!LEVELS.includes(chosen)) {
    throw new CorrectInput(
      `环境变量 GONGSHI_LOG_LEVEL 的值 ${chosen} 不认识`,
      `请改为以下之一：${LEVELS.join('、')}；不设即为 error。`,
    );
  }
  return { level: chosen as LogSettings['level'], stream: { write: (line) => void out.write(redactLine(line)) } };
}

/**
 * Whether the operator asked for a log: then a process on duty says everything in it. Without it people read what is said.
 */
export function isLogAsked(level: string | undefined): boolean {
  return level !== undefined && level !== '';
}

export function createLog({ level, stream }: LogSettings): Logger {
  return pino({ level, base: null }, stream);
}

/** A finished line, whatever part of the program wrote it: messages, stacks and bindings are looked through alike. */
function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redact(JSON.parse(line)))}\n`;
  } catch {
    // Not JSON: nothing can be said of its fields, but addresses are still looked for.
    return redactText(line);
  }
}

function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, SECRET_NAME.test(name) ? HIDDEN : redact(part)]),
  );
}

/** A text without the secrets that addresses and headers carry. */
export function redactText(text: string): string {
  return text
    .replace(URI_CREDENTIALS, `$1${HIDDEN}@`)
    .replace(SECRET_PARAMETER, `$1${HIDDEN}`)
    .replace(AUTHORIZATION, `$1 ${HIDDEN}`);
}
