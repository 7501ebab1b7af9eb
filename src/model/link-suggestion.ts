/**
 * Why two projects may be one, though the evidence does not suffice to join them. Stable: a reason is added, never
 * renamed.
 *
 * | code | two notices of different projects |
 * |---|---|
 * | SEVERAL_FIT | one names neither buyer nor agency, and more than one project bears its name |
 * | SAME_CODE_BUYER_ABBREVIATED | one code; one buyer's name may be short for the other's, the names differ |
 * | SAME_CODE_PARTY_UNKNOWN | one code; one names no buyer, and neither agency nor name agree |
 * | SAME_NAME_BUYER_ABBREVIATED | one name; one buyer's name may be short for the other's |
 * | SAME_NAME_PARTY_UNKNOWN | one name; one names no buyer |
 * | SAME_NAME_DEARER | one name and buyer, but the award exceeds the budget |
 * | SIMILAR_NAME | one buyer, names that differ by words which do not tell projects apart |
 */
export const SUGGESTION_CODES = [
  'SEVERAL_FIT',
  'SAME_CODE_BUYER_ABBREVIATED',
  'SAME_CODE_PARTY_UNKNOWN',
  'SAME_NAME_BUYER_ABBREVIATED',
  'SAME_NAME_PARTY_UNKNOWN',
  'SAME_NAME_DEARER',
  'SIMILAR_NAME',
] as const;
export type SuggestionCode = (typeof SUGGESTION_CODES)[number];

/** 疑似同一项目的理由。 */
export const SUGGESTION_TITLES: Record<SuggestionCode, string> = {
  SEVERAL_FIT: '未载明采购人，同名项目不止一个',
  SAME_CODE_BUYER_ABBREVIATED: '编号相同，采购人疑为简称',
  SAME_CODE_PARTY_UNKNOWN: '编号相同，一份未载明采购人',
  SAME_NAME_BUYER_ABBREVIATED: '名称相同，采购人疑为简称',
  SAME_NAME_PARTY_UNKNOWN: '名称相同，一份未载明采购人',
  SAME_NAME_DEARER: '名称相同，但成交金额高于预算',
  SIMILAR_NAME: '采购人相同，名称相近',
};

/** A link that was not drawn and that a person should look at: told by the project that holds `own`. */
export interface LinkSuggestion {
  /** A notice of this project, and one of the other. */
  own: string;
  other: string;
  code: SuggestionCode;
  /** In words for the reader, with the values compared. */
  reason: string;
  /** 0–1, below every link that is drawn. */
  confidence: number;
}
