import { reprintOn } from '../rules/rule.ts';
import { biddingPeriod } from './looking.ts';
import { byMethod } from './scopes.ts';
import { MIN_COUNTING } from './statute.ts';
import type { Statute } from './statute.ts';

/** 竞争性磋商：准备响应文件的期限. */
export const gpCc10d: Statute = {
  id: 'GP-CC-10D',
  version: '2',
  title: '竞争性磋商自文件发出至提交响应文件截止不少于10日',
  basis: [
    {
      text: '《政府采购竞争性磋商采购方式管理暂行办法》（财库〔2014〕214号）第十条',
      checked: true,
      readIn: reprintOn('zgxue.com'),
    },
  ],
  track: 'procurement',
  methods: '竞争性磋商',
  category: '货物、工程、服务',
  amountLines: [],
  region: null,
  validity: { from: '2014-12-31', to: null },
  kind: 'min',
  period: { length: 10, unit: 'calendar' },
  start: '采购文件开始发出',
  end: '响应文件提交截止',
  counting: MIN_COUNTING,
  severity: 'major',
  demand: '依据财库〔2014〕214号第十条，从磋商文件发出之日起至供应商提交首次响应文件截止之日止不得少于10日',
  scope: byMethod('competitive_consultation'),
  look: biddingPeriod,
};
