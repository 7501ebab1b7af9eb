import { STATUTE_BOOK } from '../rules/rule.ts';
import { documentsPeriod } from './looking.ts';
import { byMethod, unlessTenderedWorks } from './scopes.ts';
import { WORKDAY_COUNTING } from './statute.ts';
import type { Statute } from './statute.ts';

/** 招标文件提供期限不少于 5 个工作日. */
export const gpDoc5wd: Statute = {
  id: 'GP-DOC-5WD',
  version: '3',
  title: '政府采购招标文件提供期限不少于5个工作日',
  basis: [
    { text: '《中华人民共和国政府采购法实施条例》第三十一条第一款', checked: true, readIn: STATUTE_BOOK },
    { text: '《政府采购货物和服务招标投标管理办法》（财政部令第87号）第十八条', checked: true },
  ],
  track: 'procurement',
  methods: '公开招标',
  category: '货物、服务',
  amountLines: [],
  region: null,
  validity: { from: '2015-03-01', to: null },
  kind: 'min',
  period: { length: 5, unit: 'workday' },
  start: '招标文件开始提供',
  end: '停止提供',
  counting: `${WORKDAY_COUNTING}；连同首尾两日恰满5个工作日的，计法有争议，不下结论`,
  firstDayDisputed: true,
  severity: 'minor',
  demand: '依据《政府采购法实施条例》第三十一条，招标文件的提供期限自开始发出之日起不得少于5个工作日',
  scope: unlessTenderedWorks(byMethod('open_tender')),
  look: documentsPeriod,
};
