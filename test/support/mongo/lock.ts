import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Waits until this process alone holds the file. The kernel holds the lock for a child that lives as long as its
 * input is open, so that it is free again however this process ends.
 */
export async function holdLock(path: string): Promise<() => Promise<void>> {
  const holder = spawn('flock', ['-x', path, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = (await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')])) as [unknown];
  if (!(said instanceof Buffer)) throw new Error(`flock ${path} 失败，退出码 ${String(said)}`);
  return async () => {
    holder.stdin.end();
    await once(holder, 'exit');
  };
}
