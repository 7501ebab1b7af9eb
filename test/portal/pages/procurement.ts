import type { Award, Body, Page, WorldNotice, WorldProject } from '../model.ts';
import { lotName, nameOf } from '../titles.ts';
import { amountCell, capitals, fullWidth, printAmount, printDay, printMoment } from '../wording.ts';
import { field, form, heading, line, signature, table } from './document.ts';
import type { Block } from './document.ts';

/** Government procurement: the standard texts of 财办库〔2020〕50号, and the prefecture's own forms beside them. */
type BodyOf<F extends Body['form']> = Extract<Body, { form: F }>;

/** A project's code as this page types it. */
export const codeOn = (page: Page): string => {
  const code = page.notice.code ?? '';
  return page.codeStyle === 'fullwidth' ? fullWidth(code) : code;
};

/** The day a page gives as its own. */
const shownOn = (page: Page): string => page.at.slice(0, 10);

const money = (project: WorldProject, amount: number): string => printAmount(amount, project.habits.unit);

/** 工程（市政工程） · 货物 · 服务 */
const categoryOf = (project: WorldProject): string =>
  project.subtype === null ? project.category : `${project.category}（${project.subtype}）`;

const lotLabel = (notice: WorldNotice, id: string): string => {
  const lot = notice.project.lots.find((one) => one.id === id);
  return lot === undefined ? lotName(notice, id) : `${lotName(notice, id)}：${lot.scope}`;
};

/** 一、项目编号 … the block of contacts that ends every standard text. */
function contacts(notice: WorldNotice, numeral: string, occasion: string): Block[] {
  const { purchaser, agency } = notice.project;
  return [
    heading(`${numeral}、凡对本次${occasion}提出询问，请按以下方式联系。`),
    line('1.采购人信息'),
    field('名 称', purchaser.name, 'code-00014'),
    field('地 址', purchaser.address, 'code-00018'),
    field('联系方式', `${purchaser.contact} ${purchaser.phone}`),
    ...(agency === null
      ? []
      : [
          line('2.采购代理机构信息'),
          field('名 称', agency.name, 'code-00009'),
          field('地 址', agency.address, 'code-00013'),
          field('联系方式', `${agency.contact} ${agency.phone}`, 'code-00011'),
          line('3.项目联系方式'),
          field('项目联系人', agency.contact, 'code-00010'),
          field('电 话', agency.phone, 'code-00011'),
        ]),
  ];
}

/** Facts a supervisor reads first, as the sites print them among 其他补充事宜. */
function particulars(project: WorldProject): Block[] {
  return [
    field('采购方式', project.method === '单一来源' ? '单一来源采购' : project.method),
    field('项目类别', categoryOf(project)),
    ...(project.budget === null ? [] : [field('预算金额', money(project, project.budget))]),
    field('资金来源', project.funding),
  ];
}

function tender(page: Page, body: BodyOf<'tender'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  const { dates } = project.habits;
  const open = project.method === '公开招标';
  const what = open ? '招标' : '采购';
  const answer = open ? '投标' : '响应';
  const opening = printMoment(body.opening, dates);
  const [from, to] = [printDay(body.documentsFrom, dates), printDay(body.documentsTo, dates)];
  return [
    heading('项目概况'),
    line(
      `${nameOf(notice)}${open ? '招标项目的潜在投标人' : '采购项目的潜在供应商'}应在云南省政府采购管理平台或${project.agency?.name ?? project.purchaser.name}获取${what}文件，并于${opening}（北京时间）前提交${answer}文件。`,
    ),
    heading('一、项目基本情况'),
    field('项目编号', codeOn(page), 'code-00004'),
    field('项目名称', nameOf(notice), 'code-00003'),
    field('采购方式', project.method),
    ...(project.budget === null ? [] : [field('预算金额', money(project, project.budget), 'code-00001')]),
    ...(project.ceiling === null ? [] : [field('最高限价', money(project, project.ceiling), 'code-00002')]),
    field('资金来源', project.funding),
    field('项目类别', categoryOf(project)),
    field('采购需求', project.need),
    ...(project.lots.length === 0
      ? []
      : [
          table([
            ['包号', '采购内容', `预算金额（${project.habits.unit}）`],
            ...project.lots.map((lot) => [
              lotName(notice, lot.id),
              `${project.name}（${lot.scope}）`,
              lot.budget === null ? '/' : amountCell(lot.budget, project.habits.unit),
            ]),
          ]),
        ]),
    field('合同履行期限', project.term),
    line('本项目（不接受）联合体投标。'),
    heading('二、申请人的资格要求：'),
    line('1.满足《中华人民共和国政府采购法》第二十二条规定；'),
    line('2.落实政府采购政策需满足的资格要求：支持中小企业、监狱企业、残疾人福利性单位；'),
    line(`3.本项目的特定资格要求：${project.qualification}`),
    heading(`三、获取${what}文件`),
    field('时间', `${from}至${to}，每天上午08:30至11:30，下午14:30至17:30（北京时间，法定节假日除外）`),
    field('地点', project.agency?.address ?? project.purchaser.address),
    field('方式', '现场获取或登录云南省政府采购管理平台在线获取'),
    field('售价', '0元'),
    ...(open
      ? [
          heading('四、提交投标文件截止时间、开标时间和地点'),
          line(`${opening}（北京时间）`),
          field('地点', '红河州公共资源交易中心开远分中心'),
          heading('五、公告期限'),
          line('自本公告发布之日起5个工作日。'),
          heading('六、其他补充事宜'),
          line('本公告同时在云南省政府采购网、红河州财政局政府采购信息栏发布。'),
          ...contacts(notice, '七', '招标'),
        ]
      : [
          heading('四、响应文件提交'),
          field('截止时间', `${opening}（北京时间）`),
          field('地点', project.agency?.address ?? project.purchaser.address),
          heading('五、开启'),
          field('时间', `${opening}（北京时间）`),
          field('地点', project.agency?.address ?? project.purchaser.address),
          heading('六、公告期限'),
          line('自本公告发布之日起3个工作日。'),
          heading('七、其他补充事宜'),
          line(
            project.family === 'municipal'
              ? '本项目成交候选供应商将在红河州财政局政府采购信息栏公示，公示期不少于3日，公示期满无异议后发出成交通知书。'
              : '无',
          ),
          ...contacts(notice, '八', '采购'),
        ]),
  ];
}

function candidate(page: Page, body: BodyOf<'candidate'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  const { dates, unit } = project.habits;
  const several = project.lots.length > 0;
  return [
    line(
      `${nameOf(notice)}于${printDay(body.opened, dates)}采用${project.method}方式进行采购，经评审小组评审，现将成交候选供应商公示如下：`,
    ),
    form([
      ['项目编号', codeOn(page)],
      ['项目名称', nameOf(notice)],
      ['采购人', project.purchaser.name],
      ['采购代理机构', project.agency?.name ?? '/'],
      ['采购方式', project.method],
      ['项目类别', categoryOf(project)],
      ...(project.budget === null ? [] : [['预算金额', money(project, project.budget)] as [string, string]]),
      ['资金来源', project.funding],
      ['评审时间', printDay(body.opened, dates)],
    ]),
    heading('成交候选供应商排序'),
    table([
      [...(several ? ['包号'] : []), '排序', '供应商名称', `最终报价（${unit}）`, '综合得分'],
      ...body.lists.flatMap(({ lot, candidates }) =>
        candidates.map((one) => [
          ...(several && lot !== null ? [lotName(notice, lot)] : []),
          `第${'一二三'[one.rank - 1] ?? one.rank}成交候选供应商`,
          one.firm,
          amountCell(one.price, unit),
          one.score.toFixed(2),
        ]),
      ),
    ]),
    field('公示期', body.period.words),
    line('公示媒介：红河州财政局政府采购信息栏。'),
    line(
      `各有关当事人对公示内容有异议的，可在公示期内以书面形式向采购人或采购代理机构提出，逾期不予受理。联系人：${project.purchaser.contact}，联系电话：${project.purchaser.phone}。`,
    ),
    field('监督部门', `${project.county.name}财政局`),
    signature(project.agency?.name ?? project.purchaser.name, printDay(shownOn(page), dates)),
  ];
}

const outcomeWord = (project: WorldProject): string => (project.method === '公开招标' ? '中标' : '成交');

function result(page: Page, body: BodyOf<'result'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  const { dates, unit } = project.habits;
  const word = outcomeWord(project);
  const several = body.awards.some((award) => award.lot !== null);
  const won = body.awards.filter((award): award is Award & { firm: string } => award.firm !== null);
  const lost = body.awards.filter((award) => award.firm === null);
  return [
    field('一、项目编号', codeOn(page), 'code-00004'),
    field('二、项目名称', nameOf(notice), 'code-00003'),
    heading('三、中标（成交）信息'),
    ...(several
      ? [
          table(
            [
              ['包号', '供应商名称', '供应商地址', `${word}金额（${unit}）`],
              ...won.map((award) => [
                lotName(notice, award.lot ?? ''),
                award.firm,
                award.firmAddress,
                amountCell(award.price, unit),
              ]),
            ],
            ['code-sectionNo', 'code-winningSupplierName', 'code-winningSupplierAddr', 'code-summaryPrice'],
          ),
        ]
      : won.flatMap((award) => [
          field('供应商名称', award.firm, 'code-winningSupplierName'),
          field('供应商地址', award.firmAddress, 'code-winningSupplierAddr'),
          field(`${word}金额`, money(project, award.price), 'code-summaryPrice'),
        ])),
    ...lost.map((award) => line(`废标说明：${lotName(notice, award.lot ?? '')}有效供应商不足三家，本包废标。`)),
    heading('四、主要标的信息'),
    table([
      ['序号', '供应商名称', '标的名称', project.category === '工程' ? '施工工期' : '数量/服务期'],
      ...won.map((award, i) => [
        String(i + 1),
        award.firm,
        award.lot === null ? project.name : lotLabel(notice, award.lot),
        project.term,
      ]),
    ]),
    field('五、评审专家（单一来源采购人员）名单', '详见评审报告'),
    heading('六、代理服务收费标准及金额：'),
    line('收费标准：参照国家发展计划委员会计价格〔2002〕1980号文件，由成交供应商支付。'),
    field('收费金额', `${(Math.round((won[0]?.price ?? 0) * 0.012) / 10_000).toFixed(4)} 万元`),
    heading('七、公告期限'),
    line('自本公告发布之日起1个工作日。'),
    heading('八、其他补充事宜'),
    ...particulars(project),
    field(`${word}日期`, printDay(body.determined, dates)),
    ...(body.letter === null ? [] : [field(`${word}通知书发出日期`, printDay(body.letter, dates))]),
    ...(body.quoted === null ? [] : [line(`成交候选供应商已于${body.quoted}公示，公示期内未收到异议。`)]),
    ...(body.skipReason === null ? [] : [line(body.skipReason)]),
    ...contacts(notice, '九', '公告内容'),
  ];
}

function awardLetter(page: Page, body: BodyOf<'award_letter'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  const word = outcomeWord(project);
  const lot = body.award.lot === null ? '' : lotName(notice, body.award.lot);
  return [
    line(`${body.award.firm ?? ''}：`),
    line(
      `${project.purchaser.name}的${nameOf(notice)}${lot}（项目编号：${codeOn(page)}）采用${project.method}方式采购，经评审并公示，确定你单位为${word}供应商。`,
    ),
    form([
      ['项目名称', nameOf(notice)],
      ['项目编号', codeOn(page)],
      ...(lot === '' ? [] : [['包号', lot] as [string, string]]),
      ['采购人', project.purchaser.name],
      ['采购代理机构', project.agency?.name ?? '/'],
      [`${word}供应商`, body.award.firm ?? ''],
      [`${word}金额`, `${money(project, body.award.price)}（大写：人民币${capitals(body.award.price)}）`],
      ['工期（服务期）', project.term],
      [`${word}通知书发出日期`, printDay(body.issued, project.habits.dates)],
    ]),
    line('请自本通知书发出之日起三十日内，按照采购文件确定的事项与采购人签订政府采购合同。'),
    signature(project.purchaser.name, project.agency?.name ?? '', printDay(body.issued, project.habits.dates)),
  ];
}

function contract(page: Page, body: BodyOf<'contract'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  const { dates } = project.habits;
  const lot = body.award.lot === null ? '' : `（${lotName(notice, body.award.lot)}）`;
  return [
    field('一、合同编号', body.number),
    field('二、合同名称', `${nameOf(notice)}${lot}合同`),
    field('三、项目编号', codeOn(page), 'code-00004'),
    field('四、项目名称', nameOf(notice), 'code-00003'),
    ...(lot === '' ? [] : [field('包号', lotName(notice, body.award.lot ?? ''))]),
    heading('五、合同主体'),
    field('采购人（甲方）', project.purchaser.name),
    field('地 址', project.purchaser.address),
    field('联系方式', project.purchaser.phone),
    field('供应商（乙方）', body.award.firm ?? ''),
    field('地 址', body.award.firmAddress),
    heading('六、合同主要信息'),
    field('主要标的名称', project.name),
    field('合同金额', money(project, body.award.price)),
    field('履约期限、地点等简要信息', `${body.term}，${project.county.name}`),
    field('采购方式', project.method === '单一来源' ? '单一来源采购' : project.method),
    field('七、合同签订日期', printDay(body.signed, dates)),
    field('八、合同公告日期', printDay(shownOn(page), dates)),
    field('九、其他补充事宜', '无'),
  ];
}

function correction(page: Page, body: BodyOf<'correction'>): Block[] {
  const { notice } = page;
  const { dates } = notice.project.habits;
  return [
    heading('一、项目基本情况'),
    field('原公告的采购项目编号', codeOn(page), 'code-00004'),
    field('原公告的采购项目名称', nameOf(notice), 'code-00003'),
    field('首次公告日期', printDay(body.ofDay, dates)),
    heading('二、更正信息'),
    field('更正事项', body.subject === '候选人公示' ? '采购结果（成交候选供应商公示）' : body.subject),
    field('原公告标题', body.ofTitle),
    ...(body.items.length === 0
      ? [field('更正内容', '详见附件')]
      : [
          heading('更正内容：'),
          table([
            ['序号', '更正项', '更正前内容', '更正后内容'],
            ...body.items.map((item, i) => [String(i + 1), item.what, item.before, item.after]),
          ]),
        ]),
    field('更正日期', printDay(notice.day, dates)),
    heading('三、其他补充事宜'),
    line('其他内容不变。'),
    ...contacts(notice, '四', '公告内容'),
  ];
}

function ended(page: Page, reason: string, word: string): Block[] {
  const { notice } = page;
  return [
    heading('一、项目基本情况'),
    field('采购项目编号', codeOn(page), 'code-00004'),
    field('采购项目名称', nameOf(notice), 'code-00003'),
    ...(notice.lots.length === 0
      ? []
      : [field(`${word}包号`, notice.lots.map((id) => lotName(notice, id)).join('、'))]),
    heading('二、项目终止的原因'),
    line(reason),
    heading('三、其他补充事宜'),
    line('无'),
    ...contacts(notice, '四', '公告内容'),
  ];
}

/** 公开招标数额标准 stands in the text, so that nobody needs to know the province's figure. */
function threshold(project: WorldProject): string {
  const reached = (project.budget ?? 0) >= 4_000_000;
  return `本项目预算金额${project.budget === null ? '见采购计划' : money(project, project.budget)}，${reached ? '达到' : '未达到'}公开招标数额标准。`;
}

function singleSource(page: Page, body: BodyOf<'single_source'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  return [
    heading('一、项目信息'),
    field('采购人', project.purchaser.name),
    field('项目编号', codeOn(page), 'code-00004'),
    field('项目名称', nameOf(notice), 'code-00003'),
    field('拟采购的货物或服务的说明', project.need),
    field('拟采购的货物或服务的预算金额', money(project, project.budget ?? 0)),
    field('资金来源', project.funding),
    field('项目类别', categoryOf(project)),
    field('采购方式', '单一来源采购'),
    field('采用单一来源采购方式的原因及说明', `${body.reason}${threshold(project)}`),
    heading('二、拟定供应商信息'),
    field('名称', body.firm),
    field('地址', body.firmAddress),
    heading('三、公示期限'),
    field('公示期', body.period.words),
    heading('四、其他补充事宜'),
    line(
      '任何供应商、单位或者个人对采用单一来源采购方式公示有异议的，可以在公示期内将书面意见反馈给采购人、采购代理机构，并同时抄送相关财政部门。',
    ),
    heading('五、联系方式'),
    line('1.采购人'),
    field('联系人', project.purchaser.contact),
    field('联系地址', project.purchaser.address),
    field('联系电话', project.purchaser.phone),
    line('2.财政部门'),
    field('名称', `${project.county.name}财政局政府采购管理科`),
    line('3.采购代理机构'),
    field('名称', project.agency?.name ?? '/'),
    field('联系电话', project.agency?.phone ?? '/'),
    signature(project.purchaser.name, printDay(page.notice.day, project.habits.dates)),
  ];
}

/** The text of a procurement notice as this page shows it; null where the form is of another track. */
export function procurementBlocks(page: Page): Block[] | null {
  const { body } = page.notice;
  switch (body.form) {
    case 'tender':
      return tender(page, body);
    case 'candidate':
      return candidate(page, body);
    case 'result':
      return result(page, body);
    case 'award_letter':
      return awardLetter(page, body);
    case 'contract':
      return contract(page, body);
    case 'correction':
      return correction(page, body);
    case 'failed':
      return ended(page, body.reason, '废标');
    case 'terminated':
      return ended(page, body.reason, '终止');
    case 'single_source':
      return singleSource(page, body);
    default:
      return null;
  }
}
