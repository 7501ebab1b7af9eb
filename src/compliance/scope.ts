import type { LocalDay } from '../model/day.ts';
import { plainDay } from '../model/day-words.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { Policy } from '../model/policy.ts';
import { mustTenderLine } from './must-tender.ts';
import { gpSs5wd } from './rules/gp-ss-5wd.ts';
import { kyGp3d, KY_LIMIT } from './rules/ky-gp-3d.ts';
import type { Rule, ScopeAnswer } from './rules/rule.ts';
import { APPLIES, notApplicable } from './rules/rule.ts';
import { tbCand3d } from './rules/tb-cand-3d.ts';

/** Which rule's scope was tested (null = none touches the project), and the answer. */
interface Scope {
  rule: Rule | null;
  answer: ScopeAnswer;
}

/** Scope comes first, on the day the project is judged by: before any notice is looked at. */
export function scopeOf(project: ProjectFacts['project'], on: LocalDay, policy: Policy): Scope {
  const rule = testedRule(project, on);
  if (rule === null) return { rule, answer: notApplicable(whyNoRule(project)) };
  if (rule.id !== 'KY-REVIEW-3D' && !policy.enabled[rule.id]) {
    return { rule, answer: notApplicable(`规则 ${rule.id} 已在配置中停用`) };
  }
  // The local rule's own days stand in the configuration and are asked there, in its order.
  if (rule !== kyGp3d && on < rule.validity.from) {
    return { rule, answer: notApplicable(`项目日期${plainDay(on)}早于该规定施行之日${plainDay(rule.validity.from)}`) };
  }
  if (rule === tbCand3d && project.regime === 'gov_procurement') return { rule, answer: APPLIES };
  return { rule, answer: rule.scope(project, on, policy) };
}

function testedRule(project: ProjectFacts['project'], on: LocalDay): Rule | null {
  if (project.regime === 'construction_tender') return tbCand3d;
  if (project.regime !== 'gov_procurement') return null;
  if (project.method === 'single_source') return gpSs5wd;
  if (!mayBeLocalWorks(project)) return null;
  return isTenderedWorks(project, on) ? tbCand3d : kyGp3d;
}

/** Municipal works bought in Kaiyuan; what is not stated is not ruled out. */
function mayBeLocalWorks(project: ProjectFacts['project']): boolean {
  const { category, subtype, city } = project;
  return (
    (category === 'works' || category === null || category === '') &&
    (subtype === 'municipal' || subtype === null || subtype === undefined) &&
    (city === kyGp3d.region || city === null || city === undefined || city === '')
  );
}

/** Municipal works at or above the must-tender line that were tendered. Procurement money is public money: no question of funding. */
function isTenderedWorks(project: ProjectFacts['project'], on: LocalDay): boolean {
  return (
    (project.method === 'open_tender' || project.method === 'invited_tender') &&
    project.category === 'works' &&
    project.subtype === 'municipal' &&
    project.city === kyGp3d.region &&
    (project.budget ?? 0) > KY_LIMIT &&
    (project.budget ?? 0) >= mustTenderLine(on).works
  );
}

function whyNoRule(project: ProjectFacts['project']): string {
  switch (project.regime) {
    case 'gov_procurement':
      return '国家政府采购制度未规定候选人公示，本项目也不在本地三日公示规则的范围内';
    case 'land':
      return '土地使用权出让没有候选人公示期的规定';
    case 'state_asset':
      return '国有产权与竞价交易没有候选人公示期的规定';
    default:
      return '所属交易类别没有候选人公示期的规定';
  }
}
