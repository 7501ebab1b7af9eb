import { STATUTE_BOOK } from '../rules/rule.ts';
import { awardsWithinCeiling } from './ceilings.ts';
import { always } from './scopes.ts';
import type { Statute } from './statute.ts';

/** 成交金额不超过预算或最高限价. */
export const gpCeiling: Statute = {
  id: 'GP-CEILING',
  version: '1',
  title: '成交（中标）金额不得超过采购预算或最高限价',
  basis: [
    {
      text: '货物、服务招标：《政府采购货物和服务招标投标管理办法》（财政部令第87号）第六十三条第四项',
      checked: false,
    },
    { text: '工程招标：《中华人民共和国招标投标法实施条例》第五十一条第五项', checked: true, readIn: STATUTE_BOOK },
    {
      text: '谈判、单一来源、询价：《政府采购非招标采购方式管理办法》（财政部令第74号）第三十七条、第四十三条、第五十四条',
      checked: false,
    },
    { text: '磋商：财库〔2014〕214号第三十四条', checked: false },
  ],
  track: 'procurement',
  methods: '各种政府采购方式',
  category: '货物、工程、服务',
  amountLines: [],
  region: null,
  validity: { from: '2017-10-01', to: null },
  kind: 'logic',
  period: null,
  start: null,
  end: null,
  counting: '按公告所载姓名（名称）与金额比对，不数日子',
  severity: 'major',
  demand: '报价超过采购文件规定的预算金额或者最高限价的，不得中标、成交（依据按采购方式不同，见规则；部分条文未核对）',
  scope: always,
  look: awardsWithinCeiling,
};
