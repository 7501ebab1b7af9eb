import { z } from 'zod';
import { load } from 'cheerio/slim';

/** A selector the engine can run. A typing slip must stop the start, not empty a list. */
const selector = z
  .string()
  .trim()
  .min(1)
  .refine((text) => isSelector(text))
  .describe('CSS 选择器，如 div.list ul li');
const pattern = z
  .string()
  .refine((text) => hasOneGroup(text))
  .describe('正则表达式，用一对括号括出条数，如 共\\s*(\\d+)\\s*条');

/** The options of a site that is read by columns, as they stand in config/sources.yaml. */
export function columnOptions(channelIds: readonly string[]) {
  const path = z
    .string()
    .regex(/^\/(?!\/)\S*$/)
    .describe('以 / 开头的栏目路径，如 /zfcgxx/');
  return z
    .strictObject({
      list: z
        .strictObject({
          row: selector,
          link: selector,
          date: selector,
          next: selector,
          total: pattern.optional(),
        })
        .describe('row、link、date、next、total 五项'),
      detail: z
        .strictObject({
          title: selector,
          date: selector,
          body: selector,
          attachments: selector.optional(),
        })
        .describe('title、date、body、attachments 四项'),
      columns: z
        .strictObject(Object.fromEntries(channelIds.map((id) => [id, path])))
        .describe(`各栏目的路径，须有 ${channelIds.join('、')}`),
    })
    .describe('list、detail、columns 三项');
}

export type ColumnOptions = z.output<ReturnType<typeof columnOptions>>;

function isSelector(text: string): boolean {
  try {
    load('<a></a>')(text);
    return true;
  } catch (notASelector) {
    if (notASelector instanceof Error) return false;
    throw notASelector;
  }
}

function hasOneGroup(text: string): boolean {
  try {
    return new RegExp(`${text}|`).exec('')!.length >= 2;
  } catch (notAPattern) {
    if (notAPattern instanceof SyntaxError) return false;
    throw notAPattern;
  }
}
