import { createHash } from 'node:crypto';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { caseOf, hashOf } from '../cases/case-events.ts';
import { judgementsOf } from '../cases/judge-round.ts';
import { calendarMark, settingsVersion } from '../cases/settings-version.ts';
import type { Calendar } from '../compliance/calendar.ts';
import { codeText, verdictName } from '../compliance/code-texts.ts';
import { ruleOf } from '../compliance/rules/index.ts';
import { withFiles } from '../crawl/attachment-chain.ts';
import { observationsOf } from '../crawl/observation.ts';
import type { ArchiveRecord } from '../model/archive.ts';
import { canonical } from '../model/canonical.ts';
import { dayOf, momentOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { CorrectInput, GongshiError } from '../model/errors.ts';
import type { Alert, Finding, Judgement } from '../model/finding.ts';
import type { Notice, NoticeObservation, NoticeRevision } from '../model/notice.ts';
import type { Policy } from '../model/policy.ts';
import type { Vanishing } from '../model/vanishing.ts';
import { candidateEditsOf } from '../projects/candidate-edits.ts';
import { factSheetOf } from '../projects/fact-sheet.ts';
import { goneDaysOf } from '../projects/gone-days.ts';
import { matchNotices } from '../projects/stage.ts';
import { contentId, readKept } from './settings-in-force.ts';
import type { Workshop } from './workshop.ts';

/**
 * One thing that was held against what is stored.
 * - `unverifiable`: it could not be computed again, because …: neither equal nor different
 * - `aside`: told beside, held against nothing
 */
export interface Check {
  what: string;
  outcome: 'equal' | 'different' | 'unverifiable' | 'aside';
  /** Why, in words; null where equal. */
  words: string | null;
}

type Bench = Pick<Workshop, 'store' | 'archive' | 'readers' | 'calendar' | 'config'>;

/**
 * Recomputes every hash of a case and its verdict from the archived bytes: events, attachments, pages, visits that found a
 * page gone, the fields read from the pages by today's parsers, and the judgement of them as of the moment it was given,
 * under the rule's version, the calendar and the settings that the finding names. Stored fields, projects and findings are
 * only compared with, never used; what is taken from the store is what happened (which runs were complete, when a page was
 * seen or gone, what a person decided on links). A verdict that cannot be computed again is said to be so, with the reason
 * and with what today's rule, calendar and settings make of the same pages. Throws `CorrectInput` for a number that is no case.
 */
export async function verifyCase(bench: Bench, number: string): Promise<Check[]> {
  const { store } = bench;
  const file = await store.cases.get(number);
  if (file === null) throw new CorrectInput(`没有案件 ${number}`, '请核对编号，如 KY-2026-0001。', { number });
  const alert = await store.findings.alert(file.alertKey);
  if (alert === null)
    throw new CorrectInput(`案件 ${number} 的告警不在库中`, '请核对数据库，或从备份恢复。', { number });
  const checks = [...(await checkEvents(store, number)), ...(await checkAttachments(store, number))];
  const reread: NoticeObservation[] = [];
  const visits: ArchiveRecord[] = [];
  const unread: string[] = [];
  const notices = await noticesOf(store, alert);
  for (const notice of notices) {
    const revisions = (await store.notices.revisions(notice.id)).filter(
      ({ observedAt }) => observedAt <= alert.finding.judgedAt,
    );
    for (const revision of revisions) {
      const { difference, observation } = await checkPage(bench, notice, revision);
      checks.push(compared(`归档页面 ${notice.id} 第 ${revision.revision} 稿（${revision.archiveId}）`, difference));
      if (observation === null) unread.push(`${notice.id} 第 ${revision.revision} 稿`);
      else reread.push(observation);
    }
    // A list changed in place stood until our last visit that found it: that visit's bytes bear on the verdict as well.
    if (revisions.length > 1 && notice.fields.kind === 'candidate')
      visits.push(...(await visitsUntil(bench, notice, alert.finding.judgedAt)));
  }
  for (const visit of visits) checks.push(...(await checkVisit(bench, visit)));
  const vanishings = await vanishingsUntil(store, alert.finding.judgedAt);
  const ids = new Set(notices.map(({ id }) => id));
  for (const vanishing of vanishings)
    if (ids.has(vanishing.noticeId)) checks.push(...(await checkProbes(bench, vanishing)));
  return [
    ...checks,
    ...(await checkVerdict(bench, alert, { reread, visits, unread, goneDays: goneDaysOf(vanishings) })),
  ];
}

function compared(what: string, difference: string | null): Check {
  return { what, outcome: difference === null ? 'equal' : 'different', words: difference };
}

async function checkEvents(store: Store, number: string): Promise<Check[]> {
  const events = await store.cases.events(number);
  const checks = events.map((event, i): Check => {
    const what = `案件经过第 ${event.seq} 条`;
    if (event.seq !== i + 1) return compared(what, `应为第 ${i + 1} 条，中间缺失`);
    if (event.previous !== (events[i - 1]?.hash ?? '')) return compared(what, '与上一条的哈希接不上');
    return compared(what, hashOf(event) === event.hash ? null : '内容与其 SHA-256 不符');
  });
  const stored = await store.cases.get(number);
  const isSame = canonical(caseOf(events)) === canonical(stored);
  return [...checks, compared('案件现状', isSame ? null : '与其经过推出的不一致')];
}

async function checkAttachments(store: Store, number: string): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { step } of await store.cases.events(number)) {
    if (step.action !== 'attached') continue;
    const bytes = await store.cases.attachment(step.sha256);
    const difference =
      bytes === null
        ? '附件内容不在库中'
        : createHash('sha256').update(bytes).digest('hex') === step.sha256
          ? null
          : '内容与其 SHA-256 不符';
    checks.push(compared(`附件 ${step.name}`, difference));
  }
  return checks;
}

/** What was known of pages gone from their lists at that moment: runs that had ended, visits that had been made. */
async function vanishingsUntil(store: Store, moment: number): Promise<Vanishing[]> {
  const known: Vanishing[] = [];
  for await (const vanishing of store.contents('vanishings')) {
    if (vanishing.openedAt > moment) continue;
    const missedBy = [];
    for (const missed of vanishing.missedBy) {
      const run = await store.runs.get(missed.runId);
      if (run?.finishedAt != null && run.finishedAt <= moment) missedBy.push(missed);
    }
    known.push({ ...vanishing, missedBy, probes: vanishing.probes.filter(({ at }) => at <= moment) });
  }
  return known;
}

/** Every archived visit to the page of a notice up to a moment. */
async function visitsUntil({ store }: Bench, { archiveId }: Notice, moment: number): Promise<ArchiveRecord[]> {
  const record = await store.runs.archiveRecord(archiveId);
  const visits = record === null ? [] : await store.runs.archiveRecordsOf(record.url);
  return visits.filter(({ fetchedAt }) => fetchedAt <= moment);
}

/** Nothing is told of a visit whose bytes are those of its SHA-256. */
async function checkVisit({ archive }: Bench, record: ArchiveRecord): Promise<Check[]> {
  try {
    await archive.readPage(record);
    return [];
  } catch (error) {
    const what = `重访页面 ${record.url} ${momentOf(record.fetchedAt)}（${record.id}）`;
    return [{ what, outcome: 'unverifiable', words: failureWords(error) }];
  }
}

/** The archived replies by which a page was found gone. */
async function checkProbes({ store, archive }: Bench, { noticeId, probes }: Vanishing): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { at, found, status, archiveId } of probes) {
    if (found !== 'gone' || archiveId === null) continue;
    const what = `公告打不开的记录 ${noticeId} ${momentOf(at)}（${archiveId}）`;
    const record = await store.runs.archiveRecord(archiveId);
    if (record === null) checks.push(compared(what, '归档索引中没有这份记录'));
    else if (record.status !== status) checks.push(compared(what, `应答状态为 ${record.status}，当时记为 ${status}`));
    else checks.push(compared(what, await unreadable(() => archive.readPage(record))));
  }
  return checks;
}

/** Null where the bytes are those of the SHA-256. */
async function unreadable(read: () => Promise<unknown>): Promise<string | null> {
  try {
    await read();
    return null;
  } catch (error) {
    return failureWords(error);
  }
}

function failureWords(error: unknown): string {
  return error instanceof GongshiError ? `${error.code}：${error.message}` : `读取失败：${String(error)}`;
}

/** All notices of the project, for copies and corrections decide too; and those of the evidence, should they have gone elsewhere. */
async function noticesOf(store: Store, { projectId, finding }: Alert): Promise<Notice[]> {
  const project = await store.projects.get(projectId);
  const ids = new Set([...(project?.noticeIds ?? []), ...finding.evidence.map(({ noticeId }) => noticeId)]);
  return (await store.notices.getMany([...ids])).filter(({ firstSeenAt }) => firstSeenAt <= finding.judgedAt);
}

async function checkPage(
  { store, archive, readers }: Bench,
  notice: Notice,
  revision: NoticeRevision,
): Promise<{ difference: string | null; observation: NoticeObservation | null }> {
  const none = (difference: string) => ({ difference, observation: null });
  const record = await store.runs.archiveRecord(revision.archiveId);
  if (record === null) return none('归档索引中没有这份记录');
  const reader = readers.find(({ definition }) => definition.id === record.sourceId);
  if (reader === undefined) return none(`没有来源 ${record.sourceId} 的解析程序`);
  try {
    // Refused when the bytes are not those of the SHA-256.
    const page = await archive.readPage(record);
    const detail = reader.read(page);
    if (detail.role !== 'detail') return none('归档的应答不是公告详情');
    const absence = { lastAbsent: () => Promise.resolve(revision.revision === 1 ? notice.absentAt : null) };
    // What the page leaves to its files is read from them, as it was at first.
    const whole = await withFiles(detail, notice.attachments, { archive, runs: store.runs, fresh: record });
    const [observation] = await observationsOf(page.request, whole, record, absence);
    if (observation === undefined) return none('从归档读出的公告不属本地区');
    const difference = observation.digest === revision.digest ? null : fieldsDiffer(revision, observation);
    return { difference, observation };
  } catch (error) {
    return none(failureWords(error));
  }
}

function fieldsDiffer(revision: NoticeRevision, { reading }: NoticeObservation): string {
  const names = Object.keys(reading.fields) as (keyof typeof reading.fields)[];
  const changed = names.filter((name) => canonical(reading.fields[name]) !== canonical(revision.fields[name]));
  return `现在的解析程序读出的字段与当时不同：${changed.join('、')}`;
}

/** What was read again, and what could not be. */
interface Reread {
  reread: NoticeObservation[];
  /** Of the pages that say something else than at first. */
  visits: ArchiveRecord[];
  unread: string[];
  goneDays: ReadonlyMap<string, LocalDay[]>;
}

/** The verdict under what the finding names; beside it, where that is not what holds today, today's. */
async function checkVerdict(bench: Bench, { finding }: Alert, pages: Reread): Promise<Check[]> {
  const what = '核查结论';
  if (pages.unread.length > 0) {
    const words = `不能据归档重新得出：${pages.unread.length} 份页面读不出（${pages.unread.join('、')}）`;
    return [{ what, outcome: 'unverifiable', words }];
  }
  const today = { policy: bench.config.policy, calendar: bench.calendar };
  const then = await settingsThen(bench, finding);
  const lost = [...ruleLost(finding), ...then.lost];
  const checks = [...then.checks];
  const { policy, calendar } = then;
  if (policy === null || calendar === null || lost.length > 0) {
    checks.push({ what, outcome: 'unverifiable', words: `不能按当时的依据重新得出，因为${lost.join('；')}` });
  } else {
    const again = await judgeAgain(bench, finding, pages, { policy, calendar });
    checks.push(compared(what, typeof again === 'string' ? again : judgementDiffers(finding, again)));
  }
  if (lost.length > 0 || policy !== today.policy || calendar !== today.calendar) {
    const now = await judgeAgain(bench, finding, pages, today);
    const words = typeof now === 'string' ? now : todaysWords(finding, now);
    checks.push({ what: '按现行规则、日历、设置对同一批公告核查（另示，不作比对）', outcome: 'aside', words });
  }
  return checks;
}

/** What a finding was judged under; null where it is lost, with the reason. */
interface SettingsThen {
  policy: Policy | null;
  calendar: Calendar | null;
  lost: string[];
  /** The kept settings that it was taken from, held against their SHA-256. */
  checks: Check[];
}

/** Today's where the finding names them, else those that the store kept when they were applied. */
async function settingsThen({ store, calendar, config }: Bench, finding: Finding): Promise<SettingsThen> {
  const named = finding.facts;
  const isPolicy = (version: string): boolean => named?.settings === undefined || named.settings === version;
  const isCalendar = (day: { version: string; digest: string }): boolean =>
    named?.calendar === undefined ? day.version === finding.calendarVersion : named.calendar === calendarMark(day);
  const then: SettingsThen = {
    policy: isPolicy(settingsVersion(config.policy)) ? config.policy : null,
    calendar: isCalendar(calendar) ? calendar : null,
    lost: [],
    checks: [],
  };
  for await (const kept of store.contents('settings')) {
    if (then.policy !== null && then.calendar !== null) break;
    const read = readKept(kept);
    if (read === null) continue;
    const givesPolicy = then.policy === null && isPolicy(kept.policyVersion);
    const givesCalendar = then.calendar === null && isCalendar(read.calendar);
    if (!givesPolicy && !givesCalendar) continue;
    const isWhole = contentId(kept) === kept.id;
    const what = `当时适用的设置 ${kept.id.slice(0, 12)}`;
    then.checks.push(compared(what, isWhole ? null : '留存的内容与其 SHA-256 不符'));
    if (givesPolicy) then.policy = read.policy;
    if (givesCalendar) then.calendar = read.calendar;
  }
  then.calendar ??= calendar.ofVersion(finding.calendarVersion);
  if (then.calendar === null) {
    then.lost.push(
      `放假日历 ${finding.calendarVersion} 没有留存，也不能由现有配置还原（当时所填的放假日后来改写过），现为 ${calendar.version}`,
    );
  }
  if (then.policy === null) then.lost.push('核查设置（config/rules.yaml）此后改过，当时的设置没有留存');
  return then;
}

function ruleLost({ rule, ruleVersion }: Finding): string[] {
  const now = ruleOf(rule)?.version ?? '1';
  if (now === ruleVersion) return [];
  return [`结论依规则 ${rule} 第 ${ruleVersion} 版得出，本程序中该规则现为第 ${now} 版，原来的版本已不存在`];
}

function todaysWords(then: Judgement, { verdict, codes, sentence, ...now }: Judgement): string {
  const same = canonical([then.verdict, then.codes, then.computed]) === canonical([verdict, codes, now.computed]);
  return `${verdictName(verdict)}（${codes.map(codeText).join('、')}），与当时${same ? '相同' : '不同'}：${sentence}`;
}

/** Links and judges what was read again in a store of its own, as of the moment of the judgement. A string: why there is no judgement. */
async function judgeAgain(
  bench: Bench,
  finding: Finding,
  { reread, visits, goneDays }: Reread,
  under: { policy: Policy; calendar: Calendar },
): Promise<Judgement | string> {
  const memory = await openSqliteStore(':memory:');
  try {
    await memory.takeIn('archiveRecords', visits);
    await memory.notices.observe(reread.toSorted((a, b) => a.observedAt - b.observedAt));
    const decisions = [];
    for await (const decision of bench.store.contents('linkDecisions')) {
      if (decision.at <= finding.judgedAt) decisions.push(decision);
    }
    await memory.takeIn('linkDecisions', decisions);
    await matchNotices(memory);
    const named = finding.evidence.length > 0 ? finding.evidence : reread;
    const wanted = [...new Set(named.map(({ noticeId }) => noticeId))];
    const homes = await memory.projects.ofNotices(wanted);
    const projectIds = new Set(homes.values());
    if (projectIds.size !== 1 || homes.size !== wanted.length) return '作为证据的公告重新归并后不在同一个项目';
    const project = (await memory.projects.get([...projectIds][0]!))!;
    const runs = await bench.store.runs.coverage();
    const by = {
      ...under,
      coverage: runs.filter(({ finishedAt }) => finishedAt <= finding.judgedAt),
      asOf: dayOf(finding.judgedAt),
      goneDays,
    };
    const pages = await memory.notices.getMany(project.noticeIds);
    const sheet = factSheetOf(project, pages, await candidateEditsOf(memory, pages));
    const judgement = judgementsOf(sheet, by).find(
      ({ rule, lot, round }) => rule === finding.rule && lot === finding.lot && round === finding.round,
    );
    return judgement ?? '重新核查后，该标段（轮次）不再适用本规则';
  } finally {
    await memory.close();
  }
}

const COMPARED = {
  verdict: '结论',
  codes: '原因',
  severity: '程度',
  computed: '日期',
  sentence: '说明',
  evidence: '证据',
  days: '逐日核对',
  ruleVersion: '规则版本',
  calendarVersion: '日历版本',
} as const;

function judgementDiffers(then: Judgement, now: Judgement): string | null {
  const differing = (Object.keys(COMPARED) as (keyof typeof COMPARED)[]).filter(
    (name) => canonical(then[name]) !== canonical(now[name]),
  );
  if (differing.length === 0) return null;
  return differing
    .map((name) => `${COMPARED[name]}：当时 ${canonical(then[name])}，现在 ${canonical(now[name])}`)
    .join('；');
}
