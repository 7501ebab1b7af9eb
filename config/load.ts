import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

import { FixConfiguration } from '../src/model/errors.ts';
import type { IndicatorSettings } from '../src/model/lead.ts';
import type { JudgingSettings } from '../src/model/kept-settings.ts';
import type { Policy } from '../src/model/policy.ts';
import type { Region, SourceDefinition, SourceSettings } from '../src/model/source.ts';
import { basicSchema, rulesSchema, sourcesSchema } from './schema.ts';
import type { BasicConfig, SourceEntry } from './schema.ts';

export interface Config {
  /** Absolute path of the configuration folder. */
  folder: string;
  region: Region;
  contact: string;
  storage: BasicConfig['storage'];
  server: BasicConfig['server'];
  crawl: BasicConfig['crawl'];
  operators: BasicConfig['operators'];
  retention: BasicConfig['retention'];
  /** Working days each step of a case is given. */
  cases: BasicConfig['cases'];
  sources: Record<string, SourceEntry>;
  policy: Policy;
  indicators: IndicatorSettings;
  /** Parsed calendar files; `src/compliance/calendar.ts` checks their content. */
  calendar: { national: unknown; local: unknown };
}

/**
 * Reads and checks the configuration folder.
 * Throws `FixConfiguration` naming the file, the key and the allowed values.
 * Relative storage paths are taken from the folder above the configuration.
 */
export function loadConfig(folder: string): Config {
  const dir = resolve(folder);
  const basic = read(dir, 'gongshi.yaml', basicSchema);
  const sources = read(dir, 'sources.yaml', sourcesSchema);
  const base = join(dir, '..');
  const place = (path: string): string => (isAbsolute(path) ? path : join(base, path));
  return {
    folder: dir,
    region: basic.region,
    contact: basic.contact,
    storage: {
      database: isServer(basic.storage.database) ? basic.storage.database : place(basic.storage.database),
      archive: basic.storage.archive.startsWith('s3://') ? basic.storage.archive : place(basic.storage.archive),
      s3: basic.storage.s3,
    },
    server: basic.server,
    crawl: basic.crawl,
    operators: basic.operators,
    retention: basic.retention,
    cases: basic.cases,
    sources,
    ...rulesIn(dir, basic),
  };
}

/** What findings and leads are made by. */
function rulesIn(dir: string, { region }: BasicConfig): Pick<Config, 'policy' | 'indicators' | 'calendar'> {
  const { indicators, ...rules } = read(dir, 'rules.yaml', rulesSchema);
  return {
    policy: { ...rules, localRule: { id: 'KY-GP-3D', ...rules.localRule }, regionCode: region.code },
    indicators,
    calendar: {
      national: readParsed(dir, 'calendar.json'),
      local: readParsed(dir, 'calendar-local.yaml'),
    },
  };
}

/** Files that findings rest on. */
const JUDGING_FILES = ['gongshi.yaml', 'rules.yaml', 'calendar.json', 'calendar-local.yaml'];

/**
 * Tells again and again how to judge by the folder's files as they are then; they are parsed, some 30 ms, only where a
 * character of them changed. Throws `FixConfiguration`.
 */
export function judgingSettingsOf(folder: string): () => JudgingSettings {
  const dir = resolve(folder);
  let known: { texts: string; settings: JudgingSettings } | null = null;
  return () => {
    const texts = JSON.stringify(JUDGING_FILES.map((name) => readText(dir, name)));
    if (known?.texts !== texts) {
      const { policy, calendar } = rulesIn(dir, read(dir, 'gongshi.yaml', basicSchema));
      known = { texts, settings: { policy, calendar } };
    }
    return known.settings;
  };
}

/**
 * What findings are judged by, out of kept settings that an earlier program may have written: decisions that it did not
 * know are this program's defaults, as in a file that does not name them. Null where this program cannot read them.
 */
export function policyOfKept({ policy }: Pick<JudgingSettings, 'policy'>): Policy | null {
  const { regionCode, localRule, ...rules } = policy;
  const { id, ...dates } = localRule;
  const parsed = rulesSchema.omit({ indicators: true }).safeParse({ ...rules, localRule: dates });
  if (!parsed.success) return null;
  return { ...parsed.data, localRule: { id, ...parsed.data.localRule }, regionCode };
}

/** A database server's address rather than a file's path. */
function isServer(address: string): boolean {
  return /^mongodb(\+srv)?:\/\//.test(address);
}

/** The settings of one source: its definition's defaults under what the operator wrote. */
export function settingsOf(definition: SourceDefinition, entry: SourceEntry | undefined): SourceSettings {
  const defaults = definition.defaults;
  return {
    enabled: entry?.enabled ?? true,
    address: entry?.address ?? definition.address,
    pace: entry?.pace ?? defaults.pace,
    timeoutMs: entry?.timeoutSeconds === undefined ? defaults.timeoutMs : entry.timeoutSeconds * 1000,
    maxBodyBytes:
      entry?.maxBodyMegabytes === undefined ? defaults.maxBodyBytes : Math.round(entry.maxBodyMegabytes * 1024 * 1024),
    charset: entry?.charset === undefined ? defaults.charset : entry.charset,
    quietHours: entry?.quietHours === undefined ? defaults.quietHours : entry.quietHours,
    attachmentHosts: entry?.attachmentHosts ?? [],
    acceptedWords: entry?.acceptedWords ?? [],
    schedule: { ...defaults.schedule, ...entry?.schedule },
    conditionalRequests: entry?.conditionalRequests ?? defaults.conditionalRequests,
    options: entry?.options ?? {},
  };
}

/** Refuses entries in sources.yaml that no source answers to. */
export function checkSourceIds(config: Config, definitions: SourceDefinition[]): void {
  const known = definitions.map((d) => d.id);
  for (const id of Object.keys(config.sources)) {
    if (!known.includes(id)) {
      throw new FixConfiguration(`没有名为 ${id} 的来源`, {
        file: join(config.folder, 'sources.yaml'),
        key: id,
        allowed: known.join('、'),
      });
    }
  }
}

function readText(dir: string, name: string): string {
  const file = join(dir, name);
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FixConfiguration(
      `读不到配置文件 ${file}`,
      { file, key: '（整个文件）', allowed: '一个可读的文件' },
      cause,
    );
  }
}

function readParsed(dir: string, name: string): unknown {
  const file = join(dir, name);
  const text = readText(dir, name);
  try {
    return parse(text);
  } catch (cause) {
    const line = cause instanceof YAMLParseError ? cause.linePos?.[0].line : undefined;
    throw new FixConfiguration(
      `${file} 不是合法的 YAML/JSON${line === undefined ? '' : `（第 ${line} 行）`}`,
      {
        file,
        key: line === undefined ? '（整个文件）' : `第 ${line} 行`,
        allowed: '合法的 YAML 格式，注意缩进与冒号后的空格',
      },
      cause,
    );
  }
}

function read<T extends z.ZodType>(dir: string, name: string, schema: T): z.output<T> {
  const parsed = schema.safeParse(readParsed(dir, name));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const unknownKeys = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...issue.path, ...unknownKeys.slice(0, 1)].map(String);
  const key = path.join('.') || '（整个文件）';
  throw new FixConfiguration(
    unknownKeys.length > 0 ? `${name} 中有不认识的键 ${key}` : `${name} 中 ${key} 的取值不对`,
    {
      file: join(dir, name),
      key,
      allowed: allowedAt(schema, issue.path.map(String)),
    },
  );
}

/** The description of the schema at a path: the deepest one that has words. */
function allowedAt(schema: z.ZodType, path: string[]): string {
  let here: z.ZodType = schema;
  let words = schema.description ?? '';
  for (const step of path) {
    const next = child(here, step);
    if (next === null) break;
    here = next;
    words = here.description ?? words;
  }
  return words;
}

function child(schema: z.ZodType, step: string): z.ZodType | null {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, z.ZodType>)[step] ?? null;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return child(schema.unwrap() as z.ZodType, step);
  }
  return null;
}
