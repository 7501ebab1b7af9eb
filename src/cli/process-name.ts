import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names this process among all that work on a store: where its number counts, the number, and an id of its own for
 * when the number is given again.
 */
export function processName(): string {
  return [numberSpace(), process.pid, randomUUID()].join(' ');
}

/** True where the named process ran on this machine and runs no more: what it held need not be waited for. */
export function isGone(name: string): boolean {
  const [space, number] = name.split(' ');
  if (space !== numberSpace() || number === undefined) return false;
  // Names of this process are asked about only after another of its number is gone.
  if (Number(number) === process.pid) return true;
  try {
    process.kill(Number(number), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Containers may share a machine's name; on Linux their processes are numbered apart. */
function numberSpace(): string {
  try {
    return `${hostname()}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
