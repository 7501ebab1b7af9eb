import { countedBy } from '../compliance/counted.ts';
import type { CaseFile, CaseStep, CaseSubject, KnownFacts } from '../model/case.ts';
import { dateNames } from '../model/date-names.ts';
import type { LocalDay } from '../model/day.ts';
import { ALERT_NATURE_NAMES } from '../model/finding.ts';
import type { Alert, AlertNature, Finding, ReasonCode } from '../model/finding.ts';
import { versionCause } from './confirmation.ts';

/** What a case knows of its alert. */
export function factsOfAlert({ finding, state, updatedAt }: Alert): KnownFacts {
  const { verdict, codes, severity, computed, sentence, ruleVersion, calendarVersion, evidence } = finding;
  return {
    at: updatedAt,
    alertState: state,
    verdict,
    codes,
    severity,
    computed,
    sentence,
    ruleVersion,
    calendarVersion,
    evidence: evidence.map(({ noticeId, role }) => ({ noticeId, role })),
  };
}

/** Names for what is told of a change. */
export interface FactWords {
  code(code: ReasonCode): string;
  notice(id: string): string;
}

/** What has changed, one sentence a fact; empty when the case was known by the same facts. The finding is the one that `now` is told of. */
export function changedFacts(
  before: CaseFile,
  subject: CaseSubject,
  now: KnownFacts,
  { facts, history }: Finding,
  words: FactWords,
): string[] {
  const was = before.facts;
  const changes: string[] = [];
  // What it said last may have been confirmed under later versions than the case was told of.
  const past = history?.at(-1);
  const cause = past === undefined ? null : versionCause({ ...past, evidence: was.evidence }, { ...now, facts });
  if (cause !== null) changes.push(`缘由是${cause}，所依据的公告没有改变。`);
  if (was.alertState !== now.alertState) {
    changes.push(standingWords(now.alertState, before.nature));
  }
  if (before.nature !== subject.nature) {
    const [was, is] = [ALERT_NATURE_NAMES[before.nature], ALERT_NATURE_NAMES[subject.nature]];
    const decided = before.nature === 'doubt' ? '原来无法判定，现已可以判定：' : '';
    changes.push(`${decided}由“${was}”变为“${is}”。`);
  }
  for (const code of now.codes) if (!was.codes.includes(code)) changes.push(`新增原因：${words.code(code)}`);
  for (const code of was.codes) if (!now.codes.includes(code)) changes.push(`不再有的原因：${words.code(code)}`);
  for (const [name, label] of dateNames(countedBy(subject.rule))) {
    if (was.computed[name] !== now.computed[name]) {
      changes.push(`${label}由 ${was.computed[name] ?? '无'} 变为 ${now.computed[name] ?? '无'}。`);
    }
  }
  const held = (facts: KnownFacts, id: string): boolean => facts.evidence.some(({ noticeId }) => noticeId === id);
  for (const { noticeId } of now.evidence) {
    if (!held(was, noticeId)) changes.push(`新增证据：《${words.notice(noticeId)}》`);
  }
  for (const { noticeId } of was.evidence) {
    if (!held(now, noticeId)) changes.push(`不再作为证据：《${words.notice(noticeId)}》`);
  }
  if (cause === null && was.ruleVersion !== now.ruleVersion) {
    changes.push(`其间规则版本由 ${was.ruleVersion} 变为 ${now.ruleVersion}。`);
  }
  if (cause === null && was.calendarVersion !== now.calendarVersion) {
    changes.push(`其间日历版本由 ${was.calendarVersion} 变为 ${now.calendarVersion}。`);
  }
  if (before.projectId !== subject.projectId) changes.push(`公告重新归并，项目现为“${subject.projectName}”。`);
  if (changes.length === 0 && was.sentence !== now.sentence) changes.push(`核查结论改为：${now.sentence}`);
  return changes;
}

function standingWords(state: KnownFacts['alertState'], nature: AlertNature): string {
  if (nature === 'doubt') return state === 'open' ? '又无法判定，重新存疑。' : '原来无法判定，按新的事实不再存疑。';
  return state === 'open' ? '曾经消除的提示重新成立。' : '按新的事实，本提示已不成立。';
}

/** The step that new facts make; `due` is the deadline should the case open again. */
export function factsStep(
  before: CaseFile,
  subject: CaseSubject,
  facts: KnownFacts,
  changes: string[],
  due: LocalDay | null,
): CaseStep {
  const wasDecided = before.state === 'dismissed' || before.state === 'closed';
  const effect =
    facts.alertState === 'cleared' && before.facts.alertState === 'open'
      ? 'cleared'
      : wasDecided && facts.alertState === 'open' && changes.length > 0
        ? 'reopened'
        : 'noted';
  return { action: 'facts_changed', subject, facts, changes, effect, due: effect === 'reopened' ? due : before.due };
}
