import { biddingPeriod } from './looking.ts';
import { byMethod } from './scopes.ts';
import { WORKDAY_COUNTING } from './statute.ts';
import type { Statute } from './statute.ts';

/** 竞争性谈判：准备响应文件的期限. */
export const gpCn3wd: Statute = {
  id: 'GP-CN-3WD',
  version: '2',
  title: '竞争性谈判自文件发出至提交响应文件截止不少于3个工作日',
  basis: [{ text: '《政府采购非招标采购方式管理办法》（财政部令第74号）第二十九条', checked: true }],
  track: 'procurement',
  methods: '竞争性谈判',
  category: '货物、工程、服务',
  amountLines: [],
  region: null,
  validity: { from: '2014-02-01', to: null },
  kind: 'min',
  period: { length: 3, unit: 'workday' },
  start: '采购文件开始发出',
  end: '响应文件提交截止',
  counting: WORKDAY_COUNTING,
  severity: 'major',
  demand: '依据财政部令第74号第二十九条，从谈判文件发出之日起至供应商提交首次响应文件截止之日止不得少于3个工作日',
  scope: byMethod('competitive_negotiation'),
  look: biddingPeriod,
};
