import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whatever stands in these may change a word of a judgement. */
const ROOMS = ['cases', 'compliance', 'model', 'notices', 'projects'];

/**
 * Digest of the program's own text as it was when this process began, as far as it judges: the server runs its sources
 * as they are. What was said by another program is compared word by word; a version number would have to be remembered
 * at every change of a sentence.
 */
export const PROGRAM_DIGEST = digestOfSources();

function digestOfSources(): string {
  const digest = createHash('sha256').update(process.version);
  for (const room of ROOMS) {
    const folder = join(import.meta.dirname, '..', room);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource).sort();
    for (const file of files) digest.update(`\n${room}/${file}\n`).update(readFileSync(join(folder, file)));
  }
  return digest.digest('base64url');
}

function isSource(file: string): boolean {
  return file.endsWith('.ts') && !file.endsWith('.test.ts');
}
