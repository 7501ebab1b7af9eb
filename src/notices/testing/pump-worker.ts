import { parentPort, workerData } from 'node:worker_threads';

import type { Pump } from './pump.ts';

/** Drives each expression over a long text, says before each which it is at, and behind it what the thread spent. */
const { pumps, length } = workerData as { pumps: Pump[]; length: number };
for (const [index, { source, flags, word }] of pumps.entries()) {
  parentPort?.postMessage({ index });
  const text = word.repeat(Math.ceil(length / word.length)).slice(0, length);
  const before = process.threadCpuUsage();
  // U+0001 ends the text with what no expression expects there.
  for (const pumped of [text, `${text}\u0001`]) runOver(new RegExp(source, flags), pumped);
  const { user, system } = process.threadCpuUsage(before);
  parentPort?.postMessage({ index, spent: user + system });
}
parentPort?.postMessage('done');

/** Through the whole text, from match to match. */
function runOver(expression: RegExp, text: string): void {
  for (let last = 0; expression.test(text); last = expression.lastIndex) {
    if (expression.lastIndex === last) expression.lastIndex++;
  }
}
