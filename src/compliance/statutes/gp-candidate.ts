import type { ProjectLife } from '../../model/life.ts';
import type { Policy } from '../../model/policy.ts';
import { notApplicable, STATUTE_BOOK } from '../rules/rule.ts';
import type { ScopeAnswer } from '../rules/rule.ts';
import { scopeOf } from '../scope.ts';
import { rankedWinners } from './candidate-lists.ts';
import { always, unlessTenderedWorks } from './scopes.ts';
import type { Statute } from './statute.ts';

/** 采购人在评审报告推荐的候选人中按顺序确定中标、成交供应商. */
export const gpCandidate: Statute = {
  id: 'GP-CANDIDATE',
  version: '1',
  title: '政府采购应在推荐的中标、成交候选人中按顺序确定供应商',
  basis: [{ text: '《中华人民共和国政府采购法实施条例》第四十三条第一款', checked: true, readIn: STATUTE_BOOK }],
  track: 'procurement',
  methods: '各种政府采购方式（公示了候选人的）',
  category: '货物、服务，以及招标以外方式采购的工程（KY-GP-3D 核查的除外）',
  amountLines: [],
  region: null,
  validity: { from: '2015-03-01', to: null },
  kind: 'logic',
  period: null,
  start: null,
  end: null,
  counting: '按公告所载名称与排序比对，不数日子',
  severity: 'critical',
  demand:
    '依据《政府采购法实施条例》第四十三条，采购人应当在评审报告推荐的中标或者成交候选人中按顺序确定中标或者成交供应商',
  scope: outsideLocalRule,
  look: rankedWinners,
};

/** Whoever is judged by a publicity rule has winner and list compared there. */
function outsideLocalRule(life: ProjectLife, policy: Policy): ScopeAnswer {
  const { rule, answer } = scopeOf(life.project, life.project.on, policy);
  if (rule !== null && answer.applies) return notApplicable(`由 ${rule.id} 一并核查`);
  return unlessTenderedWorks(always)(life);
}
