import type { NoticeKind, Track } from '../model/notice.ts';
import type { LifecycleState } from '../model/project.ts';

/** What one kind of notice does to a round. */
interface Edge {
  to: LifecycleState;
  /** States it may follow; absent = any. */
  after?: readonly LifecycleState[];
  /** The step that is missing where it follows another state. */
  missing?: string;
  /** Title that stands for another state under the same kind. */
  titled?: { as: RegExp; to: LifecycleState };
}

/** A lifecycle: its states in order, and the edge of each kind that occurs in it. */
export type Edges = {
  order: readonly LifecycleState[];
  /** States that follow one another again and again, as each order under a framework is awarded and signed. */
  recurring?: readonly LifecycleState[];
} & Partial<Record<NoticeKind, Edge>>;

const CONTRACTED_ON: Pick<Edges, 'contract' | 'acceptance'> = {
  contract: { to: 'CONTRACTED', after: ['AWARDED', 'CONTRACTED'], missing: '中标（成交）结果公告' },
  acceptance: { to: 'CLOSED', after: ['CONTRACTED', 'CLOSED'], missing: '合同公告' },
};

/** 招标投标: the winner may be determined only after the candidates' publicity (招标投标法实施条例 art. 54, 55). */
const CONSTRUCTION: Edges = {
  order: [
    'UNKNOWN',
    'PLANNED',
    'DOC_PREVIEW',
    'PREQUALIFYING',
    'TENDERING',
    'OPENED',
    'CANDIDATES_PUBLICISED',
    'AWARDED',
    'CONTRACTED',
    'CLOSED',
  ],
  plan: { to: 'PLANNED' },
  preview: { to: 'DOC_PREVIEW' },
  prequalification: { to: 'PREQUALIFYING' },
  tender: { to: 'TENDERING' },
  opening: { to: 'OPENED', after: ['TENDERING', 'OPENED'], missing: '招标公告' },
  candidate: {
    to: 'CANDIDATES_PUBLICISED',
    after: ['TENDERING', 'OPENED', 'CANDIDATES_PUBLICISED'],
    missing: '招标公告',
  },
  result: { to: 'AWARDED', after: ['CANDIDATES_PUBLICISED', 'AWARDED'], missing: '中标候选人公示' },
  award_letter: {
    to: 'AWARDED',
    after: ['CANDIDATES_PUBLICISED', 'AWARDED'],
    missing: '中标候选人公示',
  },
  ...CONTRACTED_ON,
};

/** 政府采购 by tender, negotiation, consultation, inquiry; candidates are publicised by local practice only. */
const PROCUREMENT: Edges = {
  order: [
    'UNKNOWN',
    'PLANNED',
    'DOC_PREVIEW',
    'PREQUALIFYING',
    'SS_PUBLICISED',
    'TENDERING',
    'OPENED',
    'CANDIDATES_PUBLICISED',
    'AWARDED',
    'CONTRACTED',
    'CLOSED',
  ],
  plan: { to: 'PLANNED' },
  preview: { to: 'DOC_PREVIEW' },
  prequalification: { to: 'PREQUALIFYING' },
  single_source: { to: 'SS_PUBLICISED' },
  tender: { to: 'TENDERING' },
  opening: { to: 'OPENED' },
  candidate: {
    to: 'CANDIDATES_PUBLICISED',
    after: ['TENDERING', 'OPENED', 'CANDIDATES_PUBLICISED'],
    missing: '采购公告',
  },
  result: {
    to: 'AWARDED',
    after: ['TENDERING', 'OPENED', 'CANDIDATES_PUBLICISED', 'SS_PUBLICISED', 'AWARDED'],
    missing: '采购公告',
  },
  award_letter: {
    to: 'AWARDED',
    after: ['TENDERING', 'OPENED', 'CANDIDATES_PUBLICISED', 'SS_PUBLICISED', 'AWARDED'],
    missing: '采购公告',
  },
  ...CONTRACTED_ON,
};

/** 单一来源 (政府采购法实施条例 art. 38): publicised before anything is agreed. */
const SINGLE_SOURCE: Edges = {
  ...PROCUREMENT,
  result: { to: 'AWARDED', after: ['SS_PUBLICISED', 'AWARDED'], missing: '单一来源公示' },
  award_letter: { to: 'AWARDED', after: ['SS_PUBLICISED', 'AWARDED'], missing: '单一来源公示' },
};

/** 框架协议 (110号令): suppliers are shortlisted once, then each order is awarded and signed for itself. */
const FRAMEWORK: Edges = { ...PROCUREMENT, recurring: ['AWARDED', 'CONTRACTED', 'CLOSED'] };

/** 招标拍卖挂牌出让 (39号令): notice, listing, deal made public, supply result. */
const LAND: Edges = {
  order: ['UNKNOWN', 'PLANNED', 'NOTICED', 'LISTED', 'DEAL', 'CONTRACTED', 'RESULT_PUBLISHED', 'CLOSED'],
  plan: { to: 'PLANNED' },
  tender: { to: 'NOTICED' },
  opening: { to: 'LISTED', after: ['NOTICED', 'LISTED'], missing: '出让公告' },
  candidate: { to: 'DEAL', after: ['NOTICED', 'LISTED', 'DEAL'], missing: '出让公告' },
  // The deal is publicised first; 供地结果 of the same parcel follows once the contract is registered.
  result: {
    to: 'DEAL',
    after: ['NOTICED', 'LISTED', 'DEAL', 'RESULT_PUBLISHED', 'CONTRACTED'],
    missing: '出让公告',
    titled: { as: /供地结果|供应结果|供地公告/, to: 'RESULT_PUBLISHED' },
  },
  award_letter: { to: 'DEAL', after: ['NOTICED', 'LISTED', 'DEAL'], missing: '出让公告' },
  contract: { to: 'CONTRACTED', after: ['DEAL', 'RESULT_PUBLISHED', 'CONTRACTED'], missing: '成交公示' },
  acceptance: { to: 'CLOSED' },
};

/**
 * 协议出让, 划拨: the intent is publicised, the contract or decision follows, then the supply result.
 * No column that is read here carries the intent as a rule, so that nothing is missed where a result comes alone.
 */
const LAND_BY_AGREEMENT: Edges = {
  order: ['UNKNOWN', 'PLANNED', 'INTENT_PUBLICISED', 'CONTRACTED', 'RESULT_PUBLISHED', 'CLOSED'],
  plan: { to: 'PLANNED' },
  tender: { to: 'INTENT_PUBLICISED' },
  candidate: { to: 'INTENT_PUBLICISED' },
  contract: { to: 'CONTRACTED', after: ['INTENT_PUBLICISED', 'CONTRACTED'], missing: '供地意向公示' },
  result: { to: 'RESULT_PUBLISHED' },
};

/** 国有产权, 竞价. */
const ASSET: Edges = {
  order: ['UNKNOWN', 'PLANNED', 'LISTED', 'OPENED', 'CANDIDATES_PUBLICISED', 'AWARDED', 'CONTRACTED', 'CLOSED'],
  plan: { to: 'PLANNED' },
  preview: { to: 'PLANNED' },
  tender: { to: 'LISTED' },
  opening: { to: 'OPENED', after: ['LISTED', 'OPENED'], missing: '挂牌（竞价）公告' },
  candidate: {
    to: 'CANDIDATES_PUBLICISED',
    after: ['LISTED', 'OPENED', 'CANDIDATES_PUBLICISED'],
    missing: '挂牌（竞价）公告',
  },
  result: {
    to: 'AWARDED',
    after: ['LISTED', 'OPENED', 'CANDIDATES_PUBLICISED', 'AWARDED'],
    missing: '挂牌（竞价）公告',
  },
  award_letter: {
    to: 'AWARDED',
    after: ['LISTED', 'OPENED', 'CANDIDATES_PUBLICISED', 'AWARDED'],
    missing: '挂牌（竞价）公告',
  },
  ...CONTRACTED_ON,
};

/** The lifecycle of a track and method. */
export function lifecycleOf(track: Track, method: string | null): Edges {
  switch (track) {
    case 'construction':
      return CONSTRUCTION;
    case 'procurement':
      if (method === 'framework') return FRAMEWORK;
      return method === 'single_source' ? SINGLE_SOURCE : PROCUREMENT;
    case 'land':
      return method === 'agreement' || method === 'allocation' ? LAND_BY_AGREEMENT : LAND;
    case 'asset':
      return ASSET;
  }
}

/** A state as offices call it. */
export const STATE_WORDS: Record<LifecycleState, string> = {
  PLANNED: '计划（意向）',
  DOC_PREVIEW: '招标文件预公示',
  PREQUALIFYING: '资格预审',
  TENDERING: '招标（采购）',
  OPENED: '开标',
  CANDIDATES_PUBLICISED: '候选人公示',
  SS_PUBLICISED: '单一来源公示',
  AWARDED: '中标（成交）',
  CONTRACTED: '签订合同',
  CLOSED: '验收办结',
  SUSPENDED: '暂停（中止）',
  TERMINATED: '终止',
  FAILED: '废标（流标）',
  NOTICED: '出让公告',
  DEAL: '成交公示',
  RESULT_PUBLISHED: '供地结果',
  INTENT_PUBLICISED: '供地意向公示',
  LISTED: '挂牌',
  UNKNOWN: '未知',
};
