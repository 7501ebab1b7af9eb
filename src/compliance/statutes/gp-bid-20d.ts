import { STATUTE_BOOK } from '../rules/rule.ts';
import { biddingPeriod } from './looking.ts';
import { byMethod, unlessTenderedWorks } from './scopes.ts';
import { MIN_COUNTING } from './statute.ts';
import type { Statute } from './statute.ts';

/** 政府采购招标：投标准备期不少于 20 日. */
export const gpBid20d: Statute = {
  id: 'GP-BID-20D',
  version: '3',
  title: '政府采购招标自招标文件开始发出至提交投标文件截止不少于20日',
  basis: [{ text: '《中华人民共和国政府采购法》第三十五条', checked: true, readIn: STATUTE_BOOK }],
  track: 'procurement',
  methods: '公开招标、邀请招标',
  category: '货物、服务',
  amountLines: [],
  region: null,
  validity: { from: '2003-01-01', to: null },
  kind: 'min',
  period: { length: 20, unit: 'calendar' },
  start: '招标文件开始发出',
  end: '投标文件提交截止',
  counting: MIN_COUNTING,
  severity: 'major',
  demand: '依据《政府采购法》第三十五条，自招标文件开始发出之日起至投标人提交投标文件截止之日止，不得少于20日',
  scope: unlessTenderedWorks(byMethod('open_tender', 'invited_tender')),
  look: biddingPeriod,
};
