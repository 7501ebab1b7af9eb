import { z } from 'zod';

import { ALERT_NATURES, RULE_IDS, SEVERITIES, VERDICTS, REASON_CODES } from '../model/finding.ts';
import { INDICATOR_IDS } from '../model/lead.ts';
import { LIFECYCLE_STATES } from '../model/project.ts';
import { AMOUNT_KINDS, CATEGORIES, METHODS, NOTICE_KINDS, TRACKS } from '../model/notice.ts';
import { linkDecision, linkSuggestion } from './link-schemas.ts';

/**
 * The API's shapes: what the page and other programs receive. The OpenAPI file follows from them.
 * Days are `YYYY-MM-DD`, moments `YYYY-MM-DDTHH:mm` in Asia/Shanghai; money is yuan; observed times are epoch milliseconds.
 */
const day = z.string().describe('YYYY-MM-DD');
const stated = z.string().describe('YYYY-MM-DD 或 YYYY-MM-DDTHH:mm，网站所载时间');
const epoch = z.number().int().describe('毫秒时间戳，系统观测时间');
const kind = z.enum(NOTICE_KINDS);
const track = z.enum(TRACKS);
const rule = z.enum(RULE_IDS);
const verdict = z.enum(VERDICTS);
const severity = z.enum(SEVERITIES);
const limit = z.coerce.number().int().min(1).max(100).default(20);
const cursor = z.string().max(400).optional();
const text = z.string().trim().max(100).optional().describe('检索词，空格分隔，须全部出现');

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int() });

export const errorReply = z.object({ code: z.string(), message: z.string(), advice: z.string() });

export const noticeSummary = z.object({
  id: z.string(),
  sourceId: z.string(),
  sourceName: z.string(),
  channelName: z.string(),
  title: z.string(),
  kind,
  track: track.nullable(),
  projectName: z.string().nullable(),
  projectCode: z.string().nullable(),
  purchaser: z.string().nullable(),
  amount: z.number().nullable(),
  publishDate: stated.nullable(),
  region: z.string().nullable(),
  projectId: z.string().nullable(),
  copies: z.number().int().describe('同一公告在其他页面的份数'),
  firstSeenAt: epoch,
});

export const origin = z.object({ words: z.string(), rule: z.string(), confidence: z.number(), attachment: z.string().optional().describe('原文所在的附件；没有则在页面本身') });

export const archiveInfo = z.object({
  id: z.string(),
  url: z.string(),
  status: z.number().int(),
  fetchedAt: epoch,
  sha256: z.string(),
  size: z.number().int(),
  file: z.string(),
  offset: z.number().int(),
  headers: z.record(z.string(), z.string()),
});

export const noticePage = page(noticeSummary).extend({
  totalIs: z.enum(['exact', 'about', 'at_least']).describe('exact：恰为 total 条；about：约数，长词只按相邻两字计；at_least：不少于 total 条'),
});

export const noticeDetail = noticeSummary.extend({
  url: z.string(),
  codes: z.array(z.string()),
  agency: z.string().nullable(),
  suppliers: z.array(z.string()),
  amountKind: z.enum(AMOUNT_KINDS).nullable(),
  budget: z.number().nullable(),
  ceiling: z.number().nullable(),
  method: z.enum(METHODS).nullable(),
  category: z.enum(CATEGORIES).nullable(),
  publicityStart: stated.nullable(),
  publicityEnd: stated.nullable(),
  publicityWords: z.string().nullable(),
  openingDate: stated.nullable(),
  awardLetterDate: day.nullable(),
  contractDate: day.nullable(),
  round: z.number().int(),
  lots: z.array(z.object({ id: z.string(), name: z.string().nullable(), budget: z.number().nullable(), amount: z.number().nullable(), suppliers: z.array(z.string()), failed: z.boolean() })),
  candidates: z.array(z.object({ rank: z.number().int(), name: z.string(), price: z.number().nullable(), lot: z.string().nullable() })),
  parcels: z.array(z.object({ code: z.string(), location: z.string().nullable(), areaSqm: z.number().nullable(), use: z.string().nullable(), startPrice: z.number().nullable(), dealPrice: z.number().nullable(), winner: z.string().nullable() })),
  origins: z.record(z.string(), origin).describe('字段 → 出处'),
  disagreements: z.array(z.object({ field: z.string(), value: z.string(), words: z.string(), rule: z.string() })).describe('与所用读法不一致的其他读法'),
  text: z.string().describe('公告正文文本'),
  attachments: z.array(z.object({ name: z.string(), url: z.string(), state: z.enum(['kept', 'read', 'unread', 'missing', 'elsewhere']).optional(), reason: z.string().optional(), archiveId: z.string().optional() })),
  firstPublishDate: stated.nullable(),
  absentAt: epoch.nullable().describe('最后一次完整采集仍无此公告的时间'),
  lastSeenAt: epoch,
  revision: z.number().int(),
  revisions: z.array(z.object({
    revision: z.number().int(), observedAt: epoch, archiveId: z.string(),
    changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })).describe('与上一版不同的业务字段'),
  })),
  backdating: z.object({ stated: day, notBefore: epoch, seenAt: epoch, atLeastDays: z.number().int() }).nullable()
    .describe('所载日期早于实际发布：notBefore 开始的完整采集尚无此公告；不能判断时为 null'),
  differences: z.array(z.object({
    field: z.string(), values: z.array(z.object({ noticeId: z.string(), sourceName: z.string(), value: z.string() })),
  })).describe('各网站所载不一致的字段'),
  archive: archiveInfo.nullable(),
  otherCopies: z.array(z.object({ id: z.string(), sourceName: z.string(), title: z.string(), publishDate: stated.nullable() })),
});

export const timelineEntry = z.object({
  day: day.nullable(),
  kind,
  round: z.number().int(),
  lots: z.array(z.string()),
  title: z.string(),
  state: z.enum(LIFECYCLE_STATES),
  remark: z.string().nullable().describe('流程不合规或缺失环节'),
  breaches: z.array(z.object({ findingKey: z.string(), words: z.string() })).describe('因这一公告而成的违规结论'),
  notices: z.array(z.object({ id: z.string(), sourceName: z.string(), title: z.string(), publishDate: stated.nullable(), firstSeenAt: epoch })),
});

export const countedDay = z.object({
  day,
  mark: z.enum(['published', 'counted', 'extended', 'result']),
  n: z.number().int().nullable(),
  why: z.string(),
  rest: z.boolean(),
});

const counted = z
  .object({ counts: z.enum(['publicity', 'min', 'max', 'nothing']), start: z.string().nullable(), end: z.string().nullable() })
  .describe('computed 与 days 是什么的日期：公示期、其他义务的最短或最长期限及其起止事项、不计日期');

export const finding = z.object({
  key: z.string(),
  projectId: z.string(),
  lot: z.string().nullable(),
  round: z.number().int(),
  rule,
  ruleVersion: z.string(),
  calendarVersion: z.string(),
  ruleTitle: z.string(),
  ruleBasis: z.string().describe('依据'),
  verdict,
  codes: z.array(z.enum(REASON_CODES)),
  codeTexts: z.array(z.string()).describe('原因代码的中文说明，与 codes 同序'),
  severity,
  counted,
  computed: z.object({ anchor: day.optional(), nominalLastDay: day.optional(), lastDay: day.optional(), earliestResultDate: day.optional(), resultDate: day.optional(), earliestAllowed: day.optional(), deadline: day.optional() }),
  sentence: z.string(),
  days: z.array(countedDay),
  judgedAt: epoch,
  history: z
    .array(z.object({ judgedAt: epoch, ruleVersion: z.string(), calendarVersion: z.string(), verdict, sentence: z.string() }))
    .describe('此前的结论，从早到晚'),
  confirmed: z
    .array(z.object({ judgedAt: epoch, ruleVersion: z.string(), calendarVersion: z.string() }))
    .describe('结论、原因、日期、证据未变期间，此前是在哪些规则与日历版本下得出的，从早到晚'),
});

export const findingRow = z.object({
  key: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  purchaser: z.string().nullable(),
  lot: z.string().nullable(),
  round: z.number().int(),
  rule,
  ruleTitle: z.string(),
  verdict,
  codes: z.array(z.enum(REASON_CODES)),
  codeTexts: z.array(z.string()),
  severity,
  sentence: z.string(),
  judgedAt: epoch,
  caseNumber: z.string().nullable().describe('该事项的案件编号；没有立案的为 null'),
});

export const findingReasons = z
  .array(z.object({ rule, ruleTitle: z.string(), severity, code: z.enum(REASON_CODES), codeText: z.string(), count: z.number().int() }))
  .describe('各规则下每个原因有多少项结论；一项结论有几个原因即各计一次');

export const lead = z.object({
  key: z.string(),
  indicator: z.enum(INDICATOR_IDS),
  title: z.string(),
  because: z.string().describe('为什么值得一看，以及它不能说明什么'),
  version: z.string(),
  purchaser: z.string().nullable(),
  agency: z.string().nullable(),
  projectIds: z.array(z.string()),
  day,
  sentence: z.string(),
  formula: z.string(),
  inputs: z.array(z.object({ name: z.string(), value: z.string(), projectId: z.string().nullable() })),
  peers: z
    .object({ words: z.string(), count: z.number().int(), spread: z.array(z.object({ label: z.string(), count: z.number().int(), here: z.boolean() })) })
    .describe('与谁比较、有多少个、怎样分布；here 为本条所在'),
  since: epoch.describe('首次出现'),
  affectedAt: epoch.optional().describe('所涉项目的归并在此时由人裁定，本条尚未重算'),
});

export const indicatorList = z.array(z.object({ id: z.enum(INDICATOR_IDS), title: z.string(), because: z.string(), formula: z.string(), minPeers: z.number().int(), enabled: z.boolean() }));

export const projectSummary = z.object({
  id: z.string(),
  name: z.string(),
  code: z.string().nullable(),
  track,
  method: z.enum(METHODS).nullable(),
  purchaser: z.string().nullable(),
  agency: z.string().nullable(),
  region: z.string().nullable(),
  budget: z.number().nullable(),
  award: z.number().nullable(),
  state: z.enum(LIFECYCLE_STATES),
  stateName: z.string(),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  noticeCount: z.number().int(),
});

export const projectDetail = projectSummary.extend({
  codes: z.array(z.string()),
  category: z.enum(CATEGORIES).nullable(),
  lots: z.array(z.string()),
  round: z.number().int(),
  timeline: z.array(timelineEntry),
  decisions: z.array(linkDecision),
  suggestions: z.array(linkSuggestion).describe('可能与本项目同一、待人工确认或排除的其他项目'),
  links: z.array(z.object({ a: z.string(), b: z.string(), as: z.enum(['group', 'project']), method: z.string(), reason: z.string(), confidence: z.number() })),
  findings: z.array(finding),
  leads: z.array(lead).describe('线索：不是结论'),
  nextDays: z.array(z.object({ day, words: z.string() })).describe('尚未了结的事项最早或最迟的合法日期，从早到晚'),
  alerts: z.array(z.object({ key: z.string(), number: z.string(), nature: z.enum(ALERT_NATURES), state: z.enum(['open', 'cleared']), findingKey: z.string(), sentence: z.string() })),
});

export const alertSummary = z.object({
  key: z.string(),
  number: z.string(),
  nature: z.enum(ALERT_NATURES),
  state: z.enum(['open', 'cleared']),
  projectId: z.string(),
  projectName: z.string(),
  purchaser: z.string().nullable(),
  rule,
  ruleTitle: z.string(),
  codes: z.array(z.enum(REASON_CODES)),
  codeTexts: z.array(z.string()),
  severity,
  sentence: z.string(),
  resultDate: day.nullable(),
  openedAt: epoch,
  updatedAt: epoch,
});

export const evidenceItem = z.object({
  role: z.enum(['publicity', 'result', 'award_letter', 'contract', 'correction', 'other']),
  noticeId: z.string(),
  title: z.string(),
  sourceName: z.string(),
  url: z.string(),
  /** Stated clock. */
  publishDate: stated.nullable(),
  /** Observed clock: not there at `absentAt`, there at `firstSeenAt`. */
  absentAt: epoch.nullable(),
  firstSeenAt: epoch,
  archive: archiveInfo.nullable(),
  snapshots: z
    .array(z.object({ revision: z.number().int(), observedAt: epoch, changes: z.array(z.string()).describe('与上一版不同的字段'), archive: archiveInfo.nullable() }))
    .describe('核查时已有的各版快照，从早到晚；过多时为第一版与最近各版'),
  omittedSnapshots: z.number().int().describe('核查时已有而未列出的版数'),
  laterSnapshots: z.number().int().describe('核查之后才有的版数'),
  absences: z
    .array(z.object({
      lastSeenAt: epoch, returnedAt: epoch.nullable(), missedBy: z.array(epoch).describe('哪些完整采集未再列出'),
      probes: z.array(z.object({ at: epoch, found: z.enum(['gone', 'there', 'unclear']), status: z.number().int().nullable(), sha256: z.string().nullable() })),
    }))
    .describe('列表不再列出本公告的各段时间，以及对原网址的复查'),
  facts: z.array(z.object({ field: z.string(), value: z.string(), origin, archiveId: z.string().nullable().describe('原文所在的归档：页面或附件'), others: z.array(z.object({ value: z.string(), words: z.string() })).describe('不一致的其他读法') })).describe('结论所依据的字段及其原文'),
});

export const alertDetail = alertSummary.extend({
  finding,
  evidence: z.array(evidenceItem),
  /** What was searched where nothing was found. */
  coverage: z.array(z.object({ sourceName: z.string(), channelName: z.string(), from: day.nullable(), to: day, finishedAt: epoch })),
  history: z.array(z.object({ at: epoch, event: z.enum(['opened', 'changed', 'cleared', 'reopened', 'moved']), sentence: z.string() })),
});

export const runSummary = z.object({
  id: z.string(),
  startedAt: epoch,
  finishedAt: epoch.nullable(),
  outcome: z.enum(['running', 'complete', 'incomplete', 'rejected']),
  reason: z.string().nullable(),
  requests: z.number().int(),
  bytes: z.number().int(),
  channels: z.array(z.object({
    channelId: z.string(), channelName: z.string(), outcome: z.enum(['running', 'complete', 'incomplete', 'rejected']), reason: z.string().nullable(),
    listed: z.number().int(), inRegion: z.number().int(), fetched: z.number().int(), failed: z.number().int(), created: z.number().int(), changed: z.number().int(),
  })),
  failures: z.array(z.object({ code: z.string(), message: z.string(), advice: z.string(), url: z.string().nullable(), at: epoch })),
});

export const sourceStatus = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  homepage: z.string(),
  address: z.string(),
  enabled: z.boolean(),
  cadence: z.string(),
  pace: z.string().describe('访问间隔与理由'),
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
  noticeCount: z.number().int(),
  lastRun: runSummary.nullable(),
  lastCompleteAt: epoch.nullable(),
});

export const sourceHealth = z.object({
  state: z.enum(['well', 'troubled', 'unknown']).describe('troubled：有未解除的异常或最近一次采集不完整'),
  incidents: z.array(z.object({
    id: z.string(), channelName: z.string().nullable(), code: z.string(), message: z.string(), advice: z.string(), openedAt: epoch, lastSeenAt: epoch, runs: z.number().int(),
    samples: z.array(z.object({ words: z.string(), url: z.string().nullable(), archiveId: z.string().nullable(), at: epoch })),
  })).describe('未解除的异常，附当时的应答样本'),
  channels: z.array(z.object({
    id: z.string(), name: z.string(), lastCompleteAt: epoch.nullable(), covers: z.object({ from: day.nullable(), to: day }).nullable().describe('最近一次完整采集所能证明的日期'),
    newest: day.nullable(), silentWorkdays: z.number().int().nullable(), normalWorkdays: z.number().int().nullable().describe('以往的沉默至多如此；null 表示历史太短'),
    created: z.number().int(), changed: z.number().int(), days: z.array(z.object({ day, notices: z.number().int() })).describe('近 90 天每天的公告数，按网站所载日期；没有公告的日子不列'),
  })),
  vanished: z.array(z.object({
    noticeId: z.string(), title: z.string().nullable(), state: z.enum(['missing', 'withdrawn', 'unlisted', 'returned']), lastSeenAt: epoch, openedAt: epoch, returnedAt: epoch.nullable(), missedBy: z.number().int(),
    probes: z.array(z.object({ at: epoch, found: z.enum(['gone', 'there', 'unclear']), status: z.number().int().nullable(), archiveId: z.string().nullable() })),
  })).describe('近来不再列出的公告及历次探访'),
  pace: z.object({
    days: z.number().int(),
    hosts: z.array(z.object({ host: z.string(), kept: z.boolean(), requests: z.number().int(), lines: z.array(z.string()) })),
  }).describe('按访问记录核对访问间隔与免打扰时段：核对了什么、限值、最忙的一分钟、结论'),
});

export const judgedProjects = z
  .object({
    judged: z.number().int().describe('各标段、各轮均已判定'),
    pending: z.number().int().describe('尚待结果或期限未到'),
    unjudged: z.number().int().describe('有标段或轮次无法判定'),
    violating: z.number().int().describe('其中有违规结论的，不论归入上述哪一类'),
    share: z.number().nullable().describe('已判定的占全部适用项目；没有适用的项目时为 null'),
    reasons: z.array(z.object({ code: z.enum(REASON_CODES), codeText: z.string(), projects: z.number().int() })).describe('无法判定的原因，一个项目有几个原因即各计一次'),
  })
  .describe('一条规则适用的项目，每个项目计一次');

export const overview = z.object({
  notices: z.number().int(),
  projects: z.number().int(),
  alerts: z.object({ violation: z.number().int(), review: z.number().int(), cleared: z.number().int() }),
  rules: z.array(z.object({ rule, ruleTitle: z.string(), compliant: z.number().int(), violation: z.number().int(), undetermined: z.number().int(), notApplicable: z.number().int(), projects: judgedProjects.nullable() })).describe('各规则的结论数，及适用项目中已判定的'),
  judgedAt: epoch.nullable().describe('已判定的项目是何时核查时统计的'),
  months: z.array(z.object({ month: z.string().describe('YYYY-MM'), notices: z.number().int() })).describe('近十二个月每月公告数，按网站所载日期'),
  calendarEnds: day.nullable().describe('放假安排只收录到此日、且已临近：须补录次年放假通知；尚远为 null'),
  settingsHeld: z.string().nullable().describe('核查设置已改而尚未适用时：改了什么、怎样办；没有则为 null'),
  asOf: epoch,
});

export const calendarMonth = z.object({
  month: z.string(),
  covered: z.boolean(),
  version: z.string().nullable().describe('日历版本：最近一份放假通知的公布日期与全部安排的摘要；当日尚无任何通知时为 null'),
  asOf: day.nullable().describe('按此日已公布的通知；null 为现行日历'),
  localRemark: z.string().nullable().describe('地方放假日：依据，或未掌握'),
  days: z.array(z.object({
    day, rest: z.boolean(), why: z.string(),
    notice: z.object({ year: z.number().int(), published: day, address: z.string(), amends: z.boolean() }).describe('决定这一天的国务院办公厅放假通知'),
  })),
  held: z
    .object({
      words: z.string(),
      localRemark: z.string().nullable().describe('改后的地方放假日依据；不变则为 null'),
      days: z.array(z.object({ day, rest: z.boolean(), why: z.string() })).describe('本月中改后会不同的日子'),
    })
    .nullable()
    .describe('日历文件已改而尚未适用时：改了什么、怎样办、哪些日子会不同；以上各项仍为适用中的日历'),
});

export const ruleEntry = z.object({
  id: rule,
  version: z.string(),
  title: z.string(),
  basis: z.array(z.object({ text: z.string(), checked: z.boolean().describe('条文是否核对过原文'), readIn: z.string().nullable().describe('在哪里、何时核对') })),
  track,
  methods: z.string(),
  category: z.string(),
  amountLines: z.array(z.object({ from: day, to: day.nullable(), text: z.string() })),
  region: z.string().nullable().describe('行政区划代码；null 为全国'),
  validity: z.object({ from: day, to: day.nullable() }),
  kind: z.enum(['publicity', 'min', 'max', 'logic']).describe('publicity：公示期；min：最短期限；max：最长期限；logic：不数日子'),
  period: z.object({ length: z.number().int(), unit: z.enum(['calendar', 'workday']) }).nullable(),
  start: z.string().nullable().describe('起算事项'),
  end: z.string().nullable().describe('终止事项'),
  counting: z.string().describe('计数办法'),
  severity: severity.describe('违反时的程度，最重者'),
  grades: z.string().describe('程度怎样分'),
  template: z.string().describe('说明的格式；〔…〕处由公告与日历填入'),
  enabled: z.boolean().describe('按适用中的设置是否启用'),
  settings: z
    .array(z.object({ name: z.string(), value: z.string(), edited: z.string().nullable().describe('文件中已改而尚未适用的值') }))
    .describe('本单位的设置中与本规则有关、适用中的各项'),
});
export const ruleList = z.object({ rules: z.array(ruleEntry), settingsHeld: z.string().nullable() });

export const queries = {
  notices: z.object({ q: text, kind: kind.optional(), track: track.optional(), source: z.string().max(40).optional(), from: day.optional(), to: day.optional(), limit, cursor }),
  suggestions: z.object({ limit, cursor }),
  projects: z.object({ q: text, track: track.optional(), state: z.enum(LIFECYCLE_STATES).optional(), limit, cursor }),
  alerts: z.object({ q: text, nature: z.enum(ALERT_NATURES).optional().describe('缺省为违规告警与待核提示；人工立案的存疑事项须指明 doubt'), state: z.enum(['open', 'cleared']).optional(), rule: rule.optional(), severity: severity.optional(), limit, cursor }),
  findings: z.object({ verdict: verdict.default('undetermined'), code: z.enum(REASON_CODES).optional(), severity: severity.optional(), rule: rule.optional(), limit, cursor }),
  reasons: z.object({ verdict: verdict.default('undetermined') }),
  leads: z.object({ q: text, indicator: z.enum(INDICATOR_IDS).optional(), limit, cursor }),
};

/**
 * The routes, all GET:
 *   /api/overview                    → overview
 *   /api/notices?…                   → page(noticeSummary)
 *   /api/notices/:id                 → noticeDetail
 *   /api/projects?…                  → page(projectSummary)
 *   /api/projects/:id                → projectDetail
 *   /api/alerts?…                    → page(alertSummary)
 *   /api/alerts/:key                 → alertDetail
 *   /api/findings?…                  → page(findingRow): by default those that could not be judged
 *   /api/findings/reasons?verdict    → findingReasons
 *   /api/leads?…                     → page(lead)
 *   /api/indicators                  → indicatorList
 *   /api/sources                     → sourceStatus[]
 *   /api/sources/:id/runs            → runSummary[] (latest 30)
 *   /api/sources/:id/health          → sourceHealth
 *   /api/calendar/:month?asOf        → calendarMonth (YYYY-MM)
 *   /api/rules                       → ruleList: every field of every rule, with the operator's settings in force
 *   /api/archive/:id                 → archiveInfo
 *   /api/archive/:id/page            → the archived page, sanitised, as a document that loads nothing and runs nothing
 *   /api/archive/:id/bytes           → the archived bytes as a download
 *   /api/openapi.json · /healthz
 * Ids and keys are URI-encoded by the caller. Errors answer `errorReply`.
 */
export type JudgedProjectsReply = z.infer<typeof judgedProjects>;
export type Overview = z.infer<typeof overview>;
export type NoticeSummaryReply = z.infer<typeof noticeSummary>;
export type NoticeDetailReply = z.infer<typeof noticeDetail>;
export type ProjectSummaryReply = z.infer<typeof projectSummary>;
export type ProjectDetailReply = z.infer<typeof projectDetail>;
export type AlertSummaryReply = z.infer<typeof alertSummary>;
export type AlertDetailReply = z.infer<typeof alertDetail>;
export type LeadReply = z.infer<typeof lead>;
export type IndicatorReply = z.infer<typeof indicatorList>[number];
export type FindingRowReply = z.infer<typeof findingRow>;
export type FindingReasonReply = z.infer<typeof findingReasons>[number];
export type FindingReply = z.infer<typeof finding>;
export type SourceStatusReply = z.infer<typeof sourceStatus>;
export type SourceHealthReply = z.infer<typeof sourceHealth>;
export type RunSummaryReply = z.infer<typeof runSummary>;
export type RuleEntryReply = z.infer<typeof ruleEntry>;
export type RuleListReply = z.infer<typeof ruleList>;
export type CalendarMonthReply = z.infer<typeof calendarMonth>;
export type ArchiveInfoReply = z.infer<typeof archiveInfo>;
export interface PageReply<T> { items: T[]; nextCursor: string | null; total: number; totalIs?: z.infer<typeof noticePage>['totalIs'] }
