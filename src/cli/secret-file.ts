import { readFileSync } from 'node:fs';

import { CorrectInput } from '../model/errors.ts';

/**
 * A secret from a file that only the service may read: the environment variable names the file, not the secret.
 * Null where it names none. Throws `CorrectInput`.
 */
export function secretFile(variable: string): string | null {
  const file = process.env[variable];
  if (file === undefined || file === '') return null;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    const advice = `请核对环境变量 ${variable} 所指的文件是否存在、可读。`;
    throw new CorrectInput(`读不到秘密文件 ${file}`, advice, { file, variable }, cause);
  }
}
