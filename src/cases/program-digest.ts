import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whatever stands in these may change a word of a judgement. */
const ROOMS = ['cases', 'compliance', 'model', 'notices', 'projects'];

let known: string | null = null;

/**
 * Digest of the program's own text, as far as it judges: the server runs its sources as they are. What was said by
 * another program is compared word by word; a version number would have to be remembered at every change of a sentence.
 */
export function programDigest(): string {
  known ??= ROOMS.reduce((digest, room) => {
    const folder = join(import.meta.dirname, '..', room);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource).sort();
    return files.reduce(
      (sum, file) => sum.update(`\n${room}/${file}\n`).update(readFileSync(join(folder, file))),
      digest,
    );
  }, createHash('sha256').update(process.version)).digest('base64url');
  return known;
}

function isSource(file: string): boolean {
  return file.endsWith('.ts') && !file.endsWith('.test.ts');
}
