import { createHash } from 'node:crypto';

import type { Link, NoticeGroup } from '../model/project.ts';
import { byDay, daysApart, type Identity } from './identity.ts';
import { likenessOf } from './pair.ts';
import { containment, similarity } from './similarity.ts';

/** Copies go out within days, ten over a long holiday; unchanged ones within three weeks. Later, the same words are a new publication. */
export const COPY_WINDOW_DAYS = 10;
const LATE_COPY_WINDOW_DAYS = 21;
/** Below this many runs of five a body is a stub (详见附件), which resembles every other stub. */
const STUB = 60;

/**
 * The same notice on several pages, within one project. Every copy is kept: a group names them, it hides none.
 * `members` earliest first; a notice that stands alone is a group of one.
 */
export function groupCopies(members: Identity[]): { groups: NoticeGroup[]; links: Link[] } {
  const groups: Identity[][] = [];
  const links: Link[] = [];
  for (const notice of [...members].sort(byDay)) {
    const home = groups
      .map((group) => ({ group, link: group.map((other) => copyLink(other, notice)).find((l) => l !== null) }))
      .find(({ link }) => link != null);
    if (home?.link == null) {
      groups.push([notice]);
      continue;
    }
    home.group.push(notice);
    links.push(home.link);
  }
  return { groups: groups.map((g) => ({ id: groupId(g[0]?.id ?? ''), noticeIds: g.map((n) => n.id) })), links };
}

/** Why two notices of a project are the same notice, or null. `a` is the earlier. */
function copyLink(a: Identity, b: Identity): Link | null {
  if (a.fields.kind !== b.fields.kind || a.fields.round !== b.fields.round) return null;
  const days = daysApart(a, b);
  const elsewhere = a.where !== b.where;
  const likeness = a.fullTitle === b.fullTitle ? 1 : likenessOf(a, b);
  // 更正公告 and 中标结果更正公告 of one project: the words that a name leaves out tell them apart.
  if (a.fields.kind === 'correction' && likeness === 1 && similarity(a.fullTitle, b.fullTitle) < 0.9) return null;
  const stubs = [a, b].filter((n) => n.shingles().size < STUB);
  const overlap = stubs.length === 0 ? containment(a.shingles(), b.shingles()) : null;
  const twin = overlap !== null && overlap >= 0.98 && a.shingles().size === b.shingles().size;
  // A stub beside the full notice, on another site: it repeats title and nothing else, so it names no lots either.
  const stubOf = elsewhere && stubs.length === 1 && a.fullTitle === b.fullTitle;
  // The same words elsewhere, in an attached file whose table of lots has lost its columns.
  const retyped = elsewhere && a.fullTitle === b.fullTitle && (overlap ?? 0) >= 0.9;
  const lotless = (stubOf && stubs[0]?.lots.length === 0) || (retyped && (a.lots.length === 0 || b.lots.length === 0));
  if (!sameLots(a, b) && !lotless && !(twin && a.fullTitle === b.fullTitle)) return null;
  const differing = differences(a, b);
  const late = elsewhere && a.fullTitle === b.fullTitle && differing.length === 0 && (overlap ?? 0) >= 0.9;
  const close = days === null || days <= (late ? LATE_COPY_WINDOW_DAYS : elsewhere ? COPY_WINDOW_DAYS : 3);
  if (!close || likeness < 0.9) return null;
  // A copy elsewhere may be retyped with one mistake, which is then shown; within one column a difference is a new notice.
  if (differing.length > (elsewhere ? 1 : 0)) return null;
  const floor = elsewhere ? 0.8 : 0.97;
  if (overlap !== null ? overlap < floor : !(stubOf || (a.fullTitle === b.fullTitle && (days ?? 0) <= 1))) return null;
  const said = [
    likeness === 1 ? '标题相同' : `标题相似度 ${Math.floor(likeness * 100)}%`,
    overlap === null ? '已读出的字段一致' : `正文相同部分 ${Math.floor(overlap * 100)}%`,
    days === null ? '' : days === 0 ? '公告日相同' : `公告日相差 ${days} 天`,
    differing.length === 0 ? '' : `但${differing.join('、')}不一致`,
  ];
  const confidence = overlap === null ? 0.9 : differing.length === 0 ? 0.98 : 0.92;
  return {
    a: a.id,
    b: b.id,
    as: 'group',
    method: 'content',
    reason: said.filter((s) => s !== '').join('，'),
    confidence,
  };
}

function sameLots(a: Identity, b: Identity): boolean {
  const of = (n: Identity): string => (n.isLand ? n.parcels.slice().sort() : n.lots).join();
  return of(a) === of(b);
}

/** Fields that both pages state, differently; in the reader's words. */
function differences(a: Identity, b: Identity): string[] {
  const stated: [string, string | number | null, string | number | null][] = [
    ['金额', a.fields.amount, b.fields.amount],
    ['中标（成交）人', suppliers(a), suppliers(b)],
    ['开标时间', a.fields.openingDate?.slice(0, 10) ?? null, b.fields.openingDate?.slice(0, 10) ?? null],
    ['公示截止', a.fields.publicity?.to?.slice(0, 10) ?? null, b.fields.publicity?.to?.slice(0, 10) ?? null],
  ];
  return stated.filter(([, x, y]) => x !== null && y !== null && x !== y).map(([name]) => name);
}

function suppliers(notice: Identity): string | null {
  const names = notice.fields.suppliers.map((s) => s.normalize('NFKC').replace(/\s/g, '')).sort();
  return names.length === 0 ? null : names.join();
}

function groupId(firstNoticeId: string): string {
  return `g${createHash('sha256').update(firstNoticeId).digest('hex').slice(0, 16)}`;
}
