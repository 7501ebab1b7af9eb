import type { NoticeSummary } from '../../storage/store.ts';
import { countedBy } from '../compliance/counted.ts';
import type { ArchiveRecord } from '../model/archive.ts';
import type { Alert, Finding } from '../model/finding.ts';
import { indicatorOf } from '../indicators/index.ts';
import type { Lead } from '../model/lead.ts';
import type { Notice } from '../model/notice.ts';
import { LIFECYCLE_STATE_NAMES } from '../model/project.ts';
import type { Project } from '../model/project.ts';
import type { Run } from '../model/run.ts';
import { channelName, inNames, ruleInfo, sourceName } from './context.ts';
import type { ApiContext } from './context.ts';
import type {
  AlertSummaryReply,
  ArchiveInfoReply,
  FindingReply,
  LeadReply,
  NoticeSummaryReply,
  ProjectSummaryReply,
  RunSummaryReply,
} from './schemas.ts';

/** Model → replies: names beside ids, nothing else changed. */
export function noticeSummaryReply(context: ApiContext, summary: NoticeSummary): NoticeSummaryReply {
  const { channelId, ...rest } = summary;
  return {
    ...rest,
    sourceName: sourceName(context, summary.sourceId),
    channelName: channelName(context, summary.sourceId, channelId),
  };
}

export function summaryOf(notice: Notice, projectId: string | null, copies: number): NoticeSummary {
  const { fields } = notice;
  return {
    id: notice.id,
    sourceId: notice.sourceId,
    channelId: notice.channelId,
    title: fields.title,
    kind: fields.kind,
    track: fields.track,
    projectName: fields.projectName,
    projectCode: fields.projectCode,
    purchaser: fields.purchaser,
    amount: fields.amount,
    publishDate: fields.publishDate,
    region: fields.region,
    projectId,
    copies,
    firstSeenAt: notice.firstSeenAt,
  };
}

/** Session cookies that a site gave the crawler are nobody else's. */
export function archiveReply(record: ArchiveRecord): ArchiveInfoReply {
  const headers = Object.fromEntries(Object.entries(record.headers).filter(([name]) => !/^set-cookie$/i.test(name)));
  const { id, url, status, fetchedAt, sha256, size, file, offset } = record;
  return { id, url, status, fetchedAt, sha256, size, file, offset, headers };
}

export function leadReply(lead: Lead): LeadReply {
  const { title, because } = indicatorOf(lead.indicator);
  return { ...lead, title, because };
}

export function findingReply(context: ApiContext, finding: Finding): FindingReply {
  const rule = ruleInfo(context, finding.rule);
  return {
    key: finding.key,
    projectId: finding.projectId,
    lot: finding.lot,
    round: finding.round,
    rule: finding.rule,
    ruleVersion: finding.ruleVersion,
    calendarVersion: finding.calendarVersion,
    ruleTitle: rule.title,
    ruleBasis: rule.basis,
    verdict: finding.verdict,
    codes: finding.codes,
    codeTexts: finding.codes.map(context.codeText),
    severity: finding.severity,
    counted: countedBy(finding.rule),
    computed: finding.computed,
    sentence: inNames(context, finding.sentence),
    days: finding.days,
    judgedAt: finding.judgedAt,
    history: (finding.history ?? []).map(({ judgedAt, ruleVersion, calendarVersion, verdict, sentence }) => ({
      judgedAt,
      ruleVersion,
      calendarVersion,
      verdict,
      sentence: inNames(context, sentence),
    })),
    confirmed: finding.confirmed ?? [],
  };
}

export function projectSummaryReply(project: Project): ProjectSummaryReply {
  return {
    id: project.id,
    name: project.name,
    code: project.code,
    track: project.track,
    method: project.method,
    purchaser: project.purchaser,
    agency: project.agency,
    region: project.region,
    budget: project.budget,
    award: project.award,
    state: project.state,
    stateName: LIFECYCLE_STATE_NAMES[project.state],
    firstDay: project.firstDay,
    lastDay: project.lastDay,
    noticeCount: project.noticeIds.length,
  };
}

export function alertSummaryReply(context: ApiContext, alert: Alert): AlertSummaryReply {
  const { finding } = alert;
  return {
    key: alert.key,
    number: alert.number,
    nature: alert.nature,
    state: alert.state,
    projectId: alert.projectId,
    projectName: alert.projectName,
    purchaser: alert.purchaser,
    rule: finding.rule,
    ruleTitle: ruleInfo(context, finding.rule).title,
    codes: finding.codes,
    codeTexts: finding.codes.map(context.codeText),
    severity: finding.severity,
    sentence: inNames(context, finding.sentence),
    resultDate: finding.computed.resultDate ?? null,
    openedAt: alert.openedAt,
    updatedAt: alert.updatedAt,
  };
}

export function runReply(context: ApiContext, run: Run): RunSummaryReply {
  return {
    id: run.id,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    outcome: run.outcome,
    reason: run.reason,
    requests: run.requests,
    bytes: run.bytes,
    channels: run.channels.map((channel) => ({
      channelId: channel.channelId,
      channelName: channelName(context, run.sourceId, channel.channelId),
      outcome: channel.outcome,
      reason: channel.reason,
      listed: channel.listed,
      inRegion: channel.inRegion,
      fetched: channel.fetched,
      failed: channel.failed,
      created: channel.created,
      changed: channel.changed,
    })),
    failures: run.failures.map(({ code, message, advice, url, at }) => ({ code, message, advice, url, at })),
  };
}
