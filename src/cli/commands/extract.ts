import { existsSync, readFileSync } from 'node:fs';

import { CorrectInput } from '../../model/errors.ts';
import { extractFile } from '../../notices/extract.ts';
import { printJson, sayError } from '../output.ts';

/** `gongshi extract FILE… --json`: one JSON line a file. A file that cannot be read is named; the others go on. */
export function extract(files: string[]): void {
  for (const file of files) {
    try {
      printJson(extractFile(file, read(file), readMeta(file)));
    } catch (error) {
      if (!(error instanceof CorrectInput)) throw error;
      sayError(error);
      process.exitCode = 1;
    }
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CorrectInput(`读不到文件 ${file}`, '请核对路径；其余文件已照常读取。', { file }, cause);
  }
}

function readMeta(file: string): Record<string, unknown> | null {
  const metaFile = `${file}.meta.json`;
  if (!existsSync(metaFile)) return null;
  try {
    return JSON.parse(readFileSync(metaFile, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw new CorrectInput(`${metaFile} 不是合法的 JSON`, '请改正或移走该文件。', { file: metaFile }, cause);
  }
}
