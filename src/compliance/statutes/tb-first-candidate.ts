import { STATUTE_BOOK } from '../rules/rule.ts';
import { winnersAmongCandidates } from './candidate-lists.ts';
import { outsideMustTender } from './scopes.ts';
import type { Statute } from './statute.ts';

/** 中标人须为推荐的候选人. */
export const tbFirstCandidate: Statute = {
  id: 'TB-FIRST-CANDIDATE',
  version: '1',
  title: '中标人应在推荐的中标候选人之中',
  basis: [{ text: '《中华人民共和国招标投标法》第四十条第二款、第五十七条', checked: true, readIn: STATUTE_BOOK }],
  track: 'construction',
  methods: '公开招标、邀请招标',
  category: '依法必须招标范围以外的招标项目（范围以内的由 TB-CAND-3D 一并核查）',
  amountLines: [],
  region: null,
  validity: { from: '2012-02-01', to: null },
  kind: 'logic',
  period: null,
  start: null,
  end: null,
  counting: '按公告所载姓名（名称）与金额比对，不数日子',
  severity: 'critical',
  demand: '依据《招标投标法》第四十条、第五十七条，应当从评标委员会推荐的中标候选人中确定中标人',
  scope: outsideMustTender,
  look: winnersAmongCandidates,
};
