import { severityName } from '../../compliance/code-texts.ts';
import { plainDay, plainMoment, plainSpan, plainStated } from '../../model/day-words.ts';
import type { FieldName, Notice } from '../../model/notice.ts';
import type { AlertDetailReply } from '../schemas.ts';
import type { CaseDetailReply } from '../case-schemas.ts';
import type { ApiContext } from '../context.ts';
import { printable } from './printable.ts';

/** A part of the evidence sheet, the same for a document and a workbook. */
export interface SheetPart {
  title: string;
  paragraphs?: string[];
  /** Label and value. */
  facts?: [string, string][];
  table?: SheetTable;
}

export interface SheetTable {
  /** Name and share of the width; the shares of a table add up to 100. */
  columns: [string, number][];
  rows: string[][];
}

export interface Sheet {
  title: string;
  number: string;
  /** Under the title: what it is, as of when. */
  subtitle: string;
  parts: SheetPart[];
}

const MARK = { published: '公示发布', counted: '计入', extended: '顺延', result: '结果发布' } as const;
const ROLE: Record<AlertDetailReply['evidence'][number]['role'], string> = {
  publicity: '公示',
  result: '结果',
  award_letter: '通知书',
  contract: '合同',
  correction: '更正',
  other: '其他',
};

/** Fields a judgement rests on, in the order of a notice. */
const FACT_FIELDS: [FieldName, string][] = [
  ['projectName', '项目名称'],
  ['projectCode', '项目编号'],
  ['purchaser', '采购人'],
  ['agency', '代理机构'],
  ['method', '采购方式'],
  ['publishDate', '发布时间'],
  ['publicity', '公示期'],
  ['suppliers', '供应商'],
  ['amount', '金额（元）'],
  ['budget', '预算（元）'],
  ['awardLetterDate', '通知书日期'],
  ['contractDate', '合同日期'],
];

const DATE_FIELDS: readonly FieldName[] = ['publishDate', 'awardLetterDate', 'contractDate'];

/** All that stands on the evidence sheet (核查单) of a case. Hostile text is made printable here, once. */
export async function evidenceSheet(context: ApiContext, file: CaseDetailReply): Promise<Sheet> {
  const { alert } = file;
  const notices = await context.store.notices.getMany(alert.evidence.map(({ noticeId }) => noticeId));
  const project = await context.store.projects.get(file.projectId);
  const sheet: Sheet = {
    title: '公示期核查单',
    number: file.number,
    subtitle: `编号 ${file.number}\u3000状态 ${file.stateName}\u3000制表 ${plainMoment(context.clock.now())}（北京时间）`,
    parts: [
      overview(file),
      conclusion(alert),
      { title: '三、规则与依据', facts: ruleFacts(alert) },
      facts(notices),
      countedDays(alert),
      pages(alert),
      coverage(alert),
      {
        title: '八、项目经过',
        table: {
          columns: [
            ['日期', 16],
            ['事项', 60],
            ['流程说明', 24],
          ],
          rows: (project?.timeline ?? []).map(({ day, title, remark }) => [
            day === null ? '未载明' : plainDay(day),
            title,
            remark ?? '',
          ]),
        },
      },
      events(file),
      {
        title: '十、复核办法',
        paragraphs: [
          `在本系统运行 gongshi verify ${file.number}，从归档原始字节重新读取、重新核查，并重算全部 SHA-256；有一个字节不同即指出。`,
          `本单所依据的案件经过共 ${file.version} 条，最后一条的 SHA-256 为 ${file.events.at(-1)?.hash ?? ''}。`,
          '公告内容以原网站为准；本单所载为采集时的归档与核查结果。',
        ],
      },
    ],
  };
  return printableSheet(sheet);
}

function overview(file: CaseDetailReply): SheetPart {
  const { decision } = file;
  return {
    title: '一、案件概况',
    facts: [
      ['项目', file.projectName],
      ['采购人', file.purchaser ?? '未载明'],
      ['代理机构', file.agency ?? '未载明'],
      ['标段（包）与轮次', `${file.alert.finding.lot ?? '不分标段'}，第 ${file.alert.finding.round} 轮`],
      ['类别', file.nature === 'violation' ? '违规告警' : '待核提示（本地做法，不是违法认定）'],
      ['立案时间', plainMoment(file.openedAt)],
      ['承办人', file.assignee ?? '未指派'],
      ['期限', file.dueUnknown ? '算不出：日历未收录该年度放假安排' : file.due === null ? '无' : plainDay(file.due)],
      [
        '决定',
        decision === null
          ? '尚未作出'
          : `${decision.state === 'confirmed' ? '确认' : `排除（${decision.reason ?? ''}）`}，${decision.by}，${plainMoment(decision.at)}。${decision.note}`,
      ],
    ],
  };
}

function conclusion(alert: AlertDetailReply): SheetPart {
  return {
    title: '二、核查结论',
    paragraphs: [
      ...(alert.state === 'cleared' ? ['后来的证据已消除本提示，保留备查。原提示如下：'] : []),
      alert.sentence,
      ...alert.codeTexts.map((text) => `原因：${text}`),
      `程度：${severityName(alert.severity)}。`,
      ...(alert.nature === 'review' ? ['本提示依据本地做法，国家规定并无此要求，不是违法认定，仅提示核实。'] : []),
    ],
  };
}

function ruleFacts({ finding }: AlertDetailReply): [string, string][] {
  return [
    ['规则', `${finding.ruleTitle}（${finding.rule}，第 ${finding.ruleVersion} 版）`],
    ['依据', finding.ruleBasis],
    ['日历版本', finding.calendarVersion],
    ['核查时间', plainMoment(finding.judgedAt)],
  ];
}

function facts(notices: Notice[]): SheetPart {
  const rows = notices.flatMap((notice) =>
    FACT_FIELDS.flatMap(([field, name]) => {
      const value = valueOf(notice, field);
      if (value === null) return [];
      return [[notice.fields.title, name, value, notice.origins[field]?.words ?? '由列表或网站结构化字段给出']];
    }),
  );
  return {
    title: '四、事实',
    table: {
      columns: [
        ['公告', 30],
        ['事项', 14],
        ['读取结果', 26],
        ['页面原文', 30],
      ],
      rows,
    },
  };
}

function valueOf({ fields }: Notice, field: FieldName): string | null {
  const value = fields[field];
  if (field === 'publicity') return fields.publicity === null ? null : fields.publicity.words;
  if (value === null || (Array.isArray(value) && value.length === 0)) return null;
  if (DATE_FIELDS.includes(field)) return plainStated(String(value));
  return Array.isArray(value) ? value.join('、') : String(value);
}

function countedDays({ finding }: AlertDetailReply): SheetPart {
  const { anchor, nominalLastDay, lastDay, earliestResultDate, resultDate } = finding.computed;
  return {
    title: '五、逐日核对',
    paragraphs: [
      [
        `公示发布日 ${dayOrNone(anchor)}`,
        `期限届满日 ${dayOrNone(nominalLastDay)}`,
        `顺延后的届满日 ${dayOrNone(lastDay)}`,
        `最早可发布结果日 ${dayOrNone(earliestResultDate)}`,
        `结果发布日 ${dayOrNone(resultDate)}`,
      ].join('；') + '。',
    ],
    table: {
      columns: [
        ['日期', 22],
        ['标记', 20],
        ['第几日', 14],
        ['是否休息日', 18],
        ['缘由', 26],
      ],
      rows: finding.days.map(({ day, mark, n, rest, why }) => [
        plainDay(day),
        MARK[mark],
        n === null ? '' : `第 ${n} 日`,
        rest ? '休息日' : '工作日',
        why,
      ]),
    },
  };
}

function pages({ evidence }: AlertDetailReply): SheetPart {
  return {
    title: '六、归档页面',
    table: {
      columns: [
        ['公告与网址', 34],
        ['时间', 24],
        ['归档与响应头', 42],
      ],
      rows: evidence.map((item) => [
        `【${ROLE[item.role]}】${item.title}\n${item.sourceName}\n${item.url}`,
        [
          `网站所载：${item.publishDate === null ? '未载明' : plainStated(item.publishDate)}`,
          `首次发现：${plainMoment(item.firstSeenAt)}`,
          `此前最后一次未见：${item.absentAt === null ? '没有完整采集可作证' : plainMoment(item.absentAt)}`,
          ...(item.archive === null ? [] : [`归档：${plainMoment(item.archive.fetchedAt)}`]),
        ].join('\n'),
        item.archive === null
          ? '没有归档记录'
          : [
              `SHA-256 ${item.archive.sha256}`,
              `${item.archive.file}，偏移 ${item.archive.offset}，${item.archive.size} 字节`,
              `HTTP ${item.archive.status}`,
              ...Object.entries(item.archive.headers).map(([name, value]) => `${name}: ${value}`),
            ].join('\n'),
      ]),
    },
  };
}

function coverage(alert: AlertDetailReply): SheetPart {
  const title = '七、查过哪些来源';
  if (alert.coverage.length === 0) return { title, paragraphs: ['本结论不依据“没有找到”，无须列出检索范围。'] };
  return {
    title,
    table: {
      columns: [
        ['来源与栏目', 46],
        ['覆盖的日期', 30],
        ['完整采集于', 24],
      ],
      rows: alert.coverage.map(({ sourceName, channelName, from, to, finishedAt }) => [
        `${sourceName}\u3000${channelName}`,
        from === null ? `最早至${plainDay(to)}` : plainSpan(from, to),
        plainMoment(finishedAt),
      ]),
    },
  };
}

function events(file: CaseDetailReply): SheetPart {
  return {
    title: '九、案件经过',
    table: {
      columns: [
        ['时间', 18],
        ['何人', 12],
        ['事项', 14],
        ['内容', 34],
        ['SHA-256', 22],
      ],
      rows: file.events.map(({ at, actor, actionName, words, hash }) => [
        plainMoment(at),
        actor.name,
        actionName,
        words.join('\n'),
        hash,
      ]),
    },
  };
}

function dayOrNone(day: string | undefined): string {
  return day === undefined ? '无' : plainDay(day);
}

function printableSheet(sheet: Sheet): Sheet {
  return {
    ...sheet,
    parts: sheet.parts.map(({ title, paragraphs, facts: pairs, table }) => ({
      title,
      ...(paragraphs && { paragraphs: paragraphs.map(printable) }),
      ...(pairs && { facts: pairs.map(([name, value]): [string, string] => [name, printable(value)]) }),
      ...(table && { table: { columns: table.columns, rows: table.rows.map((row) => row.map(printable)) } }),
    })),
  };
}
