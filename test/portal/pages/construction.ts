import type { Body, Page, WorldNotice, WorldProject } from '../model.ts';
import { lotName, nameOf } from '../titles.ts';
import { amountCell, printAmount, printDay, printMoment } from '../wording.ts';
import { field, form, heading, line, signature, table } from './document.ts';
import type { Block } from './document.ts';
import { codeOn } from './procurement.ts';

/** Construction tenders: the texts of the standard tender documents and the trading centre's tables. */
type BodyOf<F extends Body['form']> = Extract<Body, { form: F }>;

const money = (project: WorldProject, amount: number): string => printAmount(amount, project.habits.unit);

function contacts(notice: WorldNotice, ...[supervision, contact]: [string, string]): Block[] {
  const { purchaser, agency, county } = notice.project;
  return [
    heading(`${supervision}、监督部门`),
    line(`本招标项目的监督部门为${county.name}住房和城乡建设局。`),
    heading(`${contact}、联系方式`),
    field('招 标 人', purchaser.name),
    field('地 址', purchaser.address),
    field('联 系 人', purchaser.contact),
    field('电 话', purchaser.phone),
    field('招标代理机构', agency?.name ?? '/'),
    field('地 址', agency?.address ?? '/'),
    field('联 系 人', agency?.contact ?? '/'),
    field('电 话', agency?.phone ?? '/'),
  ];
}

function plan(notice: WorldNotice, body: BodyOf<'plan'>): Block[] {
  const { project } = notice;
  const [year = '', month = ''] = body.expected.split('-');
  return [
    table([
      ['序号', '项目名称', '招标人', '项目概况', '招标方式', '投资额或合同估算价', '资金来源', '预计招标时间'],
      [
        '1',
        notice.name,
        project.purchaser.name,
        project.need,
        project.method,
        project.budget === null ? '/' : money(project, project.budget),
        project.funding,
        `${year}年${Number(month)}月`,
      ],
    ]),
    line('注：招标计划中所列信息均为暂定，最终以实际发布的招标公告和招标文件为准。'),
  ];
}

function tender(page: Page, body: BodyOf<'tender'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  const { dates } = project.habits;
  const opening = printMoment(body.opening, dates);
  return [
    field('招标项目编号', codeOn(page)),
    heading('一、招标条件'),
    line(
      `本招标项目${nameOf(notice)}已由${project.county.name}发展和改革局批准建设，招标人为${project.purchaser.name}，建设资金来自${project.funding}，项目已具备招标条件，现对该项目进行公开招标。`,
    ),
    heading('二、项目概况与招标范围'),
    field('项目名称', nameOf(notice)),
    field('建设地点', project.county.name),
    field('项目类别', project.category),
    ...(project.budget === null ? [] : [field('合同估算价', money(project, project.budget))]),
    ...(project.ceiling === null ? [] : [field('最高投标限价', money(project, project.ceiling))]),
    field('资金来源', project.funding),
    field('招标范围', project.need),
    field('计划工期', project.term),
    ...(project.lots.length === 0
      ? []
      : [
          field('标段划分', `本项目共划分为${project.lots.length}个标段`),
          table([
            ['标段', '招标内容', `合同估算价（${project.habits.unit}）`],
            ...project.lots.map((lot) => [
              lotName(notice, lot.id),
              lot.scope,
              lot.budget === null ? '/' : amountCell(lot.budget, project.habits.unit),
            ]),
          ]),
        ]),
    heading('三、投标人资格要求'),
    line(project.qualification),
    heading('四、招标文件的获取'),
    line(
      `凡有意参加投标者，请于${printDay(body.documentsFrom, dates)}至${printDay(body.documentsTo, dates)}登录云南省公共资源交易信息网下载电子招标文件。`,
    ),
    heading('五、投标文件的递交'),
    field('投标文件递交截止时间及开标时间', opening),
    field('开标地点', '红河州公共资源交易中心开远分中心'),
    heading('六、发布公告的媒介'),
    line('本次招标公告在云南省公共资源交易信息网（https://ggzy.yn.gov.cn）上发布。'),
    ...contacts(notice, '七', '八'),
  ];
}

function candidate(page: Page, body: BodyOf<'candidate'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  const { dates, unit } = project.habits;
  const several = project.lots.length > 0;
  return [
    form([
      ['招标项目名称', nameOf(notice)],
      ['招标项目编号', codeOn(page)],
      ['招标人', project.purchaser.name],
      ['招标代理机构', project.agency?.name ?? '/'],
      ['项目类别', project.category],
      ['资金来源', project.funding],
      ...(project.ceiling === null ? [] : [['最高投标限价', money(project, project.ceiling)] as [string, string]]),
      ['开标时间', printDay(body.opened, dates)],
      ['公示期', body.period.words],
    ]),
    heading('一、评标情况'),
    table([
      [...(several ? ['标段'] : []), '中标候选人排序', '中标候选人名称', `投标报价（${unit}）`, '综合得分', '工期'],
      ...body.lists.flatMap(({ lot, candidates }) =>
        candidates.map((one) => [
          ...(several && lot !== null ? [lotName(notice, lot)] : []),
          `第${'一二三'[one.rank - 1] ?? one.rank}中标候选人`,
          one.firm,
          amountCell(one.price, unit),
          one.score.toFixed(2),
          project.term,
        ]),
      ),
    ]),
    heading('二、提出异议的渠道和方式'),
    line(
      `投标人或者其他利害关系人对评标结果有异议的，应当在中标候选人公示期间以书面形式向招标人提出（联系人：${project.purchaser.contact}，联系电话：${project.purchaser.phone}）。`,
    ),
    ...contacts(notice, '三', '四'),
    signature(project.purchaser.name, printDay(page.at.slice(0, 10), dates)),
  ];
}

function result(page: Page, body: BodyOf<'result'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  const { dates, unit } = project.habits;
  const several = body.awards.some((award) => award.lot !== null);
  return [
    field('招标项目编号', codeOn(page)),
    field('招标项目名称', nameOf(notice)),
    heading('一、中标人信息'),
    ...(several
      ? [
          table([
            ['标段', '中标人', `中标价（${unit}）`],
            ...body.awards.map((award) => [
              lotName(notice, award.lot ?? ''),
              award.firm ?? '本标段招标失败',
              award.firm === null ? '/' : amountCell(award.price, unit),
            ]),
          ]),
        ]
      : body.awards.flatMap((award) => [
          field('中标人', award.firm ?? ''),
          field('中标价', money(project, award.price)),
          field('工期', project.term),
        ])),
    heading('二、其他公告内容'),
    field('招标方式', project.method),
    field('项目类别', project.category),
    ...(project.budget === null ? [] : [field('合同估算价', money(project, project.budget))]),
    field('资金来源', project.funding),
    field('定标日期', printDay(body.determined, dates)),
    ...(body.letter === null ? [] : [field('中标通知书发出日期', printDay(body.letter, dates))]),
    ...(body.quoted === null ? [] : [line(`中标候选人公示期间（${body.quoted}）未收到异议。`)]),
    ...(body.skipReason === null ? [] : [line(body.skipReason)]),
    ...contacts(notice, '三', '四'),
  ];
}

function contract(page: Page, body: BodyOf<'contract'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  return [
    form([
      ['合同编号', body.number],
      ['合同名称', `${nameOf(notice)}${body.award.lot === null ? '' : `（${lotName(notice, body.award.lot)}）`}合同`],
      ['招标项目编号', codeOn(page)],
      ['招标项目名称', nameOf(notice)],
      ...(body.award.lot === null ? [] : [['标段', lotName(notice, body.award.lot)] as [string, string]]),
      ['招标人（甲方）', project.purchaser.name],
      ['中标人（乙方）', body.award.firm ?? ''],
      ['合同金额', money(project, body.award.price)],
      ['合同工期', body.term],
      ['合同签订日期', printDay(body.signed, project.habits.dates)],
    ]),
  ];
}

function correction(page: Page, body: BodyOf<'correction'>): Block[] {
  const { notice } = page;
  const { dates } = notice.project.habits;
  return [
    field('招标项目编号', codeOn(page)),
    field('招标项目名称', nameOf(notice)),
    field('原公告标题', body.ofTitle),
    field('原公告日期', printDay(body.ofDay, dates)),
    heading('一、变更（更正）内容'),
    ...(body.items.length === 0
      ? [line('详见附件。')]
      : [table([['变更事项', '变更前', '变更后'], ...body.items.map((item) => [item.what, item.before, item.after])])]),
    line('其他内容不变。'),
    ...contacts(notice, '二', '三'),
  ];
}

function ended(page: Page, reason: string): Block[] {
  const { notice } = page;
  return [
    field('招标项目编号', codeOn(page)),
    field('招标项目名称', nameOf(notice)),
    ...(notice.lots.length === 0 ? [] : [field('标段', notice.lots.map((id) => lotName(notice, id)).join('、'))]),
    heading('一、异常情况说明'),
    line(reason),
    ...contacts(notice, '二', '三'),
  ];
}

/** The text of a construction notice as this page shows it; null where the form is of another track. */
export function constructionBlocks(page: Page): Block[] | null {
  const { notice } = page;
  const { body } = notice;
  switch (body.form) {
    case 'plan':
      return plan(notice, body);
    case 'tender':
      return tender(page, body);
    case 'candidate':
      return candidate(page, body);
    case 'result':
      return result(page, body);
    case 'contract':
      return contract(page, body);
    case 'correction':
      return correction(page, body);
    case 'failed':
    case 'terminated':
      return ended(page, body.reason);
    default:
      return null;
  }
}
