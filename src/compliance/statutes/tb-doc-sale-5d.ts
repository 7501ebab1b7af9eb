import { STATUTE_BOOK } from '../rules/rule.ts';
import { documentsPeriod } from './looking.ts';
import { mustBeTendered, TENDER_LINES } from './scopes.ts';
import { MIN_COUNTING } from './statute.ts';
import type { Statute } from './statute.ts';

/** 招标文件发售期不少于 5 日. */
export const tbDocSale5d: Statute = {
  id: 'TB-DOC-SALE-5D',
  version: '2',
  title: '招标文件发售期不少于5日',
  basis: [{ text: '《中华人民共和国招标投标法实施条例》第十六条第一款', checked: true, readIn: STATUTE_BOOK }],
  track: 'construction',
  methods: '公开招标、邀请招标',
  category: '工程及与工程建设有关的货物、服务',
  amountLines: TENDER_LINES,
  region: null,
  validity: { from: '2012-02-01', to: null },
  kind: 'min',
  period: { length: 5, unit: 'calendar' },
  start: '招标文件开始发售',
  end: '停止发售',
  counting: `${MIN_COUNTING}；连同首尾两日恰满5日的，计法有争议，不下结论`,
  firstDayDisputed: true,
  severity: 'minor',
  demand: '依据《招标投标法实施条例》第十六条，招标文件的发售期不得少于5日',
  scope: mustBeTendered,
  look: documentsPeriod,
};
