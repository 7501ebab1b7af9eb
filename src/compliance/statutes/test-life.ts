import type { Judgement } from '../../model/finding.ts';
import type { LifeEvent, ProjectLife } from '../../model/life.ts';
import type { NoticeKind } from '../../model/notice.ts';
import { judgeLife } from '../judge-life.ts';
import { calendar, localWorks, policyWith, tender } from '../test-facts.ts';

// For tests only: a project's life in as few words as a statute needs.

let serial = 0;

export function event(kind: NoticeKind, published: string, more: Partial<LifeEvent> = {}): LifeEvent {
  serial++;
  return {
    kind,
    round: 1,
    title: '某公告',
    noticeIds: [`n${serial}`],
    published,
    onDesignated: published,
    documents: null,
    opening: null,
    listing: null,
    determined: null,
    letter: null,
    signed: null,
    candidates: [],
    outcomes: [{ lot: null, ceiling: null, amount: null, suppliers: [], failed: false }],
    ...more,
  };
}

/** An outcome of the whole project. */
export function outcome(part: Partial<LifeEvent['outcomes'][number]>): Pick<LifeEvent, 'outcomes'> {
  return { outcomes: [{ lot: null, ceiling: null, amount: null, suppliers: [], failed: false, ...part }] };
}

export const construction = tender;
export const purchase: ProjectLife['project'] = { ...localWorks, category: 'goods', subtype: null };
export const land: ProjectLife['project'] = { regime: 'land', method: 'listing', category: 'land', on: '2024-03-04' };

export function life(
  project: ProjectLife['project'],
  events: LifeEvent[],
  more: Partial<ProjectLife> = {},
): ProjectLife {
  return {
    id: 'p1',
    project,
    ceiling: null,
    round: 1,
    asOf: '2024-12-31',
    events,
    gaps: { contract: null, medium: null },
    ...more,
  };
}

/** The rule's judgement of the first lot; null where the rule has nothing to say. */
export function judged(rule: string, of: ProjectLife, switchedOff: string[] = []): Judgement | null {
  const enabled = { ...policyWith({}).enabled, ...Object.fromEntries(switchedOff.map((id) => [id, false])) };
  return judgeLife(of, policyWith({ enabled }), calendar).find((judgement) => judgement.rule === rule) ?? null;
}

/** Verdict and codes, and the day that limits. */
export function verdictOf(rule: string, of: ProjectLife): string {
  const found = judged(rule, of);
  if (found === null) return 'nothing';
  const { earliestAllowed, deadline } = found.computed;
  return [found.verdict, ...found.codes, earliestAllowed ?? deadline].filter((part) => part !== undefined).join(' ');
}
