import type { Body, Page, Parcel, WorldProject } from '../model.ts';
import { printDay, printMoment } from '../wording.ts';
import { field, form, heading, line, signature, table } from './document.ts';
import type { Block } from './document.ts';

/** Land use rights: listing notice, supplement, deal, supply result. */
type BodyOf<F extends Body['form']> = Extract<Body, { form: F }>;

const mu = (areaSqm: number): string => ((areaSqm * 3) / 2000).toFixed(3);
export const hectares = (areaSqm: number): string => (areaSqm / 10_000).toFixed(6);

const parcelRow = (parcel: Parcel): string[] => [
  parcel.code,
  parcel.location,
  parcel.areaSqm.toFixed(2),
  parcel.use,
  `${parcel.years}年`,
  String(parcel.start),
  String(parcel.deposit),
  String(parcel.step),
];

function offer(page: Page, body: BodyOf<'land_offer'>): Block[] {
  const { project } = page.notice;
  const { dates } = project.habits;
  const office = project.purchaser.name;
  return [
    line(`${body.number}`),
    line(
      `根据《中华人民共和国土地管理法》《招标拍卖挂牌出让国有建设用地使用权规定》等法律法规，经${project.county.name}人民政府批准，${office}决定以挂牌方式出让下列${body.parcels.length}宗国有建设用地使用权。现将有关事项公告如下：`,
    ),
    heading('一、挂牌出让宗地的基本情况和规划指标要求'),
    table([
      [
        '宗地编号',
        '宗地坐落',
        '土地面积（平方米）',
        '土地用途',
        '出让年限',
        '起始价（万元）',
        '竞买保证金（万元）',
        '增价幅度（万元）',
      ],
      ...body.parcels.map(parcelRow),
    ]),
    ...body.parcels.map((parcel) => line(`${parcel.code}宗地折合${mu(parcel.areaSqm)}亩。`)),
    heading('二、竞买人资格'),
    line(project.qualification),
    heading('三、本次国有建设用地使用权挂牌出让按照价高者得原则确定竞得人。'),
    heading('四、申请和挂牌时间'),
    field('报名时间', `${printMoment(body.applyFrom, dates)}至${printMoment(body.applyTo, dates)}`),
    field('挂牌时间', `${printMoment(body.listFrom, dates)}至${printMoment(body.listTo, dates)}`),
    field('挂牌地点', '红河州公共资源交易中心开远分中心'),
    heading('五、联系方式'),
    field('出让人', office),
    field('联系地址', project.purchaser.address),
    field('联系人', project.purchaser.contact),
    field('联系电话', project.purchaser.phone),
    signature(office, printDay(page.notice.day, dates)),
  ];
}

function supplement(page: Page, body: BodyOf<'land_supplement'>): Block[] {
  const { project, day } = page.notice;
  return [
    field('公告编号', body.number),
    field('宗地编号', project.name),
    field('原公告日期', printDay(body.ofDay, project.habits.dates)),
    line(body.text),
    signature(project.purchaser.name, printDay(day, project.habits.dates)),
  ];
}

function terminated(page: Page, reason: string): Block[] {
  const { project, day } = page.notice;
  return [
    field('公告编号', project.code ?? ''),
    field('宗地编号', project.name),
    line(reason),
    signature(project.purchaser.name, printDay(day, project.habits.dates)),
  ];
}

function deal(page: Page, body: BodyOf<'land_deal'>): Block[] {
  const { project, day } = page.notice;
  const { dates } = project.habits;
  return [
    field('公告编号', body.number),
    line(`${project.purchaser.name}以挂牌方式出让下列国有建设用地使用权，现将成交结果公示如下：`),
    table([
      ['宗地编号', '宗地坐落', '土地面积（平方米）', '土地用途', '出让年限', '成交价（万元）', '受让单位'],
      ...body.parcels.map((parcel) => [
        parcel.code,
        parcel.location,
        parcel.areaSqm.toFixed(2),
        parcel.use,
        `${parcel.years}年`,
        String(parcel.deal),
        parcel.winner ?? '',
      ]),
    ]),
    field('公示期', `${printDay(day, dates)}至${printDay(body.deadline, dates)}`),
    field('联系单位', project.purchaser.name),
    field('联系电话', project.purchaser.phone),
    signature(project.purchaser.name, printDay(day, dates)),
  ];
}

function supply(page: Page, body: BodyOf<'land_supply'>): Block[] {
  const { parcel } = body;
  const { project } = page.notice;
  return [
    form([
      ['行政区', project.county.name],
      ['电子监管号', parcel.supervision],
      ['宗地编号', parcel.code],
      ['项目位置', parcel.location],
      ['面积（公顷）', hectares(parcel.areaSqm)],
      ['土地用途', parcel.use],
      ['供地方式', landMethod(project)],
      ['成交价格（万元）', parcel.deal.toFixed(4)],
      ['土地使用权人', parcel.winner ?? ''],
      ['批准单位', body.approver],
      ['合同签订日期', printDay(body.signed, 'padded')],
    ]),
  ];
}

/** The text of a land notice as this page shows it; null where the form is of another track. */
export function landBlocks(page: Page): Block[] | null {
  const { body } = page.notice;
  switch (body.form) {
    case 'land_offer':
      return offer(page, body);
    case 'land_supplement':
      return supplement(page, body);
    case 'land_deal':
      return deal(page, body);
    case 'land_supply':
      return supply(page, body);
    case 'terminated':
      return terminated(page, body.reason);
    default:
      return null;
  }
}

export const landMethod = (project: WorldProject): string => (project.method === '划拨' ? '划拨' : '挂牌出让');
