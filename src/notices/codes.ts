import { oneLine } from './text.ts';

/** 〔〕【】［］（）: one bracket in many shapes. */
const BRACKETS = /[[\](){}〔〕【】「」<>《》]/g;
const DASHES = /[-\u2010-\u2015\u2212\u2500\uff0d_—]/g;

/**
 * What a code is compared by: NFKC, upper case, brackets, dashes, blanks and marks
 * removed, and the 号 at the end, which one page prints and the next leaves out. Null where nothing is left.
 */
export function codeKey(code: string): string | null {
  const key = code
    .normalize('NFKC')
    .toUpperCase()
    .replace(BRACKETS, '')
    .replace(DASHES, '')
    .replace(/[\s.,:;、。·'"“”/\\]/g, '')
    .replace(/号$/, '');
  return key === '' ? null : key;
}

/** Words printed where a code should stand. */
const NO_CODE = /^(无|\/|-+|详见|见附件|暂无|招标公告编号)/;
/** A date, a telephone number or an amount is no code. */
const NOT_A_CODE = /^(\d{4}年|\d{3,4}-\d{7,8}$|1[3-9]\d{9}$|(?:人民币|￥|¥)?[\d,.]+万?元)/;

/** YNZC2026 - G1 - 00265: one code, set wide. */
const BLANKS_AROUND_DASH = /(?<=[\p{L}\p{N}])\s*([-\u2010-\u2015\u2212])\s*(?=[A-Za-z0-9])/gu;

/**
 * Codes printed in one cell: several are joined by 、；; or ，. The code of a second scheme in brackets
 * （招标文件编号：X） is one more. Words around the code are dropped.
 */
export function readCodes(cell: string): string[] {
  const codes: string[] = [];
  const text = oneLine(cell).normalize('NFKC').replace(BLANKS_AROUND_DASH, '$1');
  const inner = /[(]\s*[^():]{0,12}编号\s*:\s*([^()]*(?:\([^()]*\)[^()]*)*)[)]?/.exec(text);
  const outer = inner === null ? text : text.slice(0, inner.index);
  for (const part of [
    ...outer.split(/[、;,]|\s(?=[A-Z])|(?<=\d)\s(?=\p{Script=Han}{3})/u),
    ...(inner?.[1]?.split(/[、;,]/) ?? []),
  ]) {
    const code = trimCode(part);
    if (code !== null && !codes.includes(code)) codes.push(code);
  }
  return codes;
}

function trimCode(part: string): string | null {
  const code = part
    .replace(/\s+/g, '')
    .replace(/^[:。.，"“'《]+/, '')
    .replace(/(?<![:。.，"”'》/])[:。.，"”'》/]+$/, '');
  if (code === '' || code.length > 60 || NO_CODE.test(code) || NOT_A_CODE.test(code)) return null;
  // A code has digits, and more letters and digits than prose: 鲁采磋商-2026-13号 is one, a sentence is not.
  const digits = code.replace(/\D/g, '').length;
  return digits >= 2 && (digits * 4 >= code.length || /[A-Za-z]{2}/.test(code)) ? unbalancedOff(code) : null;
}

/** （X） cut out of brackets may keep half of the pair. */
function unbalancedOff(code: string): string {
  const opens = code.split('(').length - 1;
  const closes = code.split(')').length - 1;
  if (closes > opens && code.endsWith(')')) return code.slice(0, -1);
  if (opens > closes && code.startsWith('(')) return code.slice(1);
  return code;
}

/** 投资项目代码 of the national investment platform: one investment, many tenders. */
export function isInvestmentCode(code: string): boolean {
  return /^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$/.test(code);
}
