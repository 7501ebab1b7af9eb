import { STATUTE_BOOK } from '../rules/rule.ts';
import { biddingPeriod } from './looking.ts';
import { mustBeTendered, TENDER_LINES } from './scopes.ts';
import { MIN_COUNTING } from './statute.ts';
import type { Statute } from './statute.ts';

/** 依法必须招标项目：投标准备期不少于 20 日. */
export const tbBid20d: Statute = {
  id: 'TB-BID-20D',
  version: '2',
  title: '依法必须招标项目自招标文件开始发出至提交投标文件截止不少于20日',
  basis: [{ text: '《中华人民共和国招标投标法》第二十四条', checked: true, readIn: STATUTE_BOOK }],
  track: 'construction',
  methods: '公开招标、邀请招标',
  category: '工程及与工程建设有关的货物、服务',
  amountLines: TENDER_LINES,
  region: null,
  validity: { from: '2000-01-01', to: null },
  kind: 'min',
  period: { length: 20, unit: 'calendar' },
  start: '招标文件开始发出',
  end: '投标文件提交截止',
  counting: MIN_COUNTING,
  severity: 'major',
  demand: '依据《招标投标法》第二十四条，自招标文件开始发出之日起至投标人提交投标文件截止之日止，最短不得少于20日',
  scope: mustBeTendered,
  look: biddingPeriod,
};
