import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The configuration that the product ships. */
export const CONFIG = join(import.meta.dirname, '../config');

/** The interpreter of Debian's packages first: another Python on the path does not see them. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

/** A Python that has the module; null where none does. */
export function pythonWith(module: string): string | null {
  const has = (python: string): boolean => spawnSync(python, ['-c', `import ${module}`]).status === 0;
  return PYTHONS.filter((python) => !python.startsWith('/') || existsSync(python)).find(has) ?? null;
}
