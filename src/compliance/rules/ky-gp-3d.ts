import { mustTenderLine } from '../must-tender.ts';
import {
  APPLIES,
  CALENDAR_COUNTING,
  notApplicable,
  PUBLICITY_GRADES,
  RESULT_KINDS,
  unknownScope,
  yuan,
} from './rule.ts';
import type { Rule } from './rule.ts';

/** The city report of 2016 speaks of municipal works 100万元以下; 以下 includes the figure itself (民法典 art. 1259). */
export const KY_LIMIT = 1_000_000;

/** 开远市市政工程政府采购：成交候选供应商公示不少于 3 日（本地做法，市政府信息公开 2016 年度报告）. */
export const kyGp3d: Rule = {
  id: 'KY-GP-3D',
  version: '3',
  title: '开远市100万元以下市政工程政府采购成交候选供应商公示不少于3日',
  basis: [{ text: '开远市人民政府2016年政府信息公开工作报告所载本地做法', checked: true }],
  track: 'procurement',
  methods: '单一来源以外的政府采购方式',
  category: '工程（市政）',
  amountLines: [{ from: '2016-01-01', to: null, text: `采购预算${yuan(KY_LIMIT)}以下（含本数）` }],
  region: '532502',
  validity: { from: '2016-01-01', to: null },
  period: { length: 3, unit: 'calendar' },
  counting: CALENDAR_COUNTING,
  severity: 'critical',
  grades: PUBLICITY_GRADES,
  startKinds: ['candidate'],
  endKinds: RESULT_KINDS,
  words: {
    publicity: '成交候选供应商公示',
    awardLetter: '成交通知书',
    demand: '按开远市公布的做法，成交候选供应商须公示满3日，方可发出成交通知书',
  },

  /** The order of the questions is part of the rule: date, what is missing, the upper limit, how far it is confirmed, the method. */
  scope(project, on, policy) {
    const { from, to, verifiedTo } = policy.localRule;
    if (on < from) return notApplicable(`项目日期${on}早于本地规则起始日${from}`);
    if (to !== null && on > to) return notApplicable(`项目日期${on}晚于本地规则终止日${to}`);

    const missing = [
      ...(project.budget === null || project.budget === undefined ? ['采购预算'] : []),
      ...(project.category === null || project.category === '' ? ['项目类别'] : []),
      ...(project.subtype === null || project.subtype === undefined ? ['是否市政工程'] : []),
      ...(project.city === null || project.city === undefined || project.city === '' ? ['采购人所属地区'] : []),
    ];
    if (missing.length > 0) {
      return unknownScope(
        `公告未载明${missing.join('、')}，无法判断是否属于${yuan(KY_LIMIT)}以下市政工程`,
        `补充${missing.join('、')}`,
      );
    }

    const budget = project.budget ?? 0;
    if (budget > KY_LIMIT) return aboveLimit(budget, on);
    if (verifiedTo !== null && on > verifiedTo) {
      return {
        applies: false,
        code: 'LOCAL_RULE_VALIDITY_UNKNOWN',
        because: `本地规则仅确认执行至${verifiedTo}，项目日期为${on}`,
        settledBy: '确认该规则在项目日期是否仍在执行，并更新配置中的 verifiedTo',
      };
    }
    // Asked last: the rules text lists what must be known, and of the method only that it is no single source.
    if (project.method === null || project.method === '') {
      return unknownScope('公告未载明采购方式，不能排除单一来源采购', '补充采购方式');
    }
    return APPLIES;
  },
};

/**
 * Above the local limit. At or above the must-tender line only works that were not tendered arrive here:
 * the tendered ones are judged by TB-CAND-3D (see scope.ts).
 */
function aboveLimit(budget: number, on: string): ReturnType<Rule['scope']> {
  const line = mustTenderLine(on);
  if (budget >= line.works) {
    return unknownScope(
      `采购预算${yuan(budget)}达到工程必须招标的${yuan(line.works)}标准，但未按招标方式采购，适用何种公示要求不明`,
      '核实未招标的理由与审批文件',
    );
  }
  if (line.to !== null) {
    // Before 2018-06-01 provinces could set lower lines, and the report does not say how these works were bought.
    return unknownScope(
      `采购预算${yuan(budget)}超过${yuan(KY_LIMIT)}且低于当时国家必须招标标准，本地当时的采购方式无资料可据`,
      '查明当时云南省的招标限额与本地做法',
    );
  }
  return notApplicable(
    `采购预算${yuan(budget)}超过本地规则的${yuan(KY_LIMIT)}上限，且低于必须招标的${yuan(line.works)}标准`,
  );
}
