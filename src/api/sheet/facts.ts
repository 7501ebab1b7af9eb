import type { FactsUsed } from '../../model/finding.ts';
import { CATEGORY_NAMES, FIELD_NAMES, METHOD_NAMES } from '../../model/notice-names.ts';
import type { Category, FieldName, Method, Notice } from '../../model/notice.ts';
import { fieldText } from '../field-text.ts';
import type { AlertDetailReply } from '../schemas.ts';
import { exhibitNumber } from './pages.ts';
import type { SheetPart } from './part.ts';
import { weekDay } from './week-day.ts';

/** Fields a judgement rests on, in the order of a notice. */
const FACT_FIELDS = [
  'projectName',
  'projectCode',
  'purchaser',
  'agency',
  'method',
  'category',
  'publishDate',
  'publicity',
  'openingDate',
  'candidates',
  'suppliers',
  'lots',
  'budget',
  'ceiling',
  'amount',
  'determinedDate',
  'awardLetterDate',
  'contractDate',
  'material',
  'refersTo',
  'skipReason',
] as const satisfies readonly FieldName[];

/** What was read in the pages the verdict rests on, each beside the words it was read from. */
export function readFacts(notices: Notice[], evidence: AlertDetailReply['evidence']): SheetPart {
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  const rows = evidence.flatMap(({ noticeId }, i) => {
    const notice = byId.get(noticeId)!;
    return FACT_FIELDS.flatMap((field) => {
      const value = notice.fields[field];
      if (value === null || (Array.isArray(value) && value.length === 0)) return [];
      const origin = notice.origins[field];
      const where = origin?.attachment === undefined ? '' : `（附件《${origin.attachment}》）`;
      const words = origin === undefined ? '由列表或网站结构化字段给出' : `${readable(origin.words)}${where}`;
      return [[exhibitNumber(i), FIELD_NAMES[field], fieldText(field, value), words]];
    });
  });
  return {
    title: '公告所载事实',
    table: {
      columns: [
        ['编号', 10],
        ['事项', 16],
        ['读取结果', 37],
        ['页面原文', 37],
      ],
      rows,
    },
  };
}

/** A list as a site's interface writes it, `["甲","乙"]`, without the marks of its notation. */
function readable(words: string): string {
  if (!words.startsWith('["')) return words;
  try {
    const list: unknown = JSON.parse(words);
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list.join('；') : words;
  } catch {
    // Cut off, or no list after all: as it stands.
    return words;
  }
}

/** What the verdict was given on beside the pages' words: amounts, day, coverage, settings. */
export function factsUsed(facts: FactsUsed | undefined): SheetPart {
  const title = '判定所用事实';
  if (facts === undefined) return { title, paragraphs: ['本结论作出时尚未留存所用事实，重新核查后即有。'] };
  const { asOf, on, amounts, method, category, coverage, settings, notices } = facts;
  const yuan = (amount: number | null): string => (amount === null ? '未载明' : `${amount.toLocaleString('zh-CN')} 元`);
  return {
    title,
    facts: [
      ['适用规则以此日为准', /^\d{4}-\d{2}-\d{2}/.test(on) ? weekDay(on.slice(0, 10)) : on],
      ['公告截至', weekDay(asOf)],
      ['预算金额', yuan(amounts.budget)],
      ['合同估算价', yuan(amounts.estimate)],
      ['方式', method === null ? '未载明' : (METHOD_NAMES[method as Method] ?? method)],
      ['类别', category === null ? '未载明' : (CATEGORY_NAMES[category as Category] ?? category)],
      ['采集范围', coverage === 'complete' ? '应刊登的栏目均已完整采集' : '采集有缺口，不从“没有找到”下结论'],
      ['核查时的设置', settings === undefined ? '未留存' : `版本 ${settings}`],
      ['项目的公告', `${notices.length} 份（本单所列为结论所依据者）`],
    ],
  };
}
