import { groundsOf } from '../cases/grounds.ts';
import type { LocalDay } from '../model/day.ts';
import { dayOf } from '../model/day.ts';
import type { Alert, ReasonCode } from '../model/finding.ts';
import type { Track } from '../model/notice.ts';
import type { CoverageSpan } from '../model/run.ts';
import { channelName, definitionOf, sourceName } from './context.ts';
import type { ApiContext } from './context.ts';
import { factsOf } from './evidence-facts.ts';
import { absencesOf, snapshotsOf } from './evidence-history.ts';
import { EvidenceMissing } from './failures.ts';
import { alertSummaryReply, archiveReply, findingReply } from './replies.ts';
import type { AlertDetailReply } from './schemas.ts';

/** Reasons that rest on something not being there: what was searched is then part of the proof. */
const RESTS_ON_ABSENCE: readonly ReasonCode[] = [
  'MISSING_PUBLICITY',
  'REVIEW_NO_PUBLICITY',
  'ROUND_MISMATCH',
  'MEDIUM_MISSING',
  'COVERAGE_GAP',
  'EVENT_NOT_SEEN',
];

/** An alert with all that it rests on. Throws `EvidenceMissing`. */
export async function alertDetailReply(context: ApiContext, alert: Alert): Promise<AlertDetailReply> {
  return {
    ...alertSummaryReply(context, alert),
    finding: findingReply(context, alert.finding),
    evidence: await evidenceOf(context, alert),
    coverage: await coverageOf(context, alert),
    history: alert.history,
  };
}

async function evidenceOf(context: ApiContext, alert: Alert): Promise<AlertDetailReply['evidence']> {
  const evidence = await groundsOf(context.store, alert);
  const found = await context.store.notices.getMany(evidence.map(({ noticeId }) => noticeId));
  const notices = new Map(found.map((notice) => [notice.id, notice]));
  const missing = evidence.filter(({ noticeId }) => !notices.has(noticeId));
  if (missing.length > 0) throw new EvidenceMissing(missing.map(({ noticeId }) => noticeId));
  const absences = await absencesOf(context, [...notices.keys()]);
  return Promise.all(
    evidence.map(async ({ role, noticeId }) => {
      const notice = notices.get(noticeId)!;
      const record = await context.store.runs.archiveRecord(notice.archiveId);
      return {
        role,
        noticeId,
        title: notice.fields.title,
        sourceName: sourceName(context, notice.sourceId),
        url: notice.url,
        publishDate: notice.fields.publishDate,
        absentAt: notice.absentAt,
        firstSeenAt: notice.firstSeenAt,
        archive: record === null ? null : archiveReply(record),
        ...(await snapshotsOf(context, notice, alert.finding.judgedAt)),
        absences: absences.get(noticeId) ?? [],
        facts: factsOf(notice, role),
      };
    }),
  );
}

/** For each column that would have carried the notice: the latest complete run before the judgement that reached the result's day. */
async function coverageOf(context: ApiContext, alert: Alert): Promise<AlertDetailReply['coverage']> {
  const { finding } = alert;
  if (!finding.codes.some((code) => RESTS_ON_ABSENCE.includes(code))) return [];
  const columns = context.columnsOf?.(finding.rule) ?? null;
  const track = (await context.store.projects.get(alert.projectId))?.track ?? null;
  const until = finding.computed.resultDate ?? dayOf(finding.judgedAt);
  const latest = new Map<string, CoverageSpan>();
  for (const span of await context.store.runs.coverage()) {
    if (span.finishedAt > finding.judgedAt || !reaches(span, until)) continue;
    const column = `${span.sourceId}/${span.channelId}`;
    if (columns === null ? carries(context, span, track) : columns.includes(column)) latest.set(column, span);
  }
  return [...latest.values()].map((span) => ({
    sourceName: sourceName(context, span.sourceId),
    channelName: channelName(context, span.sourceId, span.channelId),
    from: span.from,
    to: span.to,
    finishedAt: span.finishedAt,
  }));
}

function reaches(span: CoverageSpan, day: LocalDay): boolean {
  return (span.from === null || span.from <= day) && span.to >= day;
}

function carries(context: ApiContext, span: CoverageSpan, track: Track | null): boolean {
  const channel = definitionOf(context, span.sourceId)?.channels.find(({ id }) => id === span.channelId);
  return track === null || channel === undefined || channel.track === track;
}
