import { STATUTE_BOOK } from '../rules/rule.ts';
import { contractsLikeAwards } from './contract-parties.ts';
import { always } from './scopes.ts';
import type { Statute } from './statute.ts';

/** 合同与中标结果一致. */
export const tbContractMatch: Statute = {
  id: 'TB-CONTRACT-MATCH',
  version: '1',
  title: '合同当事人、价款与中标结果一致',
  basis: [
    { text: '《中华人民共和国招标投标法》第四十六条第一款', checked: true, readIn: STATUTE_BOOK },
    { text: '《中华人民共和国招标投标法实施条例》第五十七条第一款', checked: true, readIn: STATUTE_BOOK },
  ],
  track: 'construction',
  methods: '公开招标、邀请招标',
  category: '工程及与工程建设有关的货物、服务',
  amountLines: [],
  region: null,
  validity: { from: '2000-01-01', to: null },
  kind: 'logic',
  period: null,
  start: null,
  end: null,
  counting: '按公告所载姓名（名称）与金额比对，不数日子',
  severity: 'major',
  demand: '依据《招标投标法》第四十六条，应当按照招标文件和中标人的投标文件订立合同',
  scope: always,
  look: contractsLikeAwards,
};
