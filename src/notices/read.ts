import { emptyFields } from '../model/notice.ts';
import type { NoticeFields, NoticeKind, NoticeReading } from '../model/notice.ts';
import { readAwards } from './awards.ts';
import { readCorrection } from './correction-fields.ts';
import { Readings } from './found.ts';
import { gridsOf, pairsUnder } from './grids.ts';
import { pageOfHtml, pageOfNodes } from './html.ts';
import { readIdentity, readPeople } from './identity-fields.ts';
import { readOutcome } from './outcome-fields.ts';
import { labelOf } from './labels.ts';
import { pageOfText } from './page.ts';
import type { Page } from './page.ts';
import { cellsOf, pairsOf } from './pairs.ts';
import { readScope } from './scope-fields.ts';
import type { NoticeInput, Source } from './source.ts';
import { oneLine } from './text.ts';
import { readWhen } from './time-fields.ts';
import { kindOf, readTitle } from './title.ts';

/**
 * Reads a notice. Deterministic and total: any input gives a reading, an absent value is null or an empty list.
 * Every field carries the words, the rule and the confidence it was read with.
 */
export function readNotice(input: NoticeInput): NoticeReading {
  const source = open(input);
  const readings = new Readings(emptyFields(source.kind, source.title));
  const { fields } = readings;
  readIdentity(source, readings);
  readWhen(source, readings);
  readPeople(source, readings);
  readOutcome(source, readings);
  readScope(source, readings);
  readCorrection(source, readings);
  for (const [field, value] of Object.entries(input.structured ?? {})) {
    readings.override(field as keyof NoticeFields, value as never);
  }
  if (fields.projectCode !== null && !fields.codes.includes(fields.projectCode))
    fields.codes = [fields.projectCode, ...fields.codes];
  return { fields, origins: readings.origins, disagreements: readings.disagreements, text: source.text };
}

function open(input: NoticeInput): Source {
  const page = pageOf(input);
  const cells = cellsOf(page);
  const text = page.lines
    .map((line) => line.text)
    .filter((line) => line !== '')
    .join('\n');
  const title = oneLine(input.title ?? '') || titleInPage(page);
  const grids = gridsOf(page, cells);
  const pairs = [...pairsOf(cells), ...pairsUnder(grids)];
  const kind = kindOf(title, input.columnKind ?? columnInPage(page), text).kind;
  // One lot failed, another was won: an award, as its title says.
  const won =
    kind === 'failed' &&
    readTitle(title).kind === 'result' &&
    readAwards(grids, pairs, cells).some(({ suppliers }) => suppliers.length > 0);
  return { input, page, cells, pairs, grids, text, title, kind: won ? 'result' : kind };
}

/** The column that a page's own path names last: 首页 > 交易信息 > 中标候选人公示. */
function columnInPage(page: Page): NoticeKind | null {
  const head = page.lines
    .slice(0, 12)
    .map(({ text }) => text)
    .join('\n')
    .slice(0, 800)
    .replace(/\s{0,8}[>＞»]\s{0,8}/g, '>');
  const path = /(?:首页|当前位置|您的位置)[^>\n]{0,20}(?:>[^>\n]{2,20}){1,6}/.exec(head)?.[0];
  return path === undefined ? null : readTitle(path.slice(path.lastIndexOf('>') + 1)).kind;
}

function pageOf({ html, nodes, text }: NoticeInput): Page {
  if (nodes !== undefined) return pageOfNodes(nodes);
  return html !== undefined ? pageOfHtml(html) : pageOfText(text ?? '');
}

/** What sites print behind a title in its line: the day, their own number. */
const BEHIND_TITLE =
  /(?<=公告|公示|公告[)）]|公示[)）])\s*(?:(?:发布|信息)?时间[:：])?\s*(?:\d{5,8}|20\d{2}[-年/.]\d[^\n]{0,40})$/;
/** （项目编号：X） in a title. */
const CODE_NAMED = /[（(][^（）()]{0,8}编号[:：][^（）()]*[)）]/;

/** A page's own heading: the first line that reads like a title, else `<title>`, else the first line. */
function titleInPage(page: Page): string {
  const lines = page.lines.slice(0, 30).map(({ text }) => text.replace(BEHIND_TITLE, '').trim());
  const headings = lines.filter(
    (line) =>
      line.length >= 8 &&
      line.length <= 150 &&
      /(?:公告|公示|通知书|合同|计划|意向|记录|函)(?:[（([【].{0,30})?$/.test(line) &&
      !/[>|：:。]/.test(line.replace(CODE_NAMED, '')),
  );
  // 第一章 招标公告 heads a chapter, and names no project.
  const heading = headings.find((line) => !/^第.{1,3}[章部]/.test(line)) ?? headings[0];
  const site = page.title?.replace(/[_|].*$/, '').trim() ?? '';
  const own = /交易平台$|政府采购网$|^首页$/.test(site) ? '' : site;
  const first = lines[0] ?? '';
  return heading ?? (own || (labelOf(first.split(/[:：]/, 1)[0] ?? '') === null ? first : ''));
}
