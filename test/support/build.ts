import { createHash } from 'node:crypto';

import type { ArchiveEntry, ArchiveRecord } from '../../src/model/archive.ts';
import { applyEvent, sealEvent } from '../../src/cases/case-events.ts';
import { SYSTEM } from '../../src/model/case.ts';
import type { CaseFile, CaseStep } from '../../src/model/case.ts';
import { epochOf } from '../../src/model/day.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { KeptSettings } from '../../src/model/kept-settings.ts';
import type { Lead } from '../../src/model/lead.ts';
import type { LinkDecision } from '../../src/model/link-decision.ts';
import { emptyFields } from '../../src/model/notice.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { Notice, NoticeFields, NoticeObservation } from '../../src/model/notice.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import type { Project } from '../../src/model/project.ts';
import type { SentRequest } from '../../src/model/sent-request.ts';
import type { ChannelOutcome, Run } from '../../src/model/run.ts';
import { tellingId } from '../../src/model/telling.ts';
import type { Telling } from '../../src/model/telling.ts';
import type { Vanishing } from '../../src/model/vanishing.ts';
import type { SourceRequest } from '../../src/model/source.ts';
import type { User } from '../../src/model/user.ts';
import type { AlertChange, CaseAppend, PageCommit } from '../../storage/store.ts';

/** 2026-03-20 09:00 in Shanghai: the moment at which builders observe, unless told otherwise. */
export const MARCH_20 = epochOf('2026-03-20T09:00');

/** Fields of a plain notice; everything not given is absent. */
function buildFields(given: Partial<NoticeFields> = {}): NoticeFields {
  return {
    ...emptyFields('tender', '开远市人民医院医疗设备采购项目公开招标公告'),
    track: 'procurement',
    projectName: '开远市人民医院医疗设备采购项目',
    projectCode: 'HHZC2026-G1-00123',
    codes: given.projectCode == null ? ['HHZC2026-G1-00123'] : [given.projectCode],
    purchaser: '开远市人民医院',
    agency: '云南明诚项目管理有限公司',
    method: 'open_tender',
    category: 'goods',
    publishDate: '2026-03-16',
    region: '开远市',
    regionCode: '532502',
    ...given,
  };
}

interface ObservationParts extends Partial<Omit<NoticeObservation, 'reading'>> {
  fields?: Partial<NoticeFields>;
  text?: string;
}

/** One sighting. The digest follows from the fields unless given, as the crawler's does. */
export function buildObservation(parts: ObservationParts = {}): NoticeObservation {
  const { fields: given, text, ...rest } = parts;
  const fields = buildFields(given);
  const sourceId = rest.sourceId ?? rest.noticeId?.split(':')[0] ?? 'yn_ccgp';
  const externalId = rest.externalId ?? rest.noticeId?.split(':').slice(1).join(':') ?? '516af8c0';
  const observedAt = rest.observedAt ?? MARCH_20;
  return {
    noticeId: `${sourceId}:${externalId}`,
    sourceId,
    channelId: 'list',
    externalId,
    url: `https://example.test/${sourceId}/${externalId}`,
    runId: 'run-1',
    observedAt,
    absentAt: null,
    reading: {
      fields,
      origins: { title: { words: fields.title, rule: 'page-title', confidence: 1 } },
      disagreements: [],
      text: text ?? `${fields.title}\n采购人：${fields.purchaser ?? '无'}`,
    },
    digest: createHash('sha256').update(JSON.stringify(fields)).digest('hex'),
    archiveId: `archive-${externalId}-${observedAt}`,
    attachments: [],
    ...rest,
  };
}

/** A stored notice, first revision. */
export function buildNotice(parts: ObservationParts = {}): Notice {
  const observation = buildObservation(parts);
  return {
    id: observation.noticeId,
    sourceId: observation.sourceId,
    channelId: observation.channelId,
    externalId: observation.externalId,
    url: observation.url,
    ...observation.reading,
    attachments: observation.attachments,
    digest: observation.digest,
    revision: 1,
    firstSeenAt: observation.observedAt,
    absentAt: observation.absentAt,
    lastSeenAt: observation.observedAt,
    archiveId: observation.archiveId,
    firstPublishDate: observation.reading.fields.publishDate,
  };
}

/** A project of the given notices, each its own group unless groups are given. */
export function buildProject(given: Partial<Project> & { id: string }): Project {
  const noticeIds = given.noticeIds ?? [];
  return {
    name: '开远市人民医院医疗设备采购项目',
    code: 'HHZC2026-G1-00123',
    codes: ['HHZC2026-G1-00123'],
    track: 'procurement',
    method: 'open_tender',
    category: 'goods',
    subtype: null,
    stateFunded: null,
    purchaser: '开远市人民医院',
    agency: '云南明诚项目管理有限公司',
    region: '开远市',
    regionCode: '532502',
    budget: 1_200_000,
    ceiling: null,
    estimate: null,
    award: null,
    bidding: {
      buyer: '开远市人民医院',
      subject: '医疗设备',
      called: '2026-03-16',
      opened: null,
      decided: null,
      lots: [],
    },
    lots: [],
    round: 1,
    state: 'TENDERING',
    timeline: [],
    groups: noticeIds.map((id, i) => ({ id: `${given.id}/g${i}`, noticeIds: [id] })),
    links: [],
    noticeIds,
    firstDay: '2026-03-16',
    lastDay: '2026-03-16',
    ...given,
  };
}

export function buildFinding(given: Partial<Finding> & { projectId: string }): Finding {
  const lot = given.lot ?? null;
  const round = given.round ?? 1;
  const rule = given.rule ?? 'KY-GP-3D';
  return {
    key: `${given.projectId}|${lot ?? ''}|${round}|${rule}`,
    lot,
    round,
    rule,
    ruleVersion: '1',
    calendarVersion: '2026.1',
    verdict: 'violation',
    codes: ['MISSING_PUBLICITY'],
    severity: 'critical',
    computed: { resultDate: '2026-03-18' },
    sentence: '结果公告于 2026-03-18 发布，此前没有候选供应商公示。',
    evidence: [{ noticeId: 'yn_ccgp:516af8c0', role: 'result' }],
    days: [],
    judgedAt: MARCH_20,
    ...given,
  };
}

export function buildLead(given: Partial<Lead> = {}): Lead {
  const { indicator, purchaser, day } = {
    indicator: 'SPLITTING' as const,
    purchaser: '开远市人民医院',
    day: '2026-03-16',
    ...given,
  };
  return {
    key: `${indicator}|${day.slice(0, 4)}|${purchaser}`,
    indicator,
    version: '1',
    purchaser,
    agency: null,
    projectIds: ['p1'],
    day,
    sentence: '开远市人民医院2026年3次采购同名货物，累计超过公开招标数额标准。',
    formula: '累计金额 ÷ 标准',
    inputs: [{ name: '医疗设备采购（一）', value: '90万元', projectId: 'p1' }],
    peers: {
      words: '2026年各采购人',
      count: 12,
      spread: [
        { label: '标准以下', count: 11, here: false },
        { label: '达到标准', count: 1, here: true },
      ],
    },
    since: MARCH_20,
    ...given,
  };
}

export function buildAlert(given: Partial<AlertChange> & { projectId: string }): AlertChange {
  const finding = given.finding ?? buildFinding({ projectId: given.projectId });
  const openedAt = given.openedAt ?? MARCH_20;
  return {
    key: finding.key,
    nature: 'violation',
    state: 'open',
    projectName: '开远市人民医院医疗设备采购项目',
    purchaser: '开远市人民医院',
    finding,
    openedAt,
    updatedAt: openedAt,
    clearedAt: null,
    history: [{ at: openedAt, event: 'opened', sentence: finding.sentence }],
    ...given,
  };
}

/** The opening of a case. */
export function buildOpening(given: Partial<CaseFile> = {}): CaseAppend {
  const { number = 'KY-2026-0001', openedAt = MARCH_20, due = '2026-03-27', ...subject } = given;
  const { codes, severity, computed, sentence } = buildFinding({ projectId: 'p1' });
  const step: CaseStep = {
    action: 'opened',
    subject: {
      alertKey: 'p1||1|KY-GP-3D',
      projectId: 'p1',
      projectName: '开远市人民医院医疗设备采购项目',
      purchaser: '开远市人民医院',
      agency: '云南明诚项目管理有限公司',
      sourceIds: ['yn_ccgp'],
      rule: 'KY-GP-3D',
      nature: 'violation',
      severity,
      lot: null,
      round: 1,
      ...subject,
    },
    facts: {
      at: openedAt,
      alertState: 'open',
      verdict: 'violation',
      codes,
      severity,
      computed,
      sentence,
      ruleVersion: '1',
      calendarVersion: '2026.1',
      evidence: [],
    },
    due,
  };
  const event = sealEvent({ number, version: 0, head: '' }, SYSTEM, step, openedAt);
  return { event, file: applyEvent(null, event) };
}

/** The next event of a case, by a person. */
export function buildStep(file: CaseFile, step: CaseStep, name = '李明'): CaseAppend {
  const event = sealEvent(file, { kind: 'person', name }, step, file.updatedAt + 60_000);
  return { event, file: applyEvent(file, event) };
}

export function buildUser(given: Partial<User> = {}): User {
  return {
    name: '李明',
    role: 'supervisor',
    password: { salt: '00', hash: 'ff' },
    generation: 1,
    createdAt: MARCH_20,
    disabledAt: null,
    ...given,
  };
}

export function buildRun(given: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    sourceId: 'yn_ccgp',
    window: { since: null, until: null },
    full: false,
    backfill: false,
    startedAt: MARCH_20 - 60_000,
    finishedAt: null,
    outcome: 'running',
    reason: null,
    channels: [],
    failures: [],
    requests: 0,
    bytes: 0,
    ...given,
  };
}

export function buildChannelOutcome(given: Partial<ChannelOutcome> = {}): ChannelOutcome {
  return {
    channelId: 'list',
    outcome: 'complete',
    reason: null,
    listed: 1,
    inRegion: 1,
    passedOver: 0,
    siteTotal: 1,
    fetched: 1,
    failed: 0,
    created: 1,
    changed: 0,
    covers: { from: '2026-03-01', to: '2026-03-19' },
    ...given,
  };
}

export function buildRequest(key: string, given: Partial<SourceRequest> = {}): SourceRequest {
  const role = key.startsWith('warmup') ? 'warmup' : key.startsWith('list') ? 'list' : 'detail';
  return {
    key,
    channelId: 'list',
    role,
    method: 'GET',
    url: `https://example.test/${key}`,
    expects: 'html',
    ...given,
  };
}

export function buildCommit(given: Partial<PageCommit> & { requestKey: string }): PageCommit {
  return {
    runId: 'run-1',
    archive: null,
    observations: [],
    seenAgain: [],
    discovered: [],
    failure: null,
    listFacts: null,
    readingFacts: null,
    bytes: 0,
    ...given,
  };
}

/** An open incident; `run` opened it. */
export function buildLinkDecision(given: Partial<LinkDecision> = {}): LinkDecision {
  return {
    id: 'decision-1',
    verdict: 'together',
    notices: ['yn_ccgp:1', 'hh_finance:2'],
    others: [],
    reason: '同一采购计划，编号印错',
    by: '张三',
    at: MARCH_20,
    withdrawn: null,
    ...given,
  };
}

export function buildSentRequest(given: Partial<SentRequest> = {}): SentRequest {
  return {
    host: 'example.test',
    at: MARCH_20,
    clockAt: Math.floor(given.at ?? MARCH_20),
    sourceId: 'yn_ccgp',
    process: 'process-1',
    number: 1,
    intervalMs: 3000,
    quietHours: null,
    ...given,
  };
}

export function buildIncident(given: Partial<Incident> = {}): Incident {
  const { sourceId = 'yn_ccgp', channelId = 'list', code = 'UNKNOWN_COLUMN', openedBy = 'run-1' } = given;
  const openedAt = given.openedAt ?? MARCH_20;
  return {
    id: [sourceId, channelId ?? '', code, openedBy].join('|'),
    sourceId,
    channelId,
    code,
    state: 'open',
    message: '出现未登记的栏目或类型：公告类型“框架协议”未登记',
    advice: '请在该来源的栏目表中登记新栏目后重跑。',
    openedAt,
    lastSeenAt: openedAt,
    closedAt: null,
    openedBy,
    lastRunId: openedBy,
    closedBy: null,
    runs: 1,
    samples: [{ words: '框架协议', url: 'https://example.test/list:1', archiveId: 'r1', at: openedAt }],
    ...given,
  };
}

/** An incident of which the channel took the word that it is open. */
export function buildTelling(given: Partial<Telling> = {}): Telling {
  const { incidentId = 'i1', channel = '值班群' } = given;
  return {
    id: tellingId(incidentId, channel),
    incidentId,
    channel,
    openTold: MARCH_20,
    closedTold: null,
    attempt: null,
    isOver: false,
    ...given,
  };
}

/** A notice that the run `missedBy` no longer found in its list. */
export function buildVanishing(given: Partial<Vanishing> = {}): Vanishing {
  const { noticeId = 'yn_ccgp:1', missedBy = [{ runId: 'run-1', at: MARCH_20 }] } = given;
  return {
    id: `${noticeId}|${missedBy[0]!.runId}`,
    noticeId,
    sourceId: 'yn_ccgp',
    channelId: 'list',
    state: 'missing',
    missedBy,
    probes: [{ at: MARCH_20, found: 'gone', status: 404, archiveId: 'r1' }],
    lastSeenAt: MARCH_20 - 86_400_000,
    openedAt: MARCH_20,
    returnedAt: null,
    ...given,
  };
}

export function buildKeptSettings(given: Partial<KeptSettings> = {}): KeptSettings {
  return {
    id: 'a'.repeat(64),
    policyVersion: '0123456789ab',
    calendarVersion: '2025-11-04.89abcdef',
    appliedAt: [MARCH_20],
    policy: DEFAULT_POLICY,
    calendar: { national: { notices: [] }, local: null },
    ...given,
  };
}

export function buildArchiveRecord(given: Partial<ArchiveRecord> = {}): ArchiveRecord {
  return {
    id: '0b0f7a3e-6c56-4a7e-9d3c-2f1f5d8c0001',
    file: 'gongshi-20260320T010000Z-1.warc.gz',
    offset: 0,
    length: 512,
    url: 'https://example.test/notice',
    method: 'GET',
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    fetchedAt: MARCH_20,
    sha256: createHash('sha256').update('').digest('hex'),
    size: 0,
    sourceId: 'yn_ccgp',
    runId: 'run-1',
    ...given,
  };
}

export function buildArchiveEntry(given: Partial<ArchiveEntry> = {}): ArchiveEntry {
  return {
    url: 'https://example.test/notice?id=1',
    method: 'GET',
    requestBody: null,
    request: buildRequest('detail:1'),
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: Buffer.from('<h1>开远市人民医院医疗设备采购项目公开招标公告</h1>'),
    fetchedAt: MARCH_20,
    sourceId: 'yn_ccgp',
    runId: 'run-1',
    ...given,
  };
}
