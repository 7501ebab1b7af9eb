import { createHash } from 'node:crypto';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { caseOf, hashOf } from '../cases/case-events.ts';
import { judgementsOf } from '../cases/judge-round.ts';
import { observationsOf } from '../crawl/observation.ts';
import { canonical } from '../model/canonical.ts';
import { dayOf } from '../model/day.ts';
import { CorrectInput, GongshiError } from '../model/errors.ts';
import type { Alert, Judgement } from '../model/finding.ts';
import type { Notice, NoticeObservation, NoticeRevision } from '../model/notice.ts';
import { factSheetOf } from '../projects/fact-sheet.ts';
import { matchNotices } from '../projects/stage.ts';
import type { Workshop } from './workshop.ts';

/** One thing that was held against what is stored. */
export interface Check {
  what: string;
  /** Null: equal. */
  difference: string | null;
}

type Bench = Pick<Workshop, 'store' | 'archive' | 'readers' | 'calendar' | 'config'>;

/**
 * Recomputes every hash of a case and its verdict from the archived bytes: events, attachments, pages, the fields read
 * from the pages by today's parsers, and the judgement of them as of the moment it was given. Stored fields, projects and
 * findings are only compared with, never used; what is taken from the store is what happened (which runs were complete,
 * when a page was seen, what a person decided on links). Throws `CorrectInput` for a number that is no case.
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
  for (const notice of await noticesOf(store, alert)) {
    for (const revision of await store.notices.revisions(notice.id)) {
      if (revision.observedAt > alert.finding.judgedAt) continue;
      const { difference, observation } = await checkPage(bench, notice, revision);
      checks.push({ what: `归档页面 ${notice.id} 第 ${revision.revision} 稿（${revision.archiveId}）`, difference });
      if (observation !== null) reread.push(observation);
    }
  }
  checks.push({ what: '核查结论', difference: await checkVerdict(bench, alert, reread) });
  return checks;
}

async function checkEvents(store: Store, number: string): Promise<Check[]> {
  const events = await store.cases.events(number);
  const checks = events.map((event, i): Check => {
    const what = `案件经过第 ${event.seq} 条`;
    if (event.seq !== i + 1) return { what, difference: `应为第 ${i + 1} 条，中间缺失` };
    if (event.previous !== (events[i - 1]?.hash ?? '')) return { what, difference: '与上一条的哈希接不上' };
    return { what, difference: hashOf(event) === event.hash ? null : '内容与其 SHA-256 不符' };
  });
  const stored = await store.cases.get(number);
  const isSame = canonical(caseOf(events)) === canonical(stored);
  return [...checks, { what: '案件现状', difference: isSame ? null : '与其经过推出的不一致' }];
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
    checks.push({ what: `附件 ${step.name}`, difference });
  }
  return checks;
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
    const reading = reader.read(page);
    if (reading.role !== 'detail') return none('归档的应答不是公告详情');
    const absence = { lastAbsent: () => Promise.resolve(revision.revision === 1 ? notice.absentAt : null) };
    const [observation] = await observationsOf(page.request, reading, record, absence);
    if (observation === undefined) return none('从归档读出的公告不属本地区');
    const difference = observation.digest === revision.digest ? null : fieldsDiffer(revision, observation);
    return { difference, observation };
  } catch (error) {
    return none(error instanceof GongshiError ? `${error.code}：${error.message}` : `读取失败：${String(error)}`);
  }
}

function fieldsDiffer(revision: NoticeRevision, { reading }: NoticeObservation): string {
  const names = Object.keys(reading.fields) as (keyof typeof reading.fields)[];
  const changed = names.filter((name) => canonical(reading.fields[name]) !== canonical(revision.fields[name]));
  return `现在的解析程序读出的字段与当时不同：${changed.join('、')}`;
}

/** Links and judges what was read again in a store of its own, as of the moment of the judgement. */
async function checkVerdict(bench: Bench, alert: Alert, observations: NoticeObservation[]): Promise<string | null> {
  const { finding } = alert;
  const memory = await openSqliteStore(':memory:');
  try {
    await memory.notices.observe(observations.sort((a, b) => a.observedAt - b.observedAt));
    const decisions = [];
    for await (const decision of bench.store.contents('linkDecisions')) decisions.push(decision);
    await memory.takeIn('linkDecisions', decisions);
    await matchNotices(memory);
    const wanted = finding.evidence.map(({ noticeId }) => noticeId);
    const homes = await memory.projects.ofNotices(wanted);
    const projectIds = new Set(homes.values());
    if (projectIds.size !== 1 || homes.size !== new Set(wanted).size) return '作为证据的公告重新归并后不在同一个项目';
    const project = (await memory.projects.get([...projectIds][0]!))!;
    const runs = await bench.store.runs.coverage();
    const by = {
      policy: bench.config.policy,
      calendar: bench.calendar,
      coverage: runs.filter(({ finishedAt }) => finishedAt <= finding.judgedAt),
      asOf: dayOf(finding.judgedAt),
    };
    const sheet = factSheetOf(project, await memory.notices.getMany(project.noticeIds));
    const judgement = judgementsOf(sheet, by).find(
      ({ rule, lot, round }) => rule === finding.rule && lot === finding.lot && round === finding.round,
    );
    if (judgement === undefined) return '重新核查后，该标段（轮次）不再适用本规则';
    return judgementDiffers(finding, judgement);
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
