import type { NoticeKind, Track } from '../model/notice.ts';
import type { LifecycleState, TimelineEntry } from '../model/project.ts';
import { unique } from './identity.ts';
import { NOTICE_KIND_NAMES } from '../model/notice-names.ts';
import { lifecycleOf, STATE_WORDS, type Edges } from './lifecycle-tables.ts';
import { kindOf, type RoundedGroup } from './rounds.ts';

/** What may still happen after a round is over without being an event of that round. */
const ALWAYS: readonly NoticeKind[] = ['correction', 'complaint', 'other', 'failed', 'terminated'];

/** Steps that a round may take again once a complaint was decided. */
const AFTER_COMPLAINT: readonly LifecycleState[] = ['CANDIDATES_PUBLICISED', 'AWARDED'];

interface RoundLife {
  state: LifecycleState;
  /** Where the round stood before it was suspended. */
  suspendedIn: LifecycleState | null;
  /** A complaint was decided: the bids may be evaluated anew, another supplier determined (招标投标法 art. 64, 招标投标法实施条例 art. 81, 政府采购法实施条例 art. 71). */
  complained: boolean;
}

/**
 * The project's life, event by event: the state of the event's round after it, and a remark where a step is missing
 * or out of order. A remark says what the notices collected show; that a period had not run out is the judge's matter.
 * `events` in order, as `inRounds` gives them; `allLots` the project's lots.
 */
export function timelineOf(track: Track, method: string | null, events: RoundedGroup[]): TimelineEntry[] {
  const edges = lifecycleOf(track, method);
  const allLots = unique(events.flatMap((e) => e.lots));
  const rounds = new Map<number, RoundLife>();
  return events.map((event) => {
    const life = rounds.get(event.round) ?? { state: 'UNKNOWN', suspendedIn: null, complained: false };
    rounds.set(event.round, life);
    const remark = step(life, event, edges, allLots);
    const { group, copies, round, day, lots } = event;
    return {
      day,
      kind: kindOf(event),
      round,
      lots,
      groupId: group.id,
      noticeIds: group.noticeIds,
      title: copies[0]?.fields.title ?? '',
      state: life.state,
      remark,
    };
  });
}

function step(life: RoundLife, event: RoundedGroup, edges: Edges, allLots: string[]): string | null {
  const kind = kindOf(event);
  const whole = event.lots.length === 0 || allLots.every((lot) => event.lots.includes(lot));
  const title = event.copies[0]?.fields.title ?? '';
  if (kind === 'suspended') {
    if (life.state === 'SUSPENDED') return null;
    life.suspendedIn = life.state;
    life.state = 'SUSPENDED';
    return null;
  }
  if (
    life.state === 'SUSPENDED' &&
    (kind === 'correction' ? /恢复|继续/.test(title) : kind !== 'other' && kind !== 'complaint')
  ) {
    life.state = life.suspendedIn ?? 'UNKNOWN';
    life.suspendedIn = null;
  }
  if (kind === 'failed' || kind === 'terminated') return end(life, kind, whole, event);
  life.complained ||= kind === 'complaint';
  if (ALWAYS.includes(kind)) return null;
  const edge = edges[kind];
  if (edge === undefined) return `本类项目的流程中没有“${NOTICE_KIND_NAMES[kind]}”环节`;
  const from = life.state;
  if (from === 'FAILED' || from === 'TERMINATED') {
    return `本轮已${STATE_WORDS[from]}，之后又发布“${NOTICE_KIND_NAMES[kind]}”，且未注明重新招标（采购）`;
  }
  const to = edge.titled?.as.test(title) === true ? edge.titled.to : edge.to;
  const rank = (state: LifecycleState): number => edges.order.indexOf(state);
  const again = edges.recurring?.includes(from) === true && edges.recurring.includes(to);
  if (life.complained && AFTER_COMPLAINT.includes(to) && rank(from) >= rank(to)) {
    life.state = to;
    return null;
  }
  if (rank(from) > rank(to) && !again) {
    // A round never goes back. Lots go their own ways: one is awarded while another is still publicised.
    const known = allLots.length < 2 || (whole && event.lots.length > 0);
    return known ? `“${NOTICE_KIND_NAMES[kind]}”发布在“${STATE_WORDS[from]}”之后，次序颠倒` : null;
  }
  life.state = to;
  if (again || edge.after === undefined || edge.after.includes(from)) return null;
  return from === 'UNKNOWN'
    ? `在已采集的公告中，“${NOTICE_KIND_NAMES[kind]}”之前未见${edge.missing}`
    : `由“${STATE_WORDS[from]}”直接进入“${STATE_WORDS[to]}”，在已采集的公告中未见${edge.missing}`;
}

function end(life: RoundLife, kind: 'failed' | 'terminated', whole: boolean, event: RoundedGroup): string | null {
  if (!whole)
    return `标段（包）${event.lots.join('、')}${kind === 'failed' ? '废标（流标）' : '终止'}，其余标段（包）继续`;
  const from = life.state;
  life.state = kind === 'failed' ? 'FAILED' : 'TERMINATED';
  return from === 'CONTRACTED' || from === 'CLOSED'
    ? `“${STATE_WORDS[from]}”之后又发布“${NOTICE_KIND_NAMES[kind]}”`
    : null;
}
