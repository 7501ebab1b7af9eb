import { mustTenderLine, MUST_TENDER_LINES } from '../must-tender.ts';
import {
  APPLIES,
  CALENDAR_COUNTING,
  notApplicable,
  PUBLICITY_GRADES,
  RESULT_KINDS,
  STATUTE_BOOK,
  unknownScope,
  yuan,
} from './rule.ts';
import type { Rule } from './rule.ts';

/** 依法必须招标项目：中标候选人公示不少于 3 日. */
export const tbCand3d: Rule = {
  id: 'TB-CAND-3D',
  version: '3',
  title: '依法必须招标项目中标候选人公示不少于3日',
  basis: [{ text: '《中华人民共和国招标投标法实施条例》第五十四条第一款', checked: true, readIn: STATUTE_BOOK }],
  track: 'construction',
  methods: '公开招标、邀请招标',
  category: '工程及与工程建设有关的货物、服务',
  amountLines: MUST_TENDER_LINES.map((line) => ({
    from: line.from,
    to: line.to,
    text: `工程${yuan(line.works)}、货物${yuan(line.goods)}、服务${yuan(line.services)}以上（含本数），${line.basis}`,
  })),
  region: null,
  validity: { from: '2012-02-01', to: null },
  period: { length: 3, unit: 'calendar' },
  counting: CALENDAR_COUNTING,
  severity: 'critical',
  grades: PUBLICITY_GRADES,
  startKinds: ['candidate'],
  endKinds: RESULT_KINDS,
  words: {
    publicity: '中标候选人公示',
    awardLetter: '中标通知书',
    demand: '依据《招标投标法实施条例》第五十四条，中标候选人公示期不得少于3日',
  },

  scope(project, on) {
    const amount = project.estimate;
    if (amount === null || amount === undefined) {
      return unknownScope('公告未载明合同估算价，无法判断是否属于依法必须招标的项目', '补充合同估算价');
    }
    const line = mustTenderLine(on);
    const lines = { works: line.works, goods: line.goods, services: line.services };
    const named = { works: '工程', goods: '货物', services: '服务' };
    const category = project.category;
    if (category === 'works' || category === 'goods' || category === 'services') {
      if (amount < lines[category]) {
        return notApplicable(
          `合同估算价${yuan(amount)}，低于当时${named[category]}必须招标的${yuan(lines[category])}标准`,
        );
      }
    } else if (amount < lines.services) {
      return notApplicable(`合同估算价${yuan(amount)}，低于当时各类必须招标标准中最低的${yuan(lines.services)}`);
    } else if (amount < lines.works) {
      return unknownScope(
        `合同估算价${yuan(amount)}，但公告未载明属工程、货物还是服务，适用的必须招标标准不明`,
        '补充项目类别',
      );
    }
    // A private project below the public interest is free to choose (招标投标法 art. 3); the amount alone proves nothing.
    if (project.stateFunded !== true) {
      return unknownScope(
        `合同估算价${yuan(amount)}达到必须招标标准，但国有资金来源尚未确认，无法判断是否依法必须招标`,
        '核实资金来源',
      );
    }
    return APPLIES;
  },
};
