import type { Store } from '../../storage/store.ts';
import { canonical } from '../model/canonical.ts';
import { namedIn } from '../model/link-decision.ts';
import type { LinkDecision } from '../model/link-decision.ts';
import type { LinkSuggestion } from '../model/link-suggestion.ts';
import type { Notice } from '../model/notice.ts';
import type { Project } from '../model/project.ts';
import { assemble } from './assemble.ts';
import { wordsOf } from './decisions.ts';
import { candidateEditsOf } from './candidate-edits.ts';
import { factSheetOf } from './fact-sheet.ts';
import { identityOfStored, unique, type Identity } from './identity.ts';
import { linkKeysOf, meetings } from './keys.ts';
import { linkNotices, type LinkedProject } from './link.ts';
import { pairLink } from './pair.ts';
import { sheetText } from './sheet-text.ts';
import { suggesting, suggestionsAmong, undecidedLink, type Assembled } from './suggest.ts';
import { weakLink, type WeakLink } from './weak.ts';

interface Matched {
  /** Projects written. */
  projects: number;
  /** Their ids, for judging. */
  touched: string[];
}

/** Notices taken at once: enough that copies meet within a batch, little enough (some 20 KB each) to hold in memory. */
const BATCH = 1000;

type MatchStore = Pick<Store, 'notices' | 'projects' | 'linkDecisions' | 'runs'>;

/**
 * Brings the projects up to date with the notices created or changed since the last time.
 * What comes out is what a rebuild of everything would give: all notices that a chain of links joins to a new one are
 * linked anew, together with the members of the projects that held them. So is what a person decided otherwise than it
 * stands: another process may have linked it meanwhile without knowing.
 */
export async function matchNotices(store: MatchStore): Promise<Matched> {
  const touched = new Set<string>();
  const unheeded = await unheededWords(store);
  let batch = await store.notices.unmatched(BATCH);
  if (unheeded.length > 0) {
    const there = new Set(batch.map((n) => n.id));
    batch.push(...(await store.notices.getMany(unheeded.filter((id) => !there.has(id)))));
  }
  while (batch.length > 0) {
    const gone = await matchBatch(store, batch, touched);
    for (const id of gone) touched.delete(id);
    const next = await store.notices.unmatched(BATCH);
    if (next.length > 0 && next.every((n) => batch.some((b) => b.id === n.id))) {
      throw new Error(`the store left notices unmatched that were written: ${next[0]?.id}`);
    }
    batch = next;
  }
  return { projects: touched.size, touched: [...touched].sort() };
}

/** Notices that stand otherwise than a person decided. */
async function unheededWords(store: MatchStore): Promise<string[]> {
  const standing = await store.linkDecisions.standing();
  if (standing.length === 0) return [];
  const homes = await store.projects.ofNotices(unique(standing.flatMap(namedIn)));
  const words = wordsOf(standing, new Set(homes.keys()));
  const torn = words.together.filter(({ a, b }) => homes.get(a) !== homes.get(b)).flatMap(({ a, b }) => [a, b]);
  const mixed = [...homes].flatMap(([id, home]) =>
    [...words.apartFrom(id)].some((other) => homes.get(other) === home) ? [id] : [],
  );
  return unique([...torn, ...mixed]);
}

/** Returns the ids of projects that are gone. */
async function matchBatch(store: MatchStore, batch: Notice[], touched: Set<string>): Promise<string[]> {
  const { members: neighbourhood, near, decisions } = await gather(store, batch);
  const members = [...neighbourhood.values()];
  const before = new Set((await store.projects.ofNotices([...neighbourhood.keys()])).values());
  const linked = linkNotices(
    members.map((m) => m.identity),
    decisions,
  );
  const around = await surroundings(store, near, neighbourhood, before);
  const projects = suggested(linked, around, near, decisions);
  const keys = new Map(members.map((m) => [m.identity.id, linkKeysOf(m.identity).stored]));
  const sheets = await sheetsFor(store, projects, neighbourhood);
  await store.projects.replace([...neighbourhood.keys()], projects, keys, sheets);
  for (const project of projects) {
    touched.add(project.id);
    before.delete(project.id);
  }
  return [...before];
}

/** What the projects are judged by, written out. Of projects around, the notices are not among the members. */
async function sheetsFor(
  store: MatchStore,
  projects: readonly Project[],
  members: ReadonlyMap<string, Member>,
): Promise<Map<string, string>> {
  const around = projects.flatMap(({ noticeIds }) => noticeIds.filter((id) => !members.has(id)));
  const notices = around.length === 0 ? [] : await store.notices.getMany(around);
  const outside = new Map(notices.map((notice) => [notice.id, notice]));
  const noticesOf = ({ noticeIds }: Project): Notice[] =>
    noticeIds.flatMap((id) => members.get(id)?.notice ?? outside.get(id) ?? []);
  const edits = await candidateEditsOf(store, projects.flatMap(noticesOf));
  return new Map(projects.map((project) => [project.id, sheetText(factSheetOf(project, noticesOf(project), edits))]));
}

interface Member {
  notice: Notice;
  identity: Identity;
  /** As it stands, and as it stood in earlier revisions: what it was linked to then must be linked anew without it. */
  versions: Identity[];
}

interface Neighbourhood {
  members: Map<string, Member>;
  /** Weak links to notices outside. */
  near: WeakLink[];
  decisions: LinkDecision[];
}

/**
 * The new and changed notices, the members of the projects that held them, and everything that links join to these,
 * through however many steps; what stands near without being linked; and what people say of any of these.
 */
async function gather(store: MatchStore, batch: Notice[]): Promise<Neighbourhood> {
  const members = new Map<string, Member>();
  const near: WeakLink[] = [];
  const decisions = new Map<string, LinkDecision>();
  const include = async (notices: Notice[]): Promise<Member[]> => {
    const added: Member[] = [];
    for (const notice of notices) {
      if (members.has(notice.id)) continue;
      const member = await memberOf(store, notice);
      members.set(notice.id, member);
      added.push(member);
    }
    return added;
  };
  let front = await include(batch);
  front.push(...(await include(await formerCompanions(store, batch))));
  while (front.length > 0) {
    const searching = new Map<string, Identity[]>();
    for (const identity of front.flatMap((m) => m.versions)) {
      for (const key of linkKeysOf(identity).searched()) {
        const others = searching.get(key);
        if (others === undefined) searching.set(key, [identity]);
        else others.push(identity);
      }
    }
    const found = await store.notices.byLinkKeys([...searching.keys()]);
    const named = await store.linkDecisions.naming(front.map((m) => m.identity.id));
    for (const decision of named) decisions.set(decision.id, decision);
    const joined = named.filter((d) => d.verdict === 'together').flatMap(namedIn);
    const linked: Notice[] = [];
    for (const notice of found) {
      if (members.has(notice.id)) continue;
      const identity = identityOfStored(notice);
      const met = [...new Set(linkKeysOf(identity).stored.flatMap((key) => searching.get(key) ?? []))];
      if (met.some((other) => pairLink(other, identity) !== null)) linked.push(notice);
      else near.push(...met.filter((m) => isPresent(m, members)).flatMap((other) => weakLink(other, identity) ?? []));
    }
    front = await include(linked);
    front.push(...(await include(await store.notices.getMany(unique(joined).filter((id) => !members.has(id))))));
  }
  return { members, near, decisions: [...decisions.values()] };
}

function isPresent(version: Identity, members: ReadonlyMap<string, Member>): boolean {
  return members.get(version.id)?.identity === version;
}

/** The projects outside that are near now, or were near to the projects that held the members before. */
async function surroundings(
  store: MatchStore,
  near: readonly WeakLink[],
  members: ReadonlyMap<string, Member>,
  before: ReadonlySet<string>,
): Promise<Assembled[]> {
  const former = await Promise.all([...before].map((id) => store.projects.get(id)));
  const outside = unique([
    ...near.flatMap(({ a, b }) => [a, b]),
    ...former.flatMap((project) => project?.suggestions ?? []).map(({ other }) => other),
  ]).filter((id) => !members.has(id));
  if (outside.length === 0) return [];
  const ids = unique([...(await store.projects.ofNotices(outside)).values()]);
  const around = await Promise.all(
    ids.map(async (id): Promise<Assembled[]> => {
      const project = await store.projects.get(id);
      // One that holds a member is linked anew itself.
      if (project === null || project.noticeIds.some((noticeId) => members.has(noticeId))) return [];
      return [{ project, members: (await store.notices.getMany(project.noticeIds)).map(identityOfStored) }];
    }),
  );
  return around.flat();
}

/** The linked projects, and those around them of which something else is suggested now. */
function suggested(
  linked: readonly LinkedProject[],
  around: readonly Assembled[],
  near: readonly WeakLink[],
  decisions: readonly LinkDecision[],
): Project[] {
  const fresh = linked.map((l): Assembled => ({ project: assemble(l), members: l.members }));
  const own = new Map(fresh.flatMap(({ members }) => members.map((m) => [m.id, m] as const)));
  const weak = [...near, ...undecided(linked, own), ...weakLinks(fresh)];
  const everybody = [...fresh, ...around];
  const words = wordsOf(decisions, new Set(everybody.flatMap(({ members }) => members.map((m) => m.id))));
  const suggestions = suggestionsAmong(everybody, weak, words);
  const of = ({ project }: Assembled): LinkSuggestion[] => suggestions.get(project.id) ?? [];
  return [
    ...fresh.map((a) => suggesting(a.project, of(a))),
    ...around.flatMap((a) => {
      const elsewhere = (a.project.suggestions ?? []).filter(({ other }) => !own.has(other));
      const told = suggesting(a.project, [...elsewhere, ...of(a)]);
      return canonical(told) === canonical(a.project) ? [] : [told];
    }),
  ];
}

function undecided(linked: readonly LinkedProject[], own: ReadonlyMap<string, Identity>): WeakLink[] {
  return linked.flatMap((project) => project.undecided).map(({ a, b }) => undecidedLink(own.get(a)!, own.get(b)!));
}

/** Weak links between the members of different projects. */
function weakLinks(projects: readonly Assembled[]): WeakLink[] {
  if (projects.length < 2) return [];
  const home = new Map(projects.flatMap((p) => p.members.map((m) => [m.id, p] as const)));
  const weak: WeakLink[] = [];
  for (const [a, b] of meetings(projects.flatMap((p) => p.members))) {
    const link = home.get(a.id) === home.get(b.id) ? null : weakLink(a, b);
    if (link !== null) weak.push(link);
  }
  return weak;
}

async function memberOf(store: Pick<Store, 'notices'>, notice: Notice): Promise<Member> {
  const identity = identityOfStored(notice);
  const versions = [identity];
  if (notice.revision > 1) {
    for (const { fields, revision } of await store.notices.revisions(notice.id)) {
      // Revisions keep the fields; the text is near enough to tell copies by.
      if (revision !== notice.revision) versions.push(identityOfStored({ ...notice, fields }));
    }
  }
  return { notice, identity, versions };
}

/** The notices that stood in one project with these until now. */
async function formerCompanions(store: MatchStore, batch: Notice[]): Promise<Notice[]> {
  const ids: string[] = [];
  for (const projectId of new Set((await store.projects.ofNotices(batch.map((n) => n.id))).values())) {
    ids.push(...((await store.projects.get(projectId))?.noticeIds ?? []));
  }
  return ids.length === 0 ? [] : store.notices.getMany(unique(ids));
}
