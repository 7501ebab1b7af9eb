import type { Store } from '../../storage/store.ts';
import type { Clock } from '../model/clock.ts';
import { CorrectInput } from '../model/errors.ts';
import type { Lead } from '../model/lead.ts';
import { namedIn } from '../model/link-decision.ts';
import type { LinkDecision } from '../model/link-decision.ts';

/** What a person says of notices; reason and name are what the record shows for good. */
export type LinkWord =
  | { verdict: 'together'; notices: string[]; by: string; reason: string }
  /** These are of another project than the rest of the one that holds them. */
  | { verdict: 'apart'; notices: string[]; by: string; reason: string }
  /** Of the notices that the project holds now, and those of the other. */
  | { verdict: 'together' | 'apart'; projects: [string, string]; by: string; reason: string };

/** Longest reason kept, in characters: a paragraph, not a file. */
export const LONGEST_REASON = 500;

export interface DecisionRecord {
  store: Pick<Store, 'linkDecisions' | 'projects' | 'leads'>;
  clock: Clock;
}

/**
 * Keeps a person's word; the next linking heeds it. Throws `CorrectInput` for a word that says nothing, or names what
 * is not there.
 */
export async function recordDecision(
  { store, clock }: DecisionRecord,
  id: string,
  word: LinkWord,
): Promise<LinkDecision> {
  const decision: LinkDecision = {
    id,
    ...(await meant(store, word)),
    ...signed(word.by, word.reason),
    at: clock.now(),
    withdrawn: null,
  };
  await store.linkDecisions.put(decision);
  await markLeads(store, decision, decision.at);
  return decision;
}

/** Takes a decision back: from the next linking on what was found holds again. Throws `CorrectInput` for one that is not standing. */
export async function recordWithdrawal(
  { store, clock }: DecisionRecord,
  id: string,
  { by, reason }: { by: string; reason: string },
): Promise<LinkDecision> {
  const decision = await store.linkDecisions.get(id);
  if (decision === null) throw new CorrectInput(`没有归并裁定 ${id}`, '请核对编号。', { id });
  if (decision.withdrawn !== null) throw new CorrectInput(`归并裁定 ${id} 已经撤销`, '不必再次撤销。', { id });
  const withdrawn = { ...decision, withdrawn: { ...signed(by, reason), at: clock.now() } };
  await store.linkDecisions.put(withdrawn);
  await markLeads(store, withdrawn, withdrawn.withdrawn.at);
  return withdrawn;
}

/** Leads on the projects that hold these notices now rest on what the next linking changes: until then they say so. */
async function markLeads(store: DecisionRecord['store'], decision: LinkDecision, at: number): Promise<void> {
  const homes = await store.projects.ofNotices(namedIn(decision));
  const affected = new Map<string, Lead>();
  for (const projectId of new Set(homes.values())) {
    for (const lead of await store.leads.ofProject(projectId)) affected.set(lead.key, { ...lead, affectedAt: at });
  }
  if (affected.size > 0) await store.leads.replace([], [...affected.values()]);
}

function signed(by: string, reason: string): { by: string; reason: string } {
  const [name, why] = [by.trim(), reason.trim()];
  if (name === '') throw new CorrectInput('没有写明裁定人', '请写明姓名，记录中将长期显示。', {});
  if (why === '') throw new CorrectInput('没有写明理由', '请写明理由，例如“采购计划编号一致，结果公告编号印错”。', {});
  if (why.length > LONGEST_REASON) {
    throw new CorrectInput(`理由超过 ${LONGEST_REASON} 字`, '请写得简短些，依据另行存档。', { length: why.length });
  }
  return { by: name, reason: why };
}

async function meant(
  store: DecisionRecord['store'],
  word: LinkWord,
): Promise<Pick<LinkDecision, 'verdict' | 'notices' | 'others'>> {
  if ('projects' in word) {
    const [own, other] = await Promise.all([noticesOf(store, word.projects[0]), noticesOf(store, word.projects[1])]);
    if (word.projects[0] === word.projects[1]) throw new CorrectInput('两个项目是同一个', '请指定另一个项目。', {});
    return word.verdict === 'together'
      ? { verdict: 'together', notices: [...own, ...other], others: [] }
      : { verdict: 'apart', notices: own, others: other };
  }
  const notices = [...new Set(word.notices)];
  const homes = await store.projects.ofNotices(notices);
  const unknown = notices.filter((id) => !homes.has(id));
  if (unknown.length > 0) throw new CorrectInput(`没有公告 ${unknown.join('、')}`, '请核对公告编号。', { unknown });
  if (word.verdict === 'together') {
    if (notices.length < 2) throw new CorrectInput('归并至少需要两条公告', '请指定另一条公告。', {});
    return { verdict: 'together', notices, others: [] };
  }
  const [home, ...more] = new Set(homes.values());
  if (home === undefined || more.length > 0) {
    throw new CorrectInput('拆出的公告不在同一个项目中', '请逐个项目拆分。', { projects: [...homes.values()] });
  }
  const others = (await noticesOf(store, home)).filter((id) => !notices.includes(id));
  if (others.length === 0) {
    throw new CorrectInput('拆出的是项目的全部公告', '请至少留下一条公告。', { project: home });
  }
  return { verdict: 'apart', notices, others };
}

async function noticesOf(store: DecisionRecord['store'], projectId: string): Promise<string[]> {
  const project = await store.projects.get(projectId);
  if (project === null) throw new CorrectInput(`没有项目 ${projectId}`, '请核对项目编号。', { projectId });
  return project.noticeIds;
}
