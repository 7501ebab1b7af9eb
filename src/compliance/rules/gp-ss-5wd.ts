import {
  APPLIES,
  notApplicable,
  PUBLICITY_GRADES,
  RESULT_KINDS,
  STATUTE_BOOK,
  unknownScope,
  WORKDAY_PUBLICITY_COUNTING,
} from './rule.ts';
import type { Rule } from './rule.ts';

/** 单一来源采购：公示不少于 5 个工作日. */
export const gpSs5wd: Rule = {
  id: 'GP-SS-5WD',
  version: '3',
  title: '单一来源采购公示不少于5个工作日',
  basis: [
    { text: '《中华人民共和国政府采购法实施条例》第三十八条', checked: true, readIn: STATUTE_BOOK },
    { text: '《政府采购非招标采购方式管理办法》（财政部令第74号）第三十八条', checked: true },
  ],
  track: 'procurement',
  methods: '单一来源采购',
  category: '货物、工程、服务',
  amountLines: [{ from: '2014-02-01', to: null, text: '达到公开招标数额标准（含本数）' }],
  region: null,
  validity: { from: '2014-02-01', to: null },
  period: { length: 5, unit: 'workday' },
  counting: WORKDAY_PUBLICITY_COUNTING,
  severity: 'critical',
  grades: PUBLICITY_GRADES,
  startKinds: ['single_source'],
  endKinds: RESULT_KINDS,
  words: {
    publicity: '单一来源采购公示',
    awardLetter: '成交通知书',
    demand: '依据《政府采购法实施条例》第三十八条，单一来源采购公示期不得少于5个工作日',
  },

  scope(project) {
    if (project.aboveOpenTenderThreshold === true) return APPLIES;
    if (project.aboveOpenTenderThreshold === false) {
      return notApplicable('采购金额未达到公开招标数额标准，法定的单一来源公示要求不适用');
    }
    return unknownScope('无法判断采购金额是否达到公开招标数额标准', '补充采购预算及当年的公开招标数额标准');
  },
};
