import { z } from 'zod';

import { FixConfiguration } from '../../src/model/errors.ts';
import type { SourceSettings } from '../../src/model/source.ts';

/** Where an operator sets a source's options, as the set-up guide names it. */
const FILE = 'config/sources.yaml';

/**
 * The source's own options, checked. Every key of the schema carries the allowed values in words (`describe`).
 * Throws `FixConfiguration` naming the file, the key and the allowed values.
 */
export function optionsOf<T extends z.ZodType>(schema: T, sourceId: string, settings: SourceSettings): z.output<T> {
  const parsed = schema.safeParse(settings.options);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path.map(String), ...unknown];
  const key = [sourceId, 'options', ...path].join('.');
  throw new FixConfiguration(unknown.length > 0 ? `有不认识的选项 ${key}` : `选项 ${key} 的取值不对或缺失`, {
    file: FILE,
    key,
    allowed: allowedAt(schema, issue.path.map(String)),
    got: path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], settings.options),
  });
}

/** The words of the deepest described schema on the way to the key. */
function allowedAt(schema: z.ZodType, path: string[]): string {
  let here: z.ZodType = schema;
  let words = schema.description ?? '';
  for (const step of path) {
    if (here instanceof z.ZodObject) here = (here.shape as Record<string, z.ZodType>)[step] ?? here;
    else if (here instanceof z.ZodRecord) here = here.valueType as z.ZodType;
    while (here instanceof z.ZodOptional || here instanceof z.ZodDefault) {
      words = here.description ?? words;
      here = here.unwrap() as z.ZodType;
    }
    words = here.description ?? words;
  }
  return words;
}
