import type { Calendar } from '../compliance/calendar.ts';
import { CASE_STATE_NAMES, DISMISSAL_REASONS, dismissalReasonsOf } from '../model/case.ts';
import type { CaseDeadlines, CaseFile, CaseState, CaseStep, DismissalReason } from '../model/case.ts';
import { dayOf, isLocalDay } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { CorrectInput, StepNotAllowed } from '../model/errors.ts';
import { workingDaysAfter } from './deadlines.ts';

/** What a person asks for; deadlines that the calendar gives are left out. */
export type CaseCommand =
  | { action: 'started' | 'resumed' | 'acknowledged'; note: string }
  | { action: 'closed' | 'reopened' | 'replied' | 'commented'; note: string }
  | { action: 'confirmed'; due?: LocalDay; note: string }
  | { action: 'dismissed'; reason: DismissalReason; note: string }
  | { action: 'rectifying'; due?: LocalDay; note: string }
  | { action: 'suspended'; until: LocalDay; note: string }
  | { action: 'assigned'; to: string | null; note: string }
  | { action: 'due_set'; due: LocalDay; note: string }
  | { action: 'asked'; to: string; note: string }
  | { action: 'attached'; name: string; type: string; size: number; sha256: string; note: string };

export interface StepContext {
  calendar: Calendar;
  deadlines: CaseDeadlines;
  /** Epoch ms. */
  now: number;
}

/** Steps people take, in their words. */
export const STEP_NAMES: Record<CaseStep['action'], string> = {
  opened: '立案',
  facts_changed: '事实变化',
  started: '开始核查',
  confirmed: '确认',
  dismissed: '排除',
  rectifying: '要求整改',
  closed: '办结',
  suspended: '暂挂',
  resumed: '恢复办理',
  reopened: '重新核查',
  assigned: '指派',
  due_set: '改定期限',
  asked: '询问发布单位',
  deadlines_counted: '补记期限',
  replied: '登记答复',
  commented: '备注',
  attached: '附件',
  acknowledged: '已阅新事实',
};

const OPEN: readonly CaseState[] = ['pending', 'investigating', 'confirmed', 'rectifying', 'suspended'];
const ANY: readonly CaseState[] = [...OPEN, 'dismissed', 'closed'];

/** 待核 → 核查中 → 确认 or 排除; 确认 → 整改中 → 办结. */
const FROM: Record<CaseCommand['action'], readonly CaseState[]> = {
  started: ['pending'],
  confirmed: ['investigating'],
  dismissed: ['investigating'],
  rectifying: ['confirmed'],
  closed: ['rectifying'],
  suspended: ['pending', 'investigating', 'confirmed', 'rectifying'],
  resumed: ['suspended'],
  reopened: ['confirmed', 'rectifying', 'dismissed', 'closed'],
  assigned: OPEN,
  due_set: ['pending', 'investigating', 'confirmed', 'rectifying'],
  asked: ['investigating', 'rectifying'],
  replied: ANY,
  commented: ANY,
  attached: ANY,
  acknowledged: ANY,
};

/** Decisions are taken on all the facts: those that came in since must have been looked at. */
const DECISIONS: readonly CaseCommand['action'][] = ['confirmed', 'dismissed', 'closed'];
const NOTE_REQUIRED: readonly CaseCommand['action'][] = [
  'confirmed',
  'rectifying',
  'closed',
  'suspended',
  'reopened',
  'asked',
  'replied',
  'commented',
];
/** Long enough for a page of reasons, short enough for every list and sheet. */
export const MAX_NOTE = 4000;

/** What the state of a case allows next, for the page's buttons. */
export function allowedActions(file: CaseFile): CaseCommand['action'][] {
  return (Object.keys(FROM) as CaseCommand['action'][]).filter((action) => refusalOf(file, action) === null);
}

/** The step that a command makes of a case. Throws `StepNotAllowed` or `CorrectInput`, in words that say what to do. */
export function stepOf(file: CaseFile, command: CaseCommand, context: StepContext): CaseStep {
  const refusal = refusalOf(file, command.action);
  if (refusal !== null) throw new StepNotAllowed(file.number, ...refusal);
  const note = command.note.trim();
  if (note.length > MAX_NOTE) throw new CorrectInput('说明过长', `请缩短到 ${MAX_NOTE} 个字以内，长文请作为附件。`);
  if (note === '' && NOTE_REQUIRED.includes(command.action)) {
    throw new CorrectInput(`“${STEP_NAMES[command.action]}”须写明说明`, '请写明依据或内容，供日后查证。');
  }
  const { calendar, deadlines, now } = context;
  const within = (days: number): LocalDay | null => workingDaysAfter(calendar, now, days);
  switch (command.action) {
    case 'started':
    case 'reopened':
      return { action: command.action, note, due: within(deadlines.investigating) };
    case 'confirmed': {
      const due = laterDay(command.due, now);
      return { action: 'confirmed', note, ...(due !== undefined && { due }) };
    }
    case 'rectifying': {
      // The day given with the confirmation stands, unless it has passed or another is given.
      const given = file.due !== null && file.due > dayOf(now) ? file.due : null;
      return { action: 'rectifying', note, due: laterDay(command.due, now) ?? given ?? within(deadlines.rectifying) };
    }
    case 'dismissed':
      if (command.reason === 'other' && note === '') {
        throw new CorrectInput('排除理由选“其他”时须写明说明', '请写明理由，供日后查证。');
      }
      if (!(command.reason in DISMISSAL_REASONS)) throw new CorrectInput('没有这个排除理由', '请从理由表中选择。');
      if (!dismissalReasonsOf(file.nature).includes(command.reason)) {
        throw new CorrectInput(
          `“${DISMISSAL_REASONS[command.reason].name}”只用于存疑案件`,
          '请从适用于本案的理由中选择。',
        );
      }
      return { action: 'dismissed', reason: command.reason, note };
    case 'suspended':
      return { action: 'suspended', note, until: laterDay(command.until, now)! };
    case 'due_set':
      return { action: 'due_set', note, due: laterDay(command.due, now)! };
    case 'asked':
      if (command.to.trim() === '') throw new CorrectInput('没有写明询问的单位', '请写明发布单位的名称。');
      return { action: 'asked', to: command.to.trim(), note, replyBy: within(deadlines.reply) };
    case 'assigned':
      return { action: 'assigned', to: command.to, note };
    case 'attached': {
      const { name, type, size, sha256 } = command;
      return { action: 'attached', name, type, size, sha256, note };
    }
    default:
      return { action: command.action, note };
  }
}

/** What is said, and what to do; null: allowed. */
function refusalOf(file: CaseFile, action: CaseCommand['action']): [string, string] | null {
  if (!FROM[action].includes(file.state)) {
    const from = FROM[action].map((state) => CASE_STATE_NAMES[state]).join('、');
    return [
      `现为“${CASE_STATE_NAMES[file.state]}”，不能“${STEP_NAMES[action]}”`,
      `“${STEP_NAMES[action]}”只能用于：${from}。`,
    ];
  }
  if (action === 'acknowledged' && file.news === null) return ['没有未阅的新事实', '无须操作。'];
  if (action === 'replied' && file.question === null) return ['没有待答复的询问', '请先用“询问发布单位”登记询问。'];
  if (action === 'asked' && file.question !== null) return ['上一次询问尚未答复', '请先登记答复，再作新的询问。'];
  if (DECISIONS.includes(action) && file.news !== null) {
    return ['有新的事实尚未查阅', '请先查看页面上方的新事实并点“已阅”，再作决定。'];
  }
  return null;
}

/** A day after today; undefined stays undefined. */
function laterDay(day: LocalDay | undefined, now: number): LocalDay | undefined {
  if (day === undefined) return undefined;
  if (isLocalDay(day) && day > dayOf(now)) return day;
  throw new CorrectInput(`日期 ${day.slice(0, 20)} 不对`, '请写今天以后的日期，如 2026-12-31。', { day });
}
