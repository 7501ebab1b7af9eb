import { z } from 'zod';

import { isLocalDay } from '../src/model/day.ts';
import { STATUTE_IDS } from '../src/model/finding.ts';
import type { StatuteId } from '../src/model/finding.ts';
import { DEFAULT_INDICATOR_SETTINGS } from '../src/model/lead.ts';
import { METHOD_NAMES } from '../src/model/notice-names.ts';
import { METHODS } from '../src/model/notice.ts';
import { DEFAULT_OPEN_TENDER_LINES } from '../src/model/policy.ts';
import { isCronPattern } from '../src/model/recurrence.ts';

/**
 * What an operator may edit. Every key carries the allowed values in words:
 * they are what a wrong entry is answered with.
 */
const localDay = z.string().refine(isLocalDay).describe('日期，如 2016-01-01');
const workingDays = z.int().min(1).max(250).describe('工作日天数 1–250');
/** A year that an office accounts for, and the weeks of the next in which it is asked about it. */
const REQUEST_DAYS = 400;
const yesNo = z.boolean().describe('true 或 false');
/** Bucket names as every storage takes them; keys in the address are refused. */
export const S3_ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w./-]*))?$/;
const cron = z
  .string()
  .refine(isCronPattern)
  .describe("五段 cron（分 时 日 月 周，北京时间），加引号，如 '12 8,12,16,20 * * *'");
const sourceIds = z.array(z.string().min(1)).min(1).describe('来源代号列表，如 [hh_finance, yn_ccgp]');

export const basicSchema = z
  .strictObject({
    region: z
      .strictObject({
        code: z
          .string()
          .regex(/^\d{6}$/)
          .describe("六位行政区划代码，加引号，如 '532502'"),
        name: z.string().min(2).describe('地区全称，如 开远市'),
        words: z.array(z.string().min(2)).min(1).describe('识别本地区的词，如 [开远]'),
      })
      .describe('code、name、words 三项'),
    contact: z.string().max(200).describe('电话、邮箱或网址，可留空'),
    storage: z
      .strictObject({
        database: z.string().min(1).describe('SQLite 数据库文件路径，或 mongodb:// 开头的地址'),
        archive: z
          .string()
          .min(1)
          .refine((place) => !place.includes('://') || S3_ADDRESS.test(place))
          .describe('归档文件夹路径，或 s3://存储桶/前缀（不含密钥）'),
        s3: z
          .strictObject({
            endpoint: z
              .url({ protocol: /^https?$/ })
              .nullable()
              .describe('对象存储的网址，如 https://s3.example.cn；null 表示按地区取服务商的网址'),
            region: z
              .string()
              .regex(/^[\w-]+$/)
              .describe('地区代号，如 cn-north-1'),
            pathStyle: yesNo,
          })
          .optional()
          .describe('endpoint、region、pathStyle 三项'),
      })
      .refine(({ archive, s3 }) => !archive.startsWith('s3://') || s3 !== undefined)
      .describe('database、archive 两项；archive 为 s3:// 地址时另加 s3（endpoint、region、pathStyle）'),
    server: z
      .strictObject({
        host: z.string().min(1).describe('监听地址，如 127.0.0.1 或 0.0.0.0'),
        port: z.int().min(0).max(65_535).describe('端口 0–65535，0 表示自动选择'),
      })
      .describe('host、port 两项'),
    crawl: z
      .strictObject({ recheckDays: z.int().min(0).max(3650).describe('天数 0–3650') })
      .describe('recheckDays 一项'),
    cases: z
      .strictObject({
        pending: workingDays,
        investigating: workingDays,
        rectifying: workingDays,
        reply: workingDays,
      })
      .describe('pending、investigating、rectifying、reply 四项')
      .default({ pending: 5, investigating: 30, rectifying: 30, reply: 5 }),
    operators: z
      .strictObject({
        channels: z
          .array(
            z
              .strictObject({
                name: z.string().min(1).max(40).describe('名称，如 值班群，不重复'),
                kind: z
                  .enum(['wecom', 'dingtalk', 'feishu', 'webhook'])
                  .describe('wecom（企业微信群机器人）、dingtalk（钉钉群机器人）、feishu（飞书群机器人）或 webhook'),
                secretFile: z
                  .string()
                  .regex(/^[A-Z][A-Z0-9_]*$/)
                  .describe('环境变量名，如 GONGSHI_DUTY_FILE；它指出写有地址的秘密文件'),
              })
              .describe('name、kind、secretFile 三项'),
          )
          .max(10)
          .refine((channels) => new Set(channels.map(({ name }) => name)).size === channels.length)
          .describe('途径的列表，每条 name（不重复）、kind、secretFile'),
      })
      .default({ channels: [] })
      .describe('channels 一项'),
    retention: z
      .strictObject({
        replyDays: z.int().min(30).max(36_500).nullable().default(null).describe('天数 30–36500，或 null（永久保存）'),
        requestDays: z.int().min(90).max(36_500).default(REQUEST_DAYS).describe('天数 90–36500'),
      })
      .default({ replyDays: null, requestDays: REQUEST_DAYS })
      .describe('replyDays、requestDays 两项'),
  })
  .describe('region、contact、storage、server、crawl、operators、retention、cases');

const sourceEntrySchema = z
  .strictObject({
    enabled: yesNo.default(true),
    address: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional()
      .describe('以 http:// 或 https:// 开头的网址'),
    pace: z
      .strictObject({
        minIntervalMs: z.int().min(0).max(600_000).describe('两次访问的最小间隔，毫秒 0–600000'),
        reason: z.string().min(2).describe('取此间隔的理由'),
      })
      .optional()
      .describe('minIntervalMs、reason 两项'),
    timeoutSeconds: z.number().min(1).max(600).optional().describe('秒数 1–600'),
    maxBodyMegabytes: z.number().min(0.1).max(200).optional().describe('兆字节 0.1–200'),
    charset: z.enum(['utf-8', 'gb18030']).nullable().optional().describe('utf-8、gb18030 或 null（自动判断）'),
    quietHours: z
      .strictObject({
        from: z.int().min(0).max(23).describe('整点 0–23'),
        to: z.int().min(0).max(24).describe('整点 0–24'),
      })
      .nullable()
      .optional()
      .describe('from、to 两个整点，或 null'),
    attachmentHosts: z
      .array(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/i))
      .max(20)
      .default([])
      .describe('附件所在的其他主机名列表，如 [files.example.gov.cn]'),
    acceptedWords: z
      .array(z.string().min(1).max(100))
      .max(500)
      .default([])
      .describe('已核对、无须登记的字段名或章节名列表，如 [履约保证金形式]'),
    schedule: z
      .strictObject({
        visits: cron.optional(),
        sweep: cron.optional(),
        overlapDays: z.int().min(0).max(365).optional().describe('天数 0–365'),
        jitterMinutes: z.int().min(0).max(120).optional().describe('分钟 0–120'),
        reason: z.string().min(2).describe('如此安排的理由'),
      })
      .optional()
      .describe('visits、sweep、overlapDays、jitterMinutes（缺省的用来源自带的安排）与 reason'),
    conditionalRequests: z
      .strictObject({
        use: yesNo,
        reason: z.string().min(2).describe('用或不用条件请求的理由'),
      })
      .optional()
      .describe('use、reason 两项'),
    options: z.record(z.string(), z.unknown()).default({}).describe('该来源自有的选项，见其 notes.md'),
  })
  .describe(
    'enabled、address、pace、timeoutSeconds、maxBodyMegabytes、charset、quietHours、attachmentHosts、acceptedWords、schedule、conditionalRequests、options',
  );

export const sourcesSchema = z.record(z.string(), sourceEntrySchema).describe('来源代号及其设置');

const yuan = z.number().min(1).max(1e12).describe('金额（元）');
const openTenderLine = z
  .strictObject({
    region: z
      .string()
      .regex(/^\d{0,6}$/)
      .describe("行政区划代码或其开头几位，加引号，如 '53'；'' 表示没有其他标准的地区"),
    from: localDay,
    to: localDay.nullable().describe('日期或 null（仍在执行）'),
    goods: yuan,
    services: yuan,
    source: z.string().min(2).describe('出处：文号、名称'),
    checked: z.boolean().describe('true（已核对原文）或 false'),
  })
  .describe('region、from、to、goods、services、source、checked');

const narrowedReview = z.strictObject({
  as: z.enum(['review', 'violation']),
  methods: z.array(z.enum(METHODS)).min(1).optional(),
  categories: z
    .array(z.enum(['works', 'goods', 'services']))
    .min(1)
    .optional(),
  from: localDay.optional(),
  minBudget: yuan.optional(),
});

/** Ids with their names. */
function named(names: Readonly<Record<string, string>>): string {
  return Object.entries(names)
    .map(([id, name]) => `${id} ${name}`)
    .join('、');
}

const share = z.number().min(0).max(1).describe('比例 0–1');
const several = z.int().min(1).max(1000).describe('个数 1–1000');
const indicatorsSchema = z
  .strictObject({
    splitting: z
      .strictObject({ enabled: yesNo, minPeers: several, atLeast: several })
      .describe('enabled、minPeers、atLeast 三项'),
    justBelowLine: z
      .strictObject({ enabled: yesNo, minPeers: several, atLeast: several, within: share })
      .describe('enabled、minPeers、atLeast、within 四项'),
    repeatedWinner: z
      .strictObject({ enabled: yesNo, minPeers: several, atLeast: several, minAwards: several, share })
      .describe('enabled、minPeers、atLeast、minAwards、share 五项'),
    equalPrices: z.strictObject({ enabled: yesNo, minPeers: several }).describe('enabled、minPeers 两项'),
    decisionWithinDay: z
      .strictObject({ enabled: yesNo, minPeers: several, rare: share })
      .describe('enabled、minPeers、rare 三项'),
  })
  .describe('splitting、justBelowLine、repeatedWinner、equalPrices、decisionWithinDay 五项');

export const rulesSchema = z
  .strictObject({
    rollover: yesNo,
    localHolidays: z.enum(['undetermined', 'ignore', 'restDay']).describe('undetermined、ignore 或 restDay'),
    localRule: z
      .strictObject({
        from: localDay,
        to: localDay.nullable().describe('日期或 null'),
        verifiedTo: localDay.nullable().describe('日期或 null'),
      })
      .describe('from、to、verifiedTo 三项'),
    enabled: z
      .strictObject({
        'KY-GP-3D': yesNo,
        'TB-CAND-3D': yesNo,
        'GP-SS-5WD': yesNo,
        ...(Object.fromEntries(STATUTE_IDS.map((id) => [id, yesNo.optional()])) as Record<
          StatuteId,
          z.ZodOptional<typeof yesNo>
        >),
      })
      .describe('KY-GP-3D、TB-CAND-3D、GP-SS-5WD 三项，以及 docs/rules.md 所列的其他规则代号'),
    reviewAlert: z
      .union([z.enum(['off', 'review', 'violation']), narrowedReview])
      .describe(
        `off、review 或 violation；或 as（review 或 violation）并任选 methods（${named(METHOD_NAMES)}）、` +
          'categories（works 工程、goods 货物、services 服务）、from（日期）、minBudget（元，含本数）',
      ),
    designatedMedia: z
      .strictObject({ 'KY-GP-3D': sourceIds, 'TB-CAND-3D': sourceIds, 'GP-SS-5WD': sourceIds })
      .describe('KY-GP-3D、TB-CAND-3D、GP-SS-5WD 三项'),
    openTenderLines: z
      .array(openTenderLine)
      .default(DEFAULT_OPEN_TENDER_LINES)
      .describe('公开招标数额标准的列表，每条 region、from、to、goods、services、source、checked'),
    indicators: indicatorsSchema.default(DEFAULT_INDICATOR_SETTINGS),
  })
  .describe('rollover、localHolidays、localRule、enabled、reviewAlert、designatedMedia、openTenderLines、indicators');

export type BasicConfig = z.infer<typeof basicSchema>;
export type SourceEntry = z.infer<typeof sourceEntrySchema>;
