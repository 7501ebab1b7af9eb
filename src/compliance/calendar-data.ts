import { z } from 'zod';

import { dayNumber, isLocalDay } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { FixConfiguration } from '../model/errors.ts';

const localDay = z.string().refine(isLocalDay).describe('真实日期，如 2024-05-01');

const holiday = z
  .strictObject({ name: z.string().min(1).max(20).describe('节日名称'), from: localDay, to: localDay })
  .refine((h) => h.from <= h.to && dayNumber(h.to) - dayNumber(h.from) < 20)
  .describe('name、from、to 三项，from 不晚于 to，至多二十天');

/** One State Council notice; a later notice of the same year overrides it day by day. */
const restNotice = z
  .strictObject({
    year: z.int().min(2000).max(2100).describe('年度，如 2024'),
    published: localDay.describe('通知发布日期，如 2023-10-25'),
    address: z.string().max(300).describe('通知的网址'),
    amends: z.boolean().describe('true（修改已发布的安排）或 false'),
    holidays: z.array(holiday).describe('放假日列表'),
    worked: z.array(localDay).describe('调休上班日列表'),
  })
  .describe('year、published、address、amends、holidays、worked');

const nationalSchema = z
  .strictObject({ about: z.string().optional(), notices: z.array(restNotice).min(1).describe('放假通知列表') })
  .describe('about、notices');

const namedDay = z.strictObject({ day: localDay, name: z.string().min(1).max(20).describe('节日名称') });

const localYear = z
  .discriminatedUnion('known', [
    z.strictObject({ known: z.literal(false) }),
    z.strictObject({
      known: z.literal(true),
      source: z.string().min(1).describe('通知文号或网址'),
      days: z.array(namedDay).describe('放假日列表，每项含 day 与 name'),
    }),
  ])
  .describe('{ known: false }，或 known: true 并填写 source 与 days');

const localSchema = z
  .strictObject({
    name: z.string().min(1).describe('地方名称，如 红河州'),
    regionPrefix: z
      .string()
      .regex(/^\d{2,6}$/)
      .describe("行政区划代码前几位，加引号，如 '5325'"),
    years: z.record(z.string().regex(/^\d{4}$/), localYear).describe('年份及其地方放假日'),
  })
  .describe('name、regionPrefix、years');

export type NationalData = z.infer<typeof nationalSchema>;
/** One State Council notice on a year's days off. */
export type RestNotice = NationalData['notices'][number];
export type LocalData = z.infer<typeof localSchema>;
/** A local day off with its name. */
export interface NamedDay {
  day: LocalDay;
  name: string;
}

/**
 * Checks the parsed content of config/calendar.json.
 * Beyond the shape: notices stand in order of publication, an amendment follows the notice it amends,
 * years follow each other without a hole. Throws `FixConfiguration`.
 */
export function readNational(parsed: unknown, file = 'config/calendar.json'): NationalData {
  const data = check(nationalSchema, parsed, file);
  let lastYear: number | null = null;
  data.notices.forEach((notice, index) => {
    const key = `notices.${index}`;
    const previous = data.notices[index - 1];
    if (previous !== undefined && previous.published > notice.published) {
      throw fix(file, `${key}.published`, '不早于前一份通知的发布日期', notice.published);
    }
    if (notice.amends) {
      if (!data.notices.slice(0, index).some((n) => n.year === notice.year && !n.amends)) {
        throw fix(file, `${key}.amends`, '修改通知之前须有同年的原通知', notice.year);
      }
      return;
    }
    if (lastYear !== null && notice.year !== lastYear + 1) {
      throw fix(file, `${key}.year`, `${lastYear + 1}（年份须连续）`, notice.year);
    }
    lastYear = notice.year;
  });
  return data;
}

/** Checks the parsed content of config/calendar-local.yaml: every day stands under its own year. Throws `FixConfiguration`. */
export function readLocal(parsed: unknown, file = 'config/calendar-local.yaml'): LocalData {
  const data = check(localSchema, parsed, file);
  for (const [year, entry] of Object.entries(data.years)) {
    if (!entry.known) continue;
    entry.days.forEach(({ day }, index) => {
      if (!day.startsWith(year)) throw fix(file, `years.${year}.days.${index}.day`, `${year} 年的日期`, day);
    });
  }
  return data;
}

function check<T extends z.ZodType>(schema: T, parsed: unknown, file: string): z.output<T> {
  const result = schema.safeParse(parsed);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...unknownKey].map(String);
  throw fix(file, path.join('.') || '（整个文件）', allowedAt(schema, issue.path.map(String)), undefined);
}

/** Words of the deepest described schema on the way to a key. */
function allowedAt(schema: z.ZodType, path: string[]): string {
  let here: z.ZodType | null = schema;
  let words = schema.description ?? '';
  for (const step of path) {
    here = child(here, step);
    if (here === null) break;
    words = here.description ?? words;
  }
  return words;
}

function child(schema: z.ZodType, step: string): z.ZodType | null {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, z.ZodType>)[step] ?? null;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return null;
}

function fix(file: string, key: string, allowed: string, got: unknown): FixConfiguration {
  return new FixConfiguration(`${file} 中 ${key} 的取值不对`, { file, key, allowed, got });
}
