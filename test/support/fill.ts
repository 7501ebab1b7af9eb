import type { Store } from '../../storage/store.ts';
import type { Finding } from '../../src/model/finding.ts';
import { buildAlert, buildArchiveEntry, buildChannelOutcome, buildCommit, buildFinding } from './build.ts';
import { buildIncident, buildObservation, buildOpening, buildProject, buildRequest, buildRun } from './build.ts';
import { buildStep, buildTelling, buildUser, buildVanishing, MARCH_20 } from './build.ts';
import { buildKeptSettings, buildLead, buildLinkDecision, buildSentRequest } from './build.ts';

/**
 * Something of every kind: finished and unfinished runs, failures, a notice with two revisions, a cleared alert, an open
 * and a closed incident, a vanished notice, a case begun, a doubt opened by hand, an account.
 */
export async function fill({
  runs,
  projects,
  findings,
  leads,
  incidents,
  tellings,
  vanishings,
  cases,
  users,
  linkDecisions,
  sentRequests,
  settings,
}: Store): Promise<void> {
  const { url, method, status, headers, fetchedAt, sourceId, runId } = buildArchiveEntry({});
  const place = { id: 'kept-1', file: 'gongshi-1.warc.gz', offset: 181, length: 640 };
  const kept = {
    ...place,
    url,
    method,
    status,
    headers,
    fetchedAt,
    sourceId,
    runId,
    sha256: 'a'.repeat(64),
    size: 2048,
  };
  const first = buildObservation({ externalId: '1', archiveId: 'kept-1' });
  await runs.begin(buildRun(), [buildRequest('list:0')]);
  await runs.commitPage(
    buildCommit({
      requestKey: 'list:0',
      archive: kept,
      bytes: 2048,
      discovered: [buildRequest('detail:1'), buildRequest('detail:2')],
      listFacts: {
        channelId: 'list',
        page: 1,
        listed: 2,
        inRegion: 2,
        passedOver: 0,
        siteTotal: 2,
        reachesBackTo: '2026-03-01',
        rowKeys: ['1', '2'],
      },
    }),
  );
  await runs.commitPage(buildCommit({ requestKey: 'detail:1', observations: [first] }));
  const failure = {
    code: 'HTTP_5XX',
    message: '网站返回 5xx：500',
    advice: '稍后重跑同一命令即可续采。',
    url: 'https://example.test/detail:2',
    channelId: 'list',
    at: MARCH_20,
    archiveId: null,
  };
  await runs.commitPage(buildCommit({ requestKey: 'detail:2', failure }));
  await runs.finish(
    buildRun({ outcome: 'incomplete', finishedAt: MARCH_20, channels: [buildChannelOutcome()], failures: [failure] }),
  );

  const second = { id: 'run-2', startedAt: MARCH_20 + 86_400_000 };
  await runs.begin(buildRun(second), [buildRequest('list:0')]);
  const changed = buildObservation({
    externalId: '1',
    runId: 'run-2',
    archiveId: 'kept-1',
    observedAt: second.startedAt,
    fields: { title: '开远市人民医院医疗设备采购项目公开招标公告（更正）', amount: 1_180_000 },
  });
  await runs.commitPage(
    buildCommit({
      runId: 'run-2',
      requestKey: 'list:0',
      observations: [changed],
      discovered: [buildRequest('detail:3'), buildRequest('detail:4')],
    }),
  );
  await runs.attempted('run-2', 'detail:3');

  // Before its notices are linked, which it undoes.
  await linkDecisions.put(buildLinkDecision());
  const project = buildProject({ id: 'p1', noticeIds: [first.noticeId] });
  await projects.replace(
    [first.noticeId],
    [project],
    new Map([[first.noticeId, ['code:HHZC2026-G1-00123', 'name:医疗设备']]]),
  );
  const finding = buildFinding({ projectId: 'p1' });
  const review = buildFinding({ projectId: 'p1', rule: 'KY-REVIEW-3D', severity: 'minor' });
  const doubtful: Partial<Finding> = { verdict: 'undetermined', codes: ['COVERAGE_GAP'], severity: 'info' };
  const doubt = buildFinding({ projectId: 'p1', rule: 'GP-MEDIA', ...doubtful });
  await findings.judge(
    ['p1'],
    [finding, review, doubt],
    [
      buildAlert({ projectId: 'p1', finding }),
      buildAlert({ projectId: 'p1', finding: review, nature: 'review', state: 'cleared', clearedAt: MARCH_20 + 1 }),
    ],
  );
  const openedBy = { name: '李明', note: '公告内容前后不一' };
  await findings.open({ ...buildAlert({ projectId: 'p1', finding: doubt, nature: 'doubt' }), openedBy });
  const opening = buildOpening();
  await cases.append([opening]);
  await cases.append([buildStep(opening.file, { action: 'started', note: '调阅档案', due: '2026-05-06' })]);
  await cases.putAttachment('b'.repeat(64), Buffer.from('附件'));
  await users.put(buildUser());
  await sentRequests.add([buildSentRequest(), buildSentRequest({ number: 2, quietHours: { from: 22, to: 6 } })]);
  await incidents.put([buildIncident(), buildIncident({ code: 'LIST_EMPTY', state: 'closed', closedAt: MARCH_20 })]);
  await leads.replace([], [buildLead()]);
  await tellings.put([buildTelling()]);
  await vanishings.put([buildVanishing()]);
  await settings.put(buildKeptSettings());
}
