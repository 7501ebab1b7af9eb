import { STATUTE_BOOK } from '../rules/rule.ts';
import { awardsWithinCeiling } from './ceilings.ts';
import { always } from './scopes.ts';
import type { Statute } from './statute.ts';

/** 中标价不高于最高投标限价. */
export const tbCeiling: Statute = {
  id: 'TB-CEILING',
  version: '1',
  title: '中标价不得高于最高投标限价',
  basis: [{ text: '《中华人民共和国招标投标法实施条例》第五十一条第五项', checked: true, readIn: STATUTE_BOOK }],
  track: 'construction',
  methods: '公开招标、邀请招标',
  category: '工程及与工程建设有关的货物、服务',
  amountLines: [],
  region: null,
  validity: { from: '2012-02-01', to: null },
  kind: 'logic',
  period: null,
  start: null,
  end: null,
  counting: '按公告所载姓名（名称）与金额比对，不数日子',
  severity: 'major',
  demand: '依据《招标投标法实施条例》第五十一条，投标报价高于招标文件设定的最高投标限价的，应当否决其投标',
  scope: always,
  look: awardsWithinCeiling,
};
