import type { WorldNotice } from './model.ts';
import { chineseNumber } from './wording.ts';

/** 第一包、第二包 · 一标段、二标段 */
export function lotName(notice: Pick<WorldNotice, 'project'>, id: string): string {
  const n = chineseNumber(Number(id));
  return notice.project.habits.lotWord === '包' ? `第${n}包` : `${n}标段`;
}

/** Mark of a later round as it stands behind the name. */
const roundMark = (round: number): string =>
  round === 1 ? '' : round === 2 ? '（二次）' : `（第${chineseNumber(round)}次）`;

/** Project name with the round's mark, as this notice prints it. */
export const nameOf = (notice: WorldNotice): string => notice.name + roundMark(notice.round);

/** Lots in the title where the notice speaks of some of them only. */
function lotMark(notice: WorldNotice): string {
  const all = notice.project.lots.length;
  if (all === 0 || notice.lots.length === 0 || notice.lots.length === all) return '';
  return `（${notice.lots.map((id) => lotName(notice, id)).join('、')}）`;
}

/** The title a notice bears, before a site cuts or decorates it. */
export function titleOf(notice: WorldNotice): string {
  const { project, body } = notice;
  const works = project.family === 'construction';
  const head = nameOf(notice) + lotMark(notice);
  const tender = project.method === '公开招标';
  switch (body.form) {
    case 'plan':
      return `${head}招标计划`;
    case 'tender':
      return `${head}${works ? '招标公告' : `${project.method}公告`}`;
    case 'candidate':
      return `${head}${works ? '中标候选人公示' : '成交候选供应商公示'}`;
    case 'result':
      return `${head}${tender ? '中标' : '成交'}结果公告`;
    case 'award_letter':
      return `${head}${tender ? '中标' : '成交'}通知书`;
    case 'contract':
      return works ? `${head}合同公示` : `${head}合同公告`;
    case 'correction':
      return body.subject === '招标公告'
        ? `${head}招标变更公告`
        : body.subject === '候选人公示'
          ? `${head}${works ? '中标候选人公示' : '成交候选供应商公示'}更正公告`
          : `${head}${body.subject === '采购结果' ? `${tender ? '中标' : '成交'}结果` : ''}更正公告`;
    case 'failed':
      return works ? `${head}招标失败公告` : `${head}废标公告`;
    case 'terminated':
      return `${head}终止公告`;
    case 'single_source':
      return `${head}单一来源采购公示`;
    case 'land_offer':
      return `${project.county.name}国有建设用地使用权挂牌出让公告（${body.number}）`;
    case 'land_supplement':
      return `${project.county.name}国有建设用地使用权挂牌出让补充公告（${body.number}）`;
    case 'land_deal':
      return `${project.county.name}国有建设用地使用权挂牌出让成交公示（${body.number}）`;
    case 'land_supply':
      return `${project.county.name}${body.parcel.code}宗地供地结果`;
    case 'asset_listing':
      return `${head}${notice.round > 1 ? '重新' : ''}竞价公告`;
    case 'asset_result':
      return `${head}竞价结果公告`;
  }
}
