import { readdir } from 'node:fs/promises';

import type { SourceDefinition } from '../src/model/source.ts';

/**
 * Every source: each folder here that holds a `source.ts` exporting `source`. Adding a source touches nothing else.
 * In the order of their ids. Throws where a folder's source is missing or bears another id than its folder.
 */
export async function loadDefinitions(): Promise<SourceDefinition[]> {
  const here = new URL('.', import.meta.url);
  const entries = await readdir(here, { withFileTypes: true });
  const definitions: SourceDefinition[] = [];
  for (const entry of entries.filter((candidate) => candidate.isDirectory())) {
    const files = await readdir(new URL(`${entry.name}/`, here));
    if (!files.includes('source.ts')) continue;
    const module = (await import(new URL(`${entry.name}/source.ts`, here).href)) as { source?: SourceDefinition };
    if (module.source?.id !== entry.name) {
      throw new Error(`crawlers/${entry.name}/source.ts must export \`source\` with id '${entry.name}'`);
    }
    definitions.push(module.source);
  }
  return definitions.sort((a, b) => (a.id < b.id ? -1 : 1));
}
