import { SiteFailure } from '../model/failure.ts';

type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

interface Decoded {
  text: string;
  charset: Charset;
}

/**
 * Share of replacement characters above which gb18030 is not the charset either. A page cut in the middle of a
 * character has one; a picture or another charset has them in every line.
 */
const TOLERATED_SHARE = 0.002;
const TOLERATED_COUNT = 2;
/** The HTML standard looks at 1,024 bytes; real pages put long comments and scripts before the <meta>. */
const PRESCAN_BYTES = 4096;

/**
 * Bytes → text: override → BOM → header → `<meta>` → valid UTF-8 → gb18030.
 *
 * A label gbk or gb2312 means gb18030, their superset. A body that is valid UTF-8 and not plain ASCII is read as
 * UTF-8 even where header or `<meta>` says gb2312: GBK text of any length is practically never valid UTF-8, whereas
 * templates that were converted and kept the old label are common.
 * Throws `CHARSET_BROKEN` where neither reads.
 */
export function decode(bytes: Uint8Array, contentType: string | null, override: 'utf-8' | 'gb18030' | null): Decoded {
  const mark = byteOrderMark(bytes);
  if (override === null && mark !== null) return { text: new TextDecoder(mark).decode(bytes), charset: mark };
  if (override === 'gb18030') return readable(bytes, 'gb18030');
  if (override === 'utf-8') return readable(bytes, 'utf-8');

  const stated = labelled(contentType) ?? labelled(metaOf(bytes));
  const utf8 = strictUtf8(bytes);
  if (utf8 !== null && (stated !== 'gb18030' || HAN_OR_ASCII.test(utf8))) return { text: utf8, charset: 'utf-8' };
  if (utf8 === null && stated !== 'gb18030') {
    const loose = new TextDecoder('utf-8').decode(bytes);
    const chinese = loose.match(/[\u0800-\ufffc]/g)?.length ?? 0;
    if (replacements(loose) * CHINESE_PER_BROKEN <= chinese) return { text: loose, charset: 'utf-8' };
  }
  return readable(bytes, 'gb18030');
}

/**
 * A page cut in the middle of a character, or with a bad byte, is UTF-8 all the same: GBK text read so would be broken
 * in nearly every Chinese character, whatever the share of markup.
 */
const CHINESE_PER_BROKEN = 50;

/**
 * Chinese takes three bytes in UTF-8. A short text of two-byte characters alone that is labelled GBK is GBK: its
 * pairs happen to look like Latin or Greek letters.
 */
const HAN_OR_ASCII = /[\u0800-\uffff]|^[^\u0080-\u07ff]*$/;

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // not valid UTF-8: the answer asked for
  }
}

function readable(bytes: Uint8Array, charset: 'utf-8' | 'gb18030'): Decoded {
  return checked(new TextDecoder(charset).decode(bytes), charset);
}

function checked(text: string, charset: Charset): Decoded {
  const broken = replacements(text);
  if (broken > TOLERATED_COUNT && broken / text.length > TOLERATED_SHARE) {
    throw new SiteFailure('CHARSET_BROKEN', `按 ${charset} 解码后有 ${broken} 个无法辨认的字符`, {
      charset,
      broken,
      characters: text.length,
      sample: text.slice(0, 120),
    });
  }
  return { text, charset };
}

/** Unassigned codes of gb18030 come out as private-use characters: as broken as a replacement character. */
function replacements(text: string): number {
  return text.match(/[\ufffd\ue5e5]/g)?.length ?? 0;
}

function byteOrderMark(bytes: Uint8Array): Charset | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function labelled(text: string | null): 'utf-8' | 'gb18030' | null {
  const label = /charset\s{0,8}=\s{0,8}["']?\s{0,8}([\w-]+)/i.exec(text ?? '')?.[1]?.toLowerCase();
  if (label === undefined) return null;
  if (label === 'utf-8' || label === 'utf8') return 'utf-8';
  return /^(gb18030|gbk|gb2312|x-gbk|gb_2312-80|cp936)$/.test(label) ? 'gb18030' : null;
}

/** `<meta charset>` or `<meta http-equiv>` among the first bytes, read as ASCII. */
function metaOf(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, PRESCAN_BYTES));
  return (
    /<meta[^>]{0,200}charset\s*=[^>]{0,60}>/i.exec(head)?.[0] ??
    /<\?xml[^>]{0,80}encoding\s*=[^>]{0,40}>/i.exec(head)?.[0].replace(/encoding/i, 'charset') ??
    null
  );
}
