import { GongshiError } from './errors.ts';

/**
 * What the crawler does next after a failure of this class.
 * - `again`: retry the same request after a pause, a few times
 * - `leave`: give up this request, go on with the others
 * - `stop`: stop this source for this run; other sources go on
 */
export type Remedy = 'again' | 'leave' | 'stop';

/**
 * The ways in which a site fails, each named by what was observed.
 * `title` is what the report prints, `advice` what the operator does.
 * The table is documented in docs/failures.md; a test holds the two together.
 */
export const FAILURES = {
  DNS_FAILED: { remedy: 'again', title: '域名无法解析', advice: '检查网络与域名；若网站已迁址，修改 config/sources.yaml 中的 address。' },
  CONNECTION_REFUSED: { remedy: 'again', title: '网站拒绝连接', advice: '网站可能停机，稍后重跑同一命令即可续采。' },
  CONNECTION_LOST: { remedy: 'again', title: '连接中断', advice: '稍后重跑同一命令即可续采；反复出现时请联系网站管理单位。' },
  TLS_FAILED: { remedy: 'stop', title: '证书校验失败', advice: '核对网站证书与本机时间；不得关闭证书校验。' },
  TIMED_OUT: { remedy: 'again', title: '响应超时', advice: '网站过慢，稍后重跑；若长期如此，可在 config/sources.yaml 调大 timeoutSeconds。' },
  HTTP_4XX: { remedy: 'leave', title: '网站返回 4xx', advice: '页面可能已撤下；在公告详情核对最后一次归档。' },
  HTTP_5XX: { remedy: 'again', title: '网站返回 5xx', advice: '网站内部故障，稍后重跑同一命令即可续采。' },
  BLOCKED: { remedy: 'stop', title: '网站拒绝访问（403/429）', advice: '已停止采集该来源。请降低频率或与网站管理单位联系，不得绕过。' },
  CHALLENGE: { remedy: 'stop', title: '网站要求人机验证', advice: '已停止采集该来源。请与网站管理单位联系开通接口，不得绕过验证。' },
  ROBOTS_DISALLOWED: { remedy: 'leave', title: 'robots.txt 不允许访问', advice: '该地址不采集；如确有需要，请取得网站管理单位书面同意。' },
  REDIRECTED_ELSEWHERE: { remedy: 'leave', title: '跳转到来源之外的地址', advice: '核对网站是否迁址；确认后修改 config/sources.yaml 中的 address。' },
  PRIVATE_ADDRESS: { remedy: 'leave', title: '地址指向内网', advice: '出于安全不访问内网地址；若确为本单位网站，请在 config/sources.yaml 直接填写该地址。' },
  WRONG_CONTENT_TYPE: { remedy: 'again', title: '返回内容类型不符', advice: '接口返回了网页或其他内容，网站可能在维护；稍后重跑，反复出现时检查接口是否改版。' },
  BODY_TOO_LARGE: { remedy: 'leave', title: '内容超过大小上限', advice: '已放弃该页。核对该地址是否确为公告；必要时在 config/sources.yaml 调大 maxBodyMegabytes。' },
  BODY_TRUNCATED: { remedy: 'again', title: '内容不完整', advice: '传输中断，稍后重跑同一命令即可续采。' },
  CHARSET_BROKEN: { remedy: 'leave', title: '字符编码无法辨认', advice: '请在 config/sources.yaml 为该来源指定 charset（utf-8 或 gb18030）。' },
  SITE_ERROR: { remedy: 'again', title: '网站接口报错', advice: '网站接口返回系统异常，稍后重跑；反复出现时联系网站管理单位。' },
  LIST_EMPTY: { remedy: 'stop', title: '列表为空', advice: '该栏目不应为空：核对网站是否改版或接口参数是否变化。已有数据保持不变。' },
  LIST_STRUCTURE_CHANGED: { remedy: 'stop', title: '列表结构改变', advice: '网站可能改版，请核对选择器或字段；已有数据保持不变。' },
  FIELD_MISSING: { remedy: 'leave', title: '页面缺少必有字段', advice: '请打开归档页面核对；如网站改版，更新该来源的解析。' },
  UNKNOWN_COLUMN: { remedy: 'leave', title: '出现未登记的栏目或类型', advice: '请在该来源的栏目表中登记新栏目后重跑。' },
  UNKNOWN_LABEL: { remedy: 'leave', title: '出现未登记的字段名', advice: '公告已照常读取。请打开归档页面，确认新字段的含义并登记；确属无关的，写入该来源的 acceptedWords。' },
  UNKNOWN_SECTION: { remedy: 'leave', title: '出现未登记的章节', advice: '公告已照常读取。请打开归档页面，确认新章节的含义并登记；确属无关的，写入该来源的 acceptedWords。' },
  FIELD_COVERAGE_LOW: { remedy: 'leave', title: '字段读取率低于该来源的承诺', advice: '网站可能改版：请打开样本的归档页面核对。本次不作完整采集，不据此判定缺失；更新解析后重跑。' },
  FIELDS_LOST: { remedy: 'leave', title: '重新读取时丢失已有字段', advice: '已保留原有数据。请对照归档页面：网站改版或解析退步的，更新解析后重跑；网站确已删去内容的，由人工确认。' },
  STALE_VALIDATORS: { remedy: 'leave', title: '网站的缓存标识不随内容更新', advice: '内容已改而 ETag 或 Last-Modified 未变：条件请求会漏看改动，已自动停用并整页重读。请在 config/sources.yaml 将该来源的 conditionalRequests 设为 use: false 并写明理由，异常随后解除。' },
  PAGINATION_SHORT: { remedy: 'leave', title: '翻页条数少于网站总数', advice: '本次不作完整采集，不据此判定缺失；稍后重跑。' },
  REPEATED_PAGE: { remedy: 'leave', title: '翻页返回重复内容', advice: '网站翻页异常，本次不作完整采集；稍后重跑。' },
  BODY_EMPTY: { remedy: 'again', title: '应答没有正文', advice: '网站返回了空白页，可能在维护；稍后重跑同一命令即可续采。' },
  NOTICE_GONE: { remedy: 'leave', title: '网站称没有这条公告', advice: '公告可能已撤下：在公告详情核对最后一次归档与历次探访。' },
  PAGE_SHIFTED: { remedy: 'leave', title: '翻页途中列表前移', advice: '读列表时有条目被撤下，可能漏读一条。本次不作完整采集；稍后重跑。' },
  DAY_MISSING: { remedy: 'leave', title: '列表缺少一整天的公告', advice: '此前采到的某日公告全部不再列出：请打开网站核对。本次不作完整采集，已有数据保持不变。' },
  BELOW_MINIMUM: { remedy: 'leave', title: '列表条数明显少于以往', advice: '此前采到的公告大量不再列出：核对网站是否改版、清理或接口异常。本次不作完整采集，已有数据保持不变。' },
  ABOVE_MAXIMUM: { remedy: 'stop', title: '新增条数明显多于以往', advice: '请打开网站核对是否误发或测试数据。已停止采集该来源，新列出的一条也没有采入；确属真实的，用 crawl --since 指定日期采集。' },
  DUPLICATE_FLOOD: { remedy: 'stop', title: '同一公告反复列出', advice: '请打开网站核对。已停止采集该来源，重复列出的没有采入。' },
  SILENT_TOO_LONG: { remedy: 'leave', title: '栏目沉默超过常态', advice: '网站照常应答，但很久没有新公告：请打开网站核对是否停更、改版或缓存未刷新。沉默期间不据此判定缺失。' },
  CLOCK_SKEW: { remedy: 'leave', title: '网站时钟与本机不一致', advice: '请先核对本机时间（NTP）；本机无误的，告知网站管理单位。本次不作完整采集，观测时间不作为证据。' },
} as const satisfies Record<string, { remedy: Remedy; title: string; advice: string }>;

export type FailureCode = keyof typeof FAILURES;

/** A site failed in a known way. `facts` hold the address, status, sample … for the run's report. */
export class SiteFailure extends GongshiError {
  declare readonly code: FailureCode;
  readonly remedy: Remedy;

  constructor(code: FailureCode, what: string, facts: Record<string, unknown> = {}, cause?: unknown) {
    super(code, `${FAILURES[code].title}：${what}`, { advice: FAILURES[code].advice, facts, cause });
    this.remedy = FAILURES[code].remedy;
  }
}
