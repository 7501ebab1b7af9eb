import { DISMISSAL_REASONS } from '../model/case.ts';
import type { CaseEvent } from '../model/case.ts';
import { plainDay } from '../model/day-words.ts';

/** What an event says, line by line, in the words of the offices. */
export function wordsOf({ step }: CaseEvent): string[] {
  return [...own(step), ...('note' in step && step.note ? [step.note] : [])];
}

function own(step: CaseEvent['step']): string[] {
  const until = (due: string | null): string =>
    due === null ? '期限待定：所涉年度的放假安排尚未收录，收录后由系统补记' : `期限 ${plainDay(due)}`;
  switch (step.action) {
    case 'opened':
      return [
        ...(step.note === undefined ? [] : ['由人就无法判定的结论立案（存疑）']),
        step.facts.sentence,
        until(step.due),
      ];
    case 'facts_changed':
      return [...EFFECTS[step.effect], ...step.changes];
    case 'started':
    case 'rectifying':
    case 'reopened':
      return [until(step.due)];
    case 'confirmed':
      return step.due === undefined ? [] : [`整改期限 ${plainDay(step.due)}`];
    case 'dismissed':
      return [`理由：${DISMISSAL_REASONS[step.reason].name}`];
    case 'suspended':
      return [`暂挂至 ${plainDay(step.until)}`];
    case 'assigned':
      return [step.to === null ? '取消指派' : `指派给 ${step.to}`];
    case 'due_set':
      return [`期限改为 ${plainDay(step.due)}`];
    case 'asked':
      return [
        `询问：${step.to}`,
        step.replyBy === null
          ? '答复期限待定：所涉年度的放假安排尚未收录，收录后由系统补记'
          : `请于 ${plainDay(step.replyBy)} 前答复`,
      ];
    case 'deadlines_counted':
      return [
        '所涉年度的放假安排已收录，期限按当时起算补记。',
        ...(step.due === null ? [] : [`期限 ${plainDay(step.due)}`]),
        ...(step.replyBy === null ? [] : [`答复期限 ${plainDay(step.replyBy)}`]),
      ];
    case 'attached':
      return [`${step.name}（${step.size} 字节，SHA-256 ${step.sha256}）`];
    default:
      return [];
  }
}

const EFFECTS = {
  noted: [],
  cleared: ['后来的证据已消除本提示；案件保留，请核实后作出决定。'],
  reopened: ['因新的事实重新开启。'],
} as const;
