import { STATUTE_BOOK } from '../rules/rule.ts';
import { contractsLikeAwards } from './contract-parties.ts';
import { always } from './scopes.ts';
import type { Statute } from './statute.ts';

/** 合同与成交结果一致. */
export const gpContractMatch: Statute = {
  id: 'GP-CONTRACT-MATCH',
  version: '1',
  title: '合同当事人、价款与成交（中标）结果一致',
  basis: [{ text: '《中华人民共和国政府采购法》第四十六条第一款', checked: true, readIn: STATUTE_BOOK }],
  track: 'procurement',
  methods: '各种政府采购方式',
  category: '货物、工程、服务',
  amountLines: [],
  region: null,
  validity: { from: '2003-01-01', to: null },
  kind: 'logic',
  period: null,
  start: null,
  end: null,
  counting: '按公告所载姓名（名称）与金额比对，不数日子',
  severity: 'major',
  demand: '依据《政府采购法》第四十六条，应当按照采购文件确定的事项签订政府采购合同',
  scope: always,
  look: contractsLikeAwards,
};
