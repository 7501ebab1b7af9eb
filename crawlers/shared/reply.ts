import type { z } from 'zod';

import type { FailureCode } from '../../src/model/failure.ts';
import type { FetchedPage, SourceSettings } from '../../src/model/source.ts';
import { decode } from '../../src/notices/decode.ts';
import { failure } from './failing.ts';

/** The reply's text. Throws `CHARSET_BROKEN` where no charset fits. */
export function textOf(page: FetchedPage, settings: SourceSettings): string {
  return decode(page.bytes, page.headers['content-type'] ?? null, settings.charset).text;
}

/** The reply as JSON. Throws `WRONG_CONTENT_TYPE` (a web page or something else), `BODY_TRUNCATED` (cut off). */
export function jsonOf(page: FetchedPage, settings: SourceSettings): unknown {
  const text = textOf(page, settings).trim();
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    if (text.startsWith('<')) throw failure('WRONG_CONTENT_TYPE', page, '应为接口数据，实为网页', text);
    if (isCutOff(text))
      throw failure('BODY_TRUNCATED', page, `接口数据在第 ${text.length} 个字符处中断`, text.slice(-200));
    throw failure('WRONG_CONTENT_TYPE', page, '返回内容不是合法的接口数据', text);
  }
}

/** JSON that ends inside a string or with brackets open: the transfer stopped, not the site's mind. */
function isCutOff(text: string): boolean {
  if (text === '') return true;
  if (!/^[{[]/.test(text)) return false;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
  }
  return inString || depth > 0;
}

/**
 * Checks a part of a reply against what the site is known to send.
 * The failure's message names the field; `code` says what it means here.
 */
export function shaped<T extends z.ZodType>(
  schema: T,
  value: unknown,
  code: FailureCode,
  page: FetchedPage,
  where: string,
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]!.path.map(String).join('.') || '整体';
  throw failure(code, page, `${where}的 ${field} 缺失或类型不符`, value, { field });
}
