import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';

/** Tells a process from a later one of the same number: pid and start time. Null when there is no such process. */
export function processIdentity(pid: number): string | null {
  const fields = statOf(pid);
  return fields === null || fields[0] === 'Z' ? null : `${pid}@${fields[19]}`;
}

export function isRunning(identity: string): boolean {
  return processIdentity(Number(identity.split('@')[0])) === identity;
}

/** Kills the process and all it started, with SIGKILL; returns their identities. */
export async function killFamily(pid: number): Promise<string[]> {
  const identities = (await familyOf(pid)).map(processIdentity).filter((identity) => identity !== null);
  for (const identity of identities) if (isRunning(identity)) kill(Number(identity.split('@')[0]));
  return identities;
}

async function familyOf(pid: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(pids.map((one) => [one, Number(statOf(one)?.[1])]));
  const family = [pid];
  for (let index = 0; index < family.length; index++) {
    for (const [one, parent] of parents) if (parent === family[index]) family.push(one);
  }
  return family;
}

/** State, parent and what follows in the kernel's record of a process. */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
