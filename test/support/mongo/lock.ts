import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Tells a process from a later one of the same number: pid and start time. Null when there is no such process. */
export function processIdentity(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : `${pid}@${fields[19]}`;
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

export function isRunning(identity: string): boolean {
  return processIdentity(Number(identity.split('@')[0])) === identity;
}

/** Waits until this process alone holds the file; one left by a process that is gone does not count. */
export async function holdLock(path: string): Promise<() => void> {
  for (;;) {
    try {
      writeFileSync(path, processIdentity(process.pid) ?? '', { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== null && !isRunning(holder)) rmSync(path, { force: true });
    else await pause(500);
  }
}

/** Null while the file is just being written or was just removed. */
function readHolder(path: string): string | null {
  try {
    return readFileSync(path, 'utf8') || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
