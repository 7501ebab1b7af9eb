import type { Logger } from 'pino';

import { GongshiError } from '../model/errors.ts';
import { redactText } from './log.ts';

/** What programs read: standard output, one JSON value a line. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

let spokenThrough: Logger | null = null;

/**
 * Has everything that this process says written by the log instead, an object a line, until it is given null. For
 * processes on duty whose log a program reads: a line of plain text among objects breaks its reading.
 */
export function sayThrough(log: Logger | null): void {
  spokenThrough = log;
}

/** What people read: standard error, so that standard output stays clean for programs. */
export function say(text = ''): void {
  if (spokenThrough !== null) spokenThrough.info(text);
  else process.stderr.write(`${redactText(text)}\n`);
}

/** An error as the operator reads it: what happened, what to do. */
export function sayError(error: unknown): void {
  if (spokenThrough !== null) {
    spokenThrough.fatal({ err: error }, error instanceof Error ? error.message : String(error));
    return;
  }
  if (error instanceof GongshiError) {
    say(`错误 ${error.code}：${error.message}`);
    for (const [name, value] of Object.entries(error.facts)) say(`  ${name}: ${String(value)}`);
    say(`  怎么办：${error.advice}`);
    return;
  }
  say('程序内部错误，请把下面的内容交给维护人员：');
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** Columns aligned for a terminal, where a Chinese character takes two cells. */
export function table(rows: string[][]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cells(cell))));
  }
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat(widths[i]! - cells(cell))))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Columns of a terminal that a text takes. */
export function cells(text: string): number {
  let n = 0;
  for (const char of text) n += /[\u2e80-\uffef]/.test(char) ? 2 : 1;
  return n;
}
