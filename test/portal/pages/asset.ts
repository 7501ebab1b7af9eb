import type { Body, Page } from '../model.ts';
import { nameOf } from '../titles.ts';
import { printAmount, printDay } from '../wording.ts';
import { field, form, heading, line, signature } from './document.ts';
import type { Block } from './document.ts';
import { codeOn } from './procurement.ts';

/** State assets: listing and result of a bidding. */
type BodyOf<F extends Body['form']> = Extract<Body, { form: F }>;

function listing(page: Page, body: BodyOf<'asset_listing'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  const { dates, unit } = project.habits;
  return [
    line(`受${project.purchaser.name}委托，红河州公共资源交易中心开远分中心对以下标的公开竞价，现公告如下：`),
    form([
      ['项目编号', codeOn(page)],
      ['标的名称', nameOf(notice)],
      [body.yearly ? '出租方' : '转让方', project.purchaser.name],
      ['标的概况', project.need],
      [
        body.yearly ? '竞价底价（元/年）' : '竞价底价',
        body.yearly ? `${body.price.toFixed(2)}元/年` : printAmount(body.price, unit),
      ],
      ['竞价保证金', printAmount(body.deposit, unit)],
      ['报名时间', `${printDay(body.from, dates)}至${printDay(body.to, dates)}`],
    ]),
    heading('竞买人资格'),
    line(project.qualification),
    field('联系人', project.purchaser.contact),
    field('联系电话', project.purchaser.phone),
    signature(project.purchaser.name, printDay(notice.day, dates)),
  ];
}

function result(page: Page, body: BodyOf<'asset_result'>): Block[] {
  const { notice } = page;
  const { project } = notice;
  return [
    form([
      ['项目编号', codeOn(page)],
      ['标的名称', nameOf(notice)],
      [body.yearly ? '出租方' : '转让方', project.purchaser.name],
      [body.yearly ? '承租方' : '受让方', body.winner],
      ['成交价', body.yearly ? `${body.price.toFixed(2)}元/年` : printAmount(body.price, project.habits.unit)],
      ['成交日期', printDay(body.dealt, project.habits.dates)],
    ]),
    field('联系电话', project.purchaser.phone),
    signature('红河州公共资源交易中心开远分中心', printDay(page.at.slice(0, 10), project.habits.dates)),
  ];
}

/** The text of an asset notice as this page shows it; null where the form is of another track. */
export function assetBlocks(page: Page): Block[] | null {
  const { notice } = page;
  const { body, project } = notice;
  switch (body.form) {
    case 'asset_listing':
      return listing(page, body);
    case 'asset_result':
      return result(page, body);
    case 'failed':
      return [
        field('项目编号', codeOn(page)),
        field('标的名称', nameOf(notice)),
        field('转让方（出租方）', project.purchaser.name),
        line(body.reason),
        signature('红河州公共资源交易中心开远分中心', printDay(notice.day, project.habits.dates)),
      ];
    default:
      return null;
  }
}
