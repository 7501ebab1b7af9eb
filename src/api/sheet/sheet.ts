import { severityName } from '../../compliance/code-texts.ts';
import { plainDay, plainMoment, plainSpan } from '../../model/day-words.ts';
import type { CaseDetailReply } from '../case-schemas.ts';
import type { ApiContext } from '../context.ts';
import type { AlertDetailReply } from '../schemas.ts';
import { calendarFacts, countedDays } from './counting.ts';
import { factsUsed, readFacts } from './facts.ts';
import { absences, pages, snapshots } from './pages.ts';
import type { Sheet, SheetPart } from './part.ts';
import { printable } from './printable.ts';
import { weekDay, weekStated } from './week-day.ts';

type Evidence = AlertDetailReply['evidence'][number];

/** All that stands on the evidence sheet (核查单) of a case. Hostile text is made printable here, once. */
export async function evidenceSheet(context: ApiContext, file: CaseDetailReply): Promise<Sheet> {
  const alert = { ...file.alert, evidence: file.alert.evidence.toSorted(byPublication) };
  const notices = await context.store.notices.getMany(alert.evidence.map(({ noticeId }) => noticeId));
  const project = await context.store.projects.get(file.projectId);
  const stored = (await context.store.findings.alert(alert.key))?.finding.facts;
  const sheet: Sheet = {
    title: titleOf(alert),
    number: file.number,
    subtitle: `编号 ${file.number}\u3000状态 ${file.stateName}\u3000制表 ${plainMoment(context.clock.now())}（北京时间）`,
    parts: numbered([
      overview(file),
      conclusion(alert),
      { title: '规则与依据', facts: ruleFacts(alert) },
      pages(alert),
      readFacts(notices, alert.evidence),
      factsUsed(stored),
      countedDays(alert.finding),
      calendarFacts(context, alert.finding),
      snapshots(alert),
      ...absences(alert),
      coverage(alert),
      {
        title: '项目经过',
        table: {
          columns: [
            ['日期', 20],
            ['事项', 56],
            ['流程说明', 24],
          ],
          rows: (project?.timeline ?? []).map(({ day, title, remark }) => [
            day === null ? '未载明' : weekStated(day),
            title,
            remark ?? '',
          ]),
        },
      },
      events(file),
      {
        title: '复核办法',
        paragraphs: [
          `在本系统运行 gongshi verify ${file.number}，从归档原始字节重新读取、重新核查，并重算全部 SHA-256；有一个字节不同即指出。`,
          `本单所依据的案件经过共 ${file.version} 条，最后一条的 SHA-256 为 ${file.events.at(-1)?.hash ?? ''}。`,
          '公告内容以原网站为准；本单所载为采集时的归档与核查结果。',
        ],
      },
      {
        title: '签署',
        facts: [
          ['承办人（签字）', '\n'],
          ['审核人（签字）', '\n'],
          ['单位（盖章）', '\n\n'],
          ['日期', '\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日'],
        ],
      },
    ]),
  };
  return printableSheet(sheet);
}

/** As a project runs; what states no day stands last. */
function byPublication(a: Evidence, b: Evidence): number {
  const [first, second] = [a.publishDate ?? '9', b.publishDate ?? '9'];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Of a publicity period, of another duty, or of what could not be judged. */
function titleOf({ finding, nature }: AlertDetailReply): string {
  if (nature === 'doubt') return '存疑事项核查单';
  return finding.counted.counts === 'publicity' ? '公示期核查单' : '核查单';
}

const lotName = (lot: string | null): string => (lot === null ? '不分标段' : `标段（包）${lot}`);

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

/** 一、二、… 十、十一、 */
function numbered(parts: SheetPart[]): SheetPart[] {
  return parts.map((part, i) => ({
    ...part,
    title: `${i < 10 ? NUMERALS[i] : `十${NUMERALS[i - 10]}`}、${part.title}`,
  }));
}

function overview(file: CaseDetailReply): SheetPart {
  const { decision } = file;
  return {
    title: '案件概况',
    facts: [
      ['项目', file.projectName],
      ['采购人', file.purchaser ?? '未载明'],
      ['代理机构', file.agency ?? '未载明'],
      ['标段（包）与轮次', `${lotName(file.alert.finding.lot)}，第 ${file.alert.finding.round} 轮`],
      ['类别', NATURES[file.nature]],
      ['立案', `${plainMoment(file.openedAt)}，${opener(file)}`],
      ...(file.openedFor === null ? [] : [['立案理由', file.openedFor] as [string, string]]),
      ['承办人', file.assignee ?? '未指派'],
      ['期限', dueWords(file)],
      ...questionFacts(file),
      [
        '决定',
        decision === null
          ? '尚未作出'
          : `${decision.state === 'confirmed' ? '确认' : `排除（${decision.reason ?? ''}）`}，${decision.by}，${plainMoment(decision.at)}。${decision.note}`,
      ],
    ],
  };
}

const NATURES: Record<CaseDetailReply['nature'], string> = {
  violation: '违规告警',
  review: '待核提示（本地做法，不是违法认定）',
  doubt: '存疑（证据不足以判定，不是违法认定）',
};

function opener({ nature, events: [opening] }: CaseDetailReply): string {
  return nature === 'doubt' || opening?.actor.kind === 'person'
    ? `${opening?.actor.name}就无法判定的结论立案`
    : '系统按告警立案';
}

/** As the page says it. */
function dueWords({ due, dueUnknown, dueAfter, suspendedUntil }: CaseDetailReply): string {
  if (suspendedUntil !== null) return `暂挂至${weekDay(suspendedUntil)}`;
  if (dueUnknown) {
    const after = dueAfter === null ? '' : `晚于${weekDay(dueAfter)}，`;
    return `待定：${after}所涉年度的放假通知收录后确定`;
  }
  return due === null ? '无' : weekDay(due);
}

function questionFacts({ question, replyOverdue }: CaseDetailReply): [string, string][] {
  if (question === null) return [];
  const by =
    question.replyBy === null
      ? '答复期限待定，所涉年度的放假通知收录后确定'
      : `请于${weekDay(question.replyBy)}前答复${replyOverdue ? '，逾期未答复' : ''}`;
  return [['待答复的询问', `${question.to}：${question.text}（${by}）`]];
}

function conclusion(alert: AlertDetailReply): SheetPart {
  return {
    title: '核查结论',
    paragraphs: [
      ...clearedWords(alert),
      alert.sentence,
      ...alert.codeTexts.map((text) => `${alert.nature === 'doubt' ? '不能判定的原因' : '原因'}：${text}。`),
      `程度：${severityName(alert.severity)}。`,
      ...(alert.nature === 'doubt'
        ? ['本事项证据不足以判定，由监管人员立案查证，不是违法认定，不计入违规，不得作为违规对外说明。']
        : []),
      ...(alert.nature === 'review' ? ['本提示依据本地做法，国家规定并无此要求，不是违法认定，仅提示核实。'] : []),
    ],
  };
}

function clearedWords({ state, nature }: AlertDetailReply): string[] {
  if (state !== 'cleared') return [];
  return [
    nature === 'doubt'
      ? '后来的事实已可判定，本事项不再存疑，保留备查。原来的结论如下：'
      : '后来的证据已消除本提示，保留备查。原提示如下：',
  ];
}

function ruleFacts({ finding }: AlertDetailReply): [string, string][] {
  return [
    ['规则', `${finding.ruleTitle}（${finding.rule}，第 ${finding.ruleVersion} 版）`],
    ['依据', finding.ruleBasis],
    ['日历版本', finding.calendarVersion],
    ['核查时间', plainMoment(finding.judgedAt)],
  ];
}

function coverage(alert: AlertDetailReply): SheetPart {
  const title = '查过哪些来源';
  if (alert.coverage.length === 0) {
    const isGap = alert.codes.includes('COVERAGE_GAP') || alert.codes.includes('EVENT_NOT_SEEN');
    return {
      title,
      paragraphs: [
        isGap
          ? '应当刊登的栏目，没有一个在核查时已完整采集到所需日期，故不从“没有找到”下结论。'
          : '本结论不依据“没有找到”，无须列出检索范围。',
      ],
    };
  }
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
    title: '案件经过',
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
