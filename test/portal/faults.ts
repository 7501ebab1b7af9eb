import iconv from 'iconv-lite';
import { CorrectInput } from '../../src/model/errors.ts';
import { SITE_IDS } from './model.ts';
import type { SiteId } from './model.ts';
import { NO_TRICKS } from './sites/shelf.ts';
import type { ListTricks, Reply, Role } from './sites/shelf.ts';

/** Ways in which a site of the bench can fail, each as a crawler meets it. */
export const FAULT_KINDS = {
  down: '端口拒绝连接',
  dns: '域名不再解析',
  tls: '端口不会加密',
  slow: '响应前停顿',
  'error-500': 'HTTP 500',
  'html-for-json': '接口返回维护页面（HTTP 200）',
  'empty-body': '应答没有正文',
  truncated: '正文只发一半即断开',
  'wrong-charset': '字节与所标编码不符',
  'no-charset': '哪里也没有注明编码',
  challenge: '人机验证页面（HTTP 200）',
  waf: '若干次访问之后要求人机验证',
  forbidden: 'HTTP 403',
  'too-many': 'HTTP 429',
  redirect: '跳转到站外地址',
  'huge-body': '200 MB 正文',
  'empty-list': '列表为空，总数为 0',
  'repeats-page-1': '每一页都是第一页',
  'pagination-short': '总数正确，后面的页没有内容',
  'page-shift': '翻页途中撤下一条，后面的条目前移',
  'missing-day': '列表少了一整天',
  shrunken: '列表只剩前面一小段',
  flood: '一夜之间列出数百条',
  'duplicate-flood': '同一条公告换编号反复列出',
  frozen: '网站停在某一时刻',
  redesign: '列表页改版',
  'detail-redesign': '详情页改版',
  'clock-skew': '时钟快三小时',
  'stale-validators': '网页改了，ETag 与 Last-Modified 不变',
  'detail-404': '详情页 404',
  'site-error': '接口 HTTP 200 报系统异常',
} as const;
export type FaultKind = keyof typeof FAULT_KINDS;

export interface Fault {
  site: SiteId;
  kind: FaultKind;
  /** Which requests it hits; by default those that make sense for its kind, never robots.txt. */
  where?: 'list' | 'detail' | 'any';
  /** How many requests it hits before the site is well again; default: all. `error-500` with times 1 is "500, then fine". */
  times?: number;
  /** Requests of its kind let through first. */
  after?: number;
  /** `slow`: pause in ms, default 60,000. */
  delayMs?: number;
}

const LIST_ONLY: FaultKind[] = ['empty-list', 'repeats-page-1', 'pagination-short', 'page-shift', 'redesign'];
const DETAIL_ONLY: FaultKind[] = ['detail-404', 'detail-redesign'];
/** They lie over the whole site while they last, not over single answers. */
const OF_THE_SITE: FaultKind[] = [
  'down',
  'dns',
  'tls',
  'missing-day',
  'shrunken',
  'flood',
  'duplicate-flood',
  'frozen',
  'clock-skew',
  'stale-validators',
];

/** Whether it lies over lists alone, where it may show on some pages and not on others. */
export function isOfLists({ kind }: Fault): boolean {
  return LIST_ONLY.includes(kind);
}

function hits(fault: Fault, role: Role): boolean {
  if (OF_THE_SITE.includes(fault.kind) || role === 'robots') return false;
  if (LIST_ONLY.includes(fault.kind)) return role === 'list';
  if (DETAIL_ONLY.includes(fault.kind)) return role === 'detail';
  const where = fault.where ?? 'any';
  return where === 'any' || where === role;
}

/** The faults in force, switchable while the portal runs. */
export class FaultBoard {
  private readonly faults: { fault: Fault; passed: number; hit: number }[] = [];

  add(fault: Fault): void {
    this.faults.push({ fault, passed: 0, hit: 0 });
  }

  /** Ends every fault of a site, or of all. */
  clear(site?: SiteId): void {
    for (let i = this.faults.length - 1; i >= 0; i--) {
      if (site === undefined || this.faults[i]?.fault.site === site) this.faults.splice(i, 1);
    }
  }

  has(site: SiteId, kind: FaultKind): boolean {
    return this.faults.some(({ fault }) => fault.site === site && fault.kind === kind);
  }

  /** How often faults of a site struck. */
  hits(site: SiteId): number {
    return this.faults.reduce((n, one) => n + (one.fault.site === site ? one.hit : 0), 0);
  }

  /** The fault that strikes this request, if any; counts it. */
  strike(site: SiteId, role: Role): Fault | null {
    for (const one of this.faults) {
      if (one.fault.site !== site || !hits(one.fault, role)) continue;
      if (one.passed < (one.fault.after ?? 0)) {
        one.passed++;
        continue;
      }
      if (one.hit >= (one.fault.times ?? Number.POSITIVE_INFINITY)) continue;
      one.hit++;
      return one.fault;
    }
    return null;
  }
}

export function tricksOf(fault: Fault | null): ListTricks {
  return {
    ...NO_TRICKS,
    empty: fault?.kind === 'empty-list',
    repeatsFirstPage: fault?.kind === 'repeats-page-1',
    short: fault?.kind === 'pagination-short',
    shifted: fault?.kind === 'page-shift',
  };
}

const CHALLENGE = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>安全验证</title></head><body>
<div class="captcha"><h3>请完成安全验证</h3><p>系统检测到您的访问过于频繁，请拖动滑块完成人机验证后继续访问。</p><div id="captcha-slider" class="slider"></div></div>
<script>window.__waf_challenge=1;</script></body></html>`;

const MAINTENANCE = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>系统维护</title></head><body><h1>系统维护中</h1><p>系统正在升级维护，请稍后访问。</p></body></html>`;

const page = (status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body,
});

/** Bytes in another charset than the page or its header says. */
function recoded(site: SiteId, reply: Reply): Reply {
  if (site === 'hh_finance') {
    // Moved to UTF-8 overnight, while the meta element still says gb2312.
    const text = typeof reply.body === 'string' ? reply.body : iconv.decode(Buffer.from(reply.body), 'gbk');
    return { ...reply, body: Buffer.from(text, 'utf8') };
  }
  return typeof reply.body === 'string' ? { ...reply, body: iconv.encode(reply.body, 'gbk') } : reply;
}

/** GBK bytes as they were, the page's own word about them taken out. */
function unmarked(reply: Reply): Reply {
  if (typeof reply.body === 'string') return reply;
  const text = iconv.decode(Buffer.from(reply.body), 'gbk').replace(/<meta[^>]*charset[^>]*>/gi, '');
  return { ...reply, body: iconv.encode(text, 'gbk') };
}

/** Another content system overnight: every class has another name. */
function redesigned(reply: Reply): Reply {
  const rename = (html: string): string => html.replace(/class="/g, 'class="v2-');
  if (typeof reply.body === 'string') return { ...reply, body: rename(reply.body) };
  return { ...reply, body: iconv.encode(rename(iconv.decode(Buffer.from(reply.body), 'gbk')), 'gbk') };
}

/** What a site answers under a fault that changes the answer whole; the lawful answer where it does not. */
export function replyUnder(fault: Fault | null, site: SiteId, lawful: () => Reply): Reply {
  switch (fault?.kind) {
    case 'error-500':
      return page(500, '<html><body><h1>HTTP Status 500</h1></body></html>');
    case 'html-for-json':
      return page(200, MAINTENANCE);
    case 'empty-body':
      return page(200, '');
    case 'challenge':
    case 'waf':
      return page(200, CHALLENGE);
    case 'forbidden':
      return page(
        403,
        '<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>云防护</center></body></html>',
      );
    case 'too-many':
      return page(429, '<html><body><h1>429 Too Many Requests</h1></body></html>', { 'retry-after': '60' });
    case 'redirect':
      return page(302, '', { location: 'http://elsewhere.invalid/landing.html' });
    case 'detail-404':
      return page(404, '<html><head><meta charset="utf-8"></head><body><h1>404</h1><p>页面不存在。</p></body></html>');
    case 'site-error':
      return site === 'landchina'
        ? {
            status: 200,
            headers: { 'content-type': 'application/json;charset=UTF-8' },
            body: '{"msg":"系统异常","code":500,"data":null}',
          }
        : site === 'yn_ggzy'
          ? {
              status: 200,
              headers: { 'content-type': 'application/json;charset=UTF-8' },
              body: '{"code":"0","message":"系统异常","value":null}',
            }
          : {
              status: 200,
              headers: { 'content-type': 'application/json;charset=UTF-8' },
              body: '{"status":500,"message":"系统异常"}',
            };
    case 'wrong-charset':
      return recoded(site, lawful());
    case 'no-charset':
      return unmarked(lawful());
    case 'redesign':
    case 'detail-redesign':
      return redesigned(lawful());
    default:
      return lawful();
  }
}

/** Where and how often: `yn_ccgp:challenge`, `ky_gov:error-500*2`, `hh_finance:slow`, separated by commas. Throws `CorrectInput`. */
export function parseFaults(text: string): Fault[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^([a-z_]+):([a-z0-9-]+)(?:\*(\d+))?$/.exec(part);
      const site = SITE_IDS.find((id) => id === match?.[1]);
      const kind = (Object.keys(FAULT_KINDS) as FaultKind[]).find((id) => id === match?.[2]);
      if (match === null || site === undefined || kind === undefined) {
        throw new CorrectInput(
          `不认识的故障“${part}”`,
          `写法为“来源:故障”或“来源:故障*次数”，多个用逗号分开；来源：${SITE_IDS.join('、')}；故障：${Object.keys(FAULT_KINDS).join('、')}。`,
          { part },
        );
      }
      return { site, kind, ...(match[3] === undefined ? {} : { times: Number(match[3]) }) };
    });
}
