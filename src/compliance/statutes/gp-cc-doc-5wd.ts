import { reprintOn } from '../rules/rule.ts';
import { documentsPeriod } from './looking.ts';
import { byMethod } from './scopes.ts';
import { WORKDAY_COUNTING } from './statute.ts';
import type { Statute } from './statute.ts';

/** 磋商文件的发售期限不少于 5 个工作日. */
export const gpCcDoc5wd: Statute = {
  id: 'GP-CC-DOC-5WD',
  version: '1',
  title: '竞争性磋商文件的发售期限不少于5个工作日',
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
  period: { length: 5, unit: 'workday' },
  start: '磋商文件开始发售',
  end: '停止发售',
  counting: `${WORKDAY_COUNTING}；连同首尾两日恰满5个工作日的，计法有争议，不下结论`,
  firstDayDisputed: true,
  severity: 'minor',
  demand: '依据财库〔2014〕214号第十条，磋商文件的发售期限自开始之日起不得少于5个工作日',
  scope: byMethod('competitive_consultation'),
  look: documentsPeriod,
};
