import type { LocalDay, LocalMoment } from './day.ts';

/** The lifecycle event a notice stands for. */
export const NOTICE_KINDS = [
  'plan', // 意向 / 招标计划 / 供地计划
  'preview', // 招标文件预公示
  'prequalification', // 资格预审
  'tender', // 招标 / 采购 / 谈判 / 磋商 / 询价 / 竞价 / 出让公告
  'correction', // 更正 / 变更 / 澄清 / 补充 / 延期
  'opening', // 开标记录
  'candidate', // 候选人公示
  'single_source', // 单一来源公示
  'result', // 中标 / 成交结果
  'award_letter', // 中标 / 成交通知书
  'contract', // 合同
  'acceptance', // 验收 / 履约
  'failed', // 废标 / 流标
  'terminated', // 终止
  'suspended', // 暂停 / 中止
  'complaint', // 投诉处理
  'other',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** 建设工程 · 政府采购 · 土地使用权 · 国有产权与竞价 */
export const TRACKS = ['construction', 'procurement', 'land', 'asset'] as const;
export type Track = (typeof TRACKS)[number];

export const METHODS = [
  'open_tender', // 公开招标
  'invited_tender', // 邀请招标
  'competitive_negotiation', // 竞争性谈判
  'competitive_consultation', // 竞争性磋商
  'inquiry', // 询价
  'single_source', // 单一来源
  'framework', // 框架协议
  'listing', // 挂牌
  'auction', // 拍卖
  'agreement', // 协议出让
  'allocation', // 划拨
  'bidding', // 竞价
] as const;
export type Method = (typeof METHODS)[number];

export const CATEGORIES = ['works', 'goods', 'services', 'land', 'lease', 'asset'] as const;
export type Category = (typeof CATEGORIES)[number];

/** What an amount is. A rate or a unit price is never an amount. */
export const AMOUNT_KINDS = [
  'budget',
  'ceiling',
  'estimate',
  'award',
  'contract',
  'start_price',
  'deal',
  'yearly',
] as const;
export type AmountKind = (typeof AMOUNT_KINDS)[number];

/** Where a value was read: the words in the page, the rule that read them, and how sure it is (0–1). */
export interface Origin {
  words: string;
  rule: string;
  confidence: number;
  /** Name of the attached file that holds the words; absent where the page itself does. */
  attachment?: string;
}

/** One lot (包 / 标段 / 标项 / 采购包). `id` is normalised: "1", "2" …; `name` as printed. */
export interface LotReading {
  id: string;
  name: string | null;
  /** Yuan. */
  budget: number | null;
  /** Yuan; the award of this lot alone. */
  amount: number | null;
  suppliers: string[];
  failed: boolean;
}

/** One ranked candidate; `price` in yuan, null where the page prints a rate, a unit price or nothing. */
export interface CandidateReading {
  rank: number;
  name: string;
  price: number | null;
  /** Lot id, or null where the page speaks of no lots. */
  lot: string | null;
}

/** A parcel of land (宗地): the unit of the land track. Area in ㎡, prices in yuan. */
export interface ParcelReading {
  code: string;
  location: string | null;
  areaSqm: number | null;
  use: string | null;
  startPrice: number | null;
  dealPrice: number | null;
  winner: string | null;
}

/** A publicity period as the page states it. */
export interface StatedPeriod {
  from: LocalDay | LocalMoment | null;
  to: LocalDay | LocalMoment | null;
  /** "公示期为 3 个工作日" */
  workdays: number | null;
  /** "公示 3 日": calendar days */
  days: number | null;
  words: string;
}

/** What a correction touches: null = the page does not say (attachment only). */
export type Materiality = boolean | null;

/** The business fields of a notice. Absent = null or an empty list, never a guess. Money in yuan. */
export interface NoticeFields {
  kind: NoticeKind;
  track: Track | null;
  title: string;
  projectName: string | null;
  /** The main code, as printed and normalised in width. */
  projectCode: string | null;
  /** Every code the page prints, the main one first. */
  codes: string[];
  purchaser: string | null;
  agency: string | null;
  /** Winners; in a candidate notice the first-ranked first. */
  suppliers: string[];
  amount: number | null;
  amountKind: AmountKind | null;
  budget: number | null;
  ceiling: number | null;
  method: Method | null;
  category: Category | null;
  /** 市政工程 → municipal; null = not known. */
  subtype: 'municipal' | 'other' | null;
  /** Public funding (国有资金 / 财政资金) as stated; null = not stated. */
  stateFunded: boolean | null;
  publishDate: LocalDay | LocalMoment | null;
  publicity: StatedPeriod | null;
  openingDate: LocalMoment | LocalDay | null;
  /** Date on which the winner was determined, the award letter issued, the contract signed. */
  determinedDate: LocalDay | null;
  awardLetterDate: LocalDay | null;
  contractDate: LocalDay | null;
  /** Region as printed, and its 6-digit code where known (开远市 532502). */
  region: string | null;
  regionCode: string | null;
  /** Round of tendering, 1 unless the page says otherwise. */
  round: number;
  lots: LotReading[];
  candidates: CandidateReading[];
  parcels: ParcelReading[];
  /** Explicit references to an earlier notice: its date, title or code. */
  refersTo: { date: LocalDay | null; title: string | null; code: string | null } | null;
  /** Corrections only. */
  material: Materiality;
  /** A reason printed for passing over the first candidate. */
  skipReason: string | null;
}

/** A notice of which nothing is known but kind and title. */
export function emptyFields(kind: NoticeKind, title: string): NoticeFields {
  return {
    kind,
    track: null,
    title,
    projectName: null,
    projectCode: null,
    codes: [],
    purchaser: null,
    agency: null,
    suppliers: [],
    amount: null,
    amountKind: null,
    budget: null,
    ceiling: null,
    method: null,
    category: null,
    subtype: null,
    stateFunded: null,
    publishDate: null,
    publicity: null,
    openingDate: null,
    determinedDate: null,
    awardLetterDate: null,
    contractDate: null,
    region: null,
    regionCode: null,
    round: 1,
    lots: [],
    candidates: [],
    parcels: [],
    refersTo: null,
    material: null,
    skipReason: null,
  };
}

export type FieldName = keyof NoticeFields;

/** A reading that lost against another: both are kept and shown. */
export interface Disagreement {
  field: FieldName;
  value: unknown;
  origin: Origin;
}

/** What the parsers read in one page. */
export interface NoticeReading {
  fields: NoticeFields;
  origins: Partial<Record<FieldName, Origin>>;
  disagreements: Disagreement[];
  /** The text that was read, for search and for checking hits: page furniture left out. */
  text: string;
}

/**
 * What became of an attached file.
 * - `kept`: archived; the notice speaks for itself, so that its text was not needed
 * - `read`: archived, and fields were read from its text
 * - `unread`: archived, but its text could not be read
 * - `missing`: the site did not give it
 * - `elsewhere`: lies on a host that is not the source's, or beyond the files kept of one notice
 */
export type AttachmentState = 'kept' | 'read' | 'unread' | 'missing' | 'elsewhere';

/** A link to an attached file, as the page names it. */
export interface AttachmentLink {
  name: string;
  url: string;
  /** Absent: not looked at yet. */
  state?: AttachmentState;
  /** Why it could not be read, behind 附件未能读取：. */
  reason?: string;
  archiveId?: string;
}

/** One sighting of a notice in a fetched page, ready to be stored. */
export interface NoticeObservation {
  noticeId: string;
  sourceId: string;
  channelId: string;
  externalId: string;
  /** The public address a person would open. */
  url: string;
  runId: string;
  /** Epoch ms. */
  observedAt: number;
  /**
   * Start of the last complete run of this channel that did not have the notice (epoch ms); null = none.
   * The start, not the end: a notice published while a run was under way must not look backdated.
   */
  absentAt: number | null;
  reading: NoticeReading;
  /** SHA-256 over the business fields: equal digest, no new revision. */
  digest: string;
  archiveId: string;
  attachments: AttachmentLink[];
}

/** A notice as stored: its latest revision, and the two clocks. */
export interface Notice {
  id: string;
  sourceId: string;
  channelId: string;
  externalId: string;
  url: string;
  fields: NoticeFields;
  origins: Partial<Record<FieldName, Origin>>;
  disagreements: Disagreement[];
  text: string;
  attachments: AttachmentLink[];
  digest: string;
  /** 1 for the first; one more for each change of business fields. */
  revision: number;
  /** Observed clock, epoch ms. Never overwritten. */
  firstSeenAt: number;
  /** Start of the last complete run without it, as known when it was first seen. Never overwritten. */
  absentAt: number | null;
  lastSeenAt: number;
  /** The record it was read from (latest revision). */
  archiveId: string;
  /** The publish date that the first revision showed. Never overwritten. */
  firstPublishDate: LocalDay | LocalMoment | null;
}

export interface NoticeRevision {
  noticeId: string;
  revision: number;
  observedAt: number;
  runId: string;
  archiveId: string;
  digest: string;
  fields: NoticeFields;
  /** Business fields that differ from the revision before; empty for the first. */
  changed: FieldName[];
}
