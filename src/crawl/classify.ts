import { SiteFailure } from '../model/failure.ts';
import type { FetchedPage } from '../model/source.ts';

/**
 * Throws the `SiteFailure` that a reply shows before anyone parses it: refusal, challenge, HTTP status,
 * a content type other than the one asked for. Returns when the reply may be what was asked for.
 */
export function checkReply(page: FetchedPage): void {
  const { status, url } = page;
  const facts = { url, status, contentType: page.headers['content-type'] ?? null };
  const challenge = challengeIn(page);
  if (challenge !== null) throw new SiteFailure('CHALLENGE', `${challenge}：${url}`, { ...facts, sign: challenge });
  if (status === 403 || status === 429) throw new SiteFailure('BLOCKED', `HTTP ${status}：${url}`, facts);
  if (status >= 500) throw new SiteFailure('HTTP_5XX', `HTTP ${status}：${url}`, facts);
  if (status >= 400) throw new SiteFailure('HTTP_4XX', `HTTP ${status}：${url}`, facts);
  if (page.bytes.length === 0) throw new SiteFailure('BODY_EMPTY', `HTTP ${status}：${url}`, facts);
  // What a file is its own bytes say, when its text is read.
  if (page.request.expects === 'file') return;
  const got = contentOf(page);
  if (got !== page.request.expects) {
    const names = { json: '接口数据', html: '网页', other: `其他内容（${facts.contentType ?? '未注明类型'}）` };
    throw new SiteFailure('WRONG_CONTENT_TYPE', `应为${names[page.request.expects]}，实为${names[got]}：${url}`, facts);
  }
}

/** Told from the body's first character: government sites label JSON `text/html` and the reverse. */
function contentOf(page: FetchedPage): 'json' | 'html' | 'other' {
  const start = Buffer.from(page.bytes.subarray(0, 512)).toString('latin1');
  const first = start
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .charAt(0);
  if (first === '<') return 'html';
  if (first === '{' || first === '[') return 'json';
  // A scalar (null, a quoted string) is JSON only where the site says so; a page may begin with bare text.
  const type = page.headers['content-type'] ?? '';
  if (/json/i.test(type)) return 'json';
  return /html/i.test(type) ? 'html' : 'other';
}

/** Challenges seen are a few kilobytes; real pages with a captcha widget in their login box are far longer. */
const CHALLENGE_MAX_BYTES = 64 * 1024;
/** Visible characters of a challenge page: a title, an instruction, a support number. */
const CHALLENGE_MAX_TEXT = 400;

/** Headers that only a gatekeeper sends. */
const HEADER_SIGNS: [string, RegExp][] = [
  ['cf-mitigated', /challenge/i],
  ['x-waf-captcha', /./],
  ['x-amzn-waf-action', /captcha|challenge/i],
];
/** Machinery of challenge services, by what their scripts and elements are called. */
const MACHINERY =
  /cf-challenge|challenge-platform|cf_chl_|geetest|TencentCaptcha|TCaptcha|nc_1_wrapper|acw_sc__v2|__jsl_clearance|yunsuo_session|_\$jsvmprt|\$_ts\s*=|aliyunCaptcha|captcha-box|slide-?verify/i;
/** Sentences that ask the visitor to prove being human. */
const DEMAND =
  /请(先)?(完成|进行|通过|输入|拖动|滑动|按住|点击|依次点击)[^。]{0,16}(验证|滑块)|(滑动|拼图|滑块|人机|行为|安全|访问|点选)验证|云防护|访问(过于|太过|太)?频繁|Just a moment|Checking your browser|verify you are (a )?human/i;

/** The sign of a challenge in a reply, for the report; null where there is none. */
function challengeIn(page: FetchedPage): string | null {
  for (const [name, sign] of HEADER_SIGNS) {
    const value = page.headers[name];
    if (value !== undefined && sign.test(value)) return `${name}: ${value}`;
  }
  if (page.bytes.length === 0 || page.bytes.length > CHALLENGE_MAX_BYTES) return null;
  const body = textOf(page.bytes);
  return contentOf(page) === 'json' ? challengeInJson(body) : challengeInHtml(body, page.status);
}

/** A short JSON whose message asks for a captcha. A notice that mentions one has it in its body, not in its message. */
function challengeInJson(body: string): string | null {
  if (body.length > 2000 || !/验证|captcha/i.test(body)) return null;
  const message = /"(?:message|msg|errmsg|error|info)"\s*:\s*"([^"]{0,80})"/i.exec(body)?.[1] ?? '';
  const asks = /验证码[^"]{0,6}(不通过|错误|失效|过期|不正确|为空)|captcha/i.test(message) || DEMAND.test(message);
  return asks ? message : null;
}

/**
 * A page without a notice's worth of text that holds a challenge's machinery, asks for a verification with a form or
 * script to do it in, or consists of a script that sets a cookie and loads itself again.
 */
function challengeInHtml(body: string, status: number): string | null {
  const scripts = /<script|<iframe|<canvas|<input/i.test(body);
  const visible = visibleText(body);
  if (visible.length > CHALLENGE_MAX_TEXT) return null;
  const machinery = MACHINERY.exec(body);
  if (machinery !== null) return machinery[0];
  const title = /<title[^>]*>([^<]*)/i.exec(body)?.[1] ?? '';
  const demand = DEMAND.exec(title) ?? (scripts || status >= 400 ? DEMAND.exec(visible) : null);
  if (demand !== null) return demand[0];
  const setsCookie = /document\.cookie\s*=|document\[['"]cookie['"]\]\s*=/.test(body);
  return setsCookie && visible.length < 40 ? '仅含设置 Cookie 的脚本' : null;
}

function visibleText(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style|title|noscript)\b[\s\S]*?<\/\1\s*>/gi, (element) =>
      /^<noscript/i.test(element) ? element.replace(/<[^>]*>/g, '') : '',
    )
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;|\s+/g, '');
}

/** Only for looking for signs: parsers decode by the full rule. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (notUtf8) {
    if (notUtf8 instanceof TypeError) return new TextDecoder('gb18030').decode(bytes);
    throw notUtf8;
  }
}
