import type { ProjectLife } from '../../model/life.ts';
import type { Method } from '../../model/notice.ts';
import type { Policy } from '../../model/policy.ts';
import { APPLIES, notApplicable, unknownScope } from '../rules/rule.ts';
import type { ScopeAnswer } from '../rules/rule.ts';
import { tbCand3d } from '../rules/tb-cand-3d.ts';

/** The amounts that make a tender a duty, as TB-CAND-3D prints them. */
export const TENDER_LINES = tbCand3d.amountLines;

export const always = (): ScopeAnswer => APPLIES;

/** 依法必须招标的项目. */
export function mustBeTendered(life: ProjectLife, policy: Policy): ScopeAnswer {
  return tbCand3d.scope(life.project, life.project.on, policy);
}

/** Tenders whose winner TB-CAND-3D does not look at already. */
export function outsideMustTender(life: ProjectLife, policy: Policy): ScopeAnswer {
  return mustBeTendered(life, policy).applies ? notApplicable('由 TB-CAND-3D 一并核查') : APPLIES;
}

export function byMethod(...methods: Method[]): (life: ProjectLife) => ScopeAnswer {
  return ({ project }) => {
    if (project.method === null) return unknownScope('公告未载明采购方式', '补充采购方式');
    return methods.some((method) => method === project.method) ? APPLIES : notApplicable('采购方式不同');
  };
}

/**
 * Works that are tendered follow 招标投标法 in their bidding, also when they are bought by procurement (政府采购法 art. 4,
 * 实施条例 art. 7); by any other method they follow the procurement law.
 */
export function isTenderedWorks({ project }: ProjectLife): boolean {
  return project.category === 'works' && (project.method === 'open_tender' || project.method === 'invited_tender');
}

/** 勘察、设计、监理 are named by 实施条例 art. 7(2); whether these are for a building, a title alone does not say. */
function mayServeWorks({ project, events }: ProjectLife): boolean {
  const tendered = project.method === 'open_tender' || project.method === 'invited_tender';
  return tendered && project.category === 'services' && events.some(({ title }) => /勘察|勘测|设计|监理/.test(title));
}

/** The scope of a duty of the procurement law's own bidding procedure. */
export function unlessTenderedWorks(scope: (life: ProjectLife) => ScopeAnswer): (life: ProjectLife) => ScopeAnswer {
  return (life) => {
    if (isTenderedWorks(life)) {
      return notApplicable('采用招标方式的政府采购工程适用招标投标法（政府采购法实施条例第七条）');
    }
    const answer = scope(life);
    return answer.applies && mayServeWorks(life)
      ? unknownScope(
          '与工程建设有关的勘察、设计、监理采用招标方式的适用招标投标法（政府采购法实施条例第七条）',
          '核实是否为完成建设工程所需',
        )
      : answer;
  };
}

/** Below the provincial limit nothing need stand on the national media; at the open-tender line it must, wherever that limit lies. */
export function aboveOpenTender({ project }: ProjectLife): ScopeAnswer {
  if (project.aboveOpenTenderThreshold === true) return APPLIES;
  if (project.aboveOpenTenderThreshold === false) return notApplicable('未达到公开招标数额标准');
  return unknownScope('无法判断采购金额是否达到公开招标数额标准', '补充采购预算');
}

/** 招标、拍卖、挂牌; land by agreement or allocation is not bid for. */
export function landForBids({ project }: ProjectLife): ScopeAnswer {
  return project.method === 'agreement' || project.method === 'allocation'
    ? notApplicable('协议出让、划拨不经招标拍卖挂牌')
    : APPLIES;
}
