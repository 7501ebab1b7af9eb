import fc from 'fast-check';

import { epochOf } from '../../src/model/day.ts';
import { CaseOvertaken, LeaveToOtherWorker } from '../../src/model/errors.ts';
import type { JudgedProjects } from '../../src/model/judged-projects.ts';
import type { AttachmentLink, NoticeKind } from '../../src/model/notice.ts';
import type { Store } from '../../storage/store.ts';
import {
  buildAlert,
  buildArchiveRecord,
  buildChannelOutcome,
  buildCommit,
  buildFinding,
  buildIncident,
  buildLinkDecision,
  buildObservation,
  buildOpening,
  buildProject,
  buildRequest,
  buildKeptSettings,
  buildLead,
  buildTelling,
  buildVanishing,
  buildRun,
  buildSentRequest,
  buildStep,
  buildUser,
  MARCH_20,
} from '../support/build.ts';
import { collect } from '../support/collect.ts';

/** One use of a store; what it answers is compared between stores. */
interface Operation {
  /** What is done, whoever does it and with what. */
  does: string;
  /** As a failing test prints it. */
  name: string;
  run(store: Store): Promise<unknown>;
}

// Few names for everything, so that operations meet.
const runId = fc.constantFrom('run-1', 'run-2');
const sourceId = fc.constantFrom('yn_ccgp', 'ky_gov');
const requestKey = fc.constantFrom('warmup', 'list:1', 'list:2', 'detail:a', 'detail:b', 'detail:c');
const noticeId = fc.constantFrom('yn_ccgp:a', 'yn_ccgp:b', 'yn_ccgp:𠮷', 'ky_gov:a', 'ky_gov:Z');
const projectId = fc.constantFrom('p1', 'p2', 'p3');
/** By project. */
const texts = fc.uniqueArray(fc.tuple(projectId, fc.constantFrom('1 {}', '1 {"name":"公路"}')), {
  selector: ([id]) => id,
});
const linkKey = fc.constantFrom('k1', 'k2', 'code:HHZC2026', '公路');
const day = fc.constantFrom(null, '2026-03-15', '2026-03-16', '2026-03-16T09:30', '2025-12-31');
const moment = fc.integer({ min: 0, max: 5 }).map((n) => MARCH_20 + n * 1000);
const words = fc.constantFrom(
  '公路养护',
  '农村公路',
  '公路',
  '桥梁',
  '医院 设备',
  '路',
  'HHZC2026-G1',
  '污水处理',
  '路灯\n公路',
);
const query = fc.constantFrom(
  undefined,
  '公路',
  '路',
  '公路养护',
  'hhzc',
  'HHZC2026-G1',
  '桥梁 公路',
  '污水处理',
  '铁路',
);
const kind = fc.constantFrom<NoticeKind>('tender', 'result', 'candidate');
const track = fc.constantFrom('construction' as const, 'procurement' as const, null);
const channelId = fc.constantFrom('list', 'gcjs');
/** Where records are put first, and where they may be moved. */
const archiveFile = fc.constantFrom(buildArchiveRecord().file, 'moved.warc.gz');
const recordId = fc.constantFrom('r1', 'r2', 'r3');
const hostile = fc.constantFrom('', '$where', 'a.b', '\u0000', '\ud800', '{"$gt":""}');

const request = fc
  .record({ key: requestKey, channelId, form: fc.dictionary(fc.constantFrom('a.b', '$c', 'd'), hostile) })
  .map(({ key, ...rest }) => buildRequest(key, rest));

const FILES: AttachmentLink[][] = [
  [],
  [{ name: '附件.pdf', url: 'https://example.test/1.pdf', state: 'missing' }],
  [{ name: '附件.pdf', url: 'https://example.test/1.pdf', state: 'kept', archiveId: 'r1' }],
  [{ name: '补遗.pdf', url: 'https://example.test/2.pdf', state: 'kept', archiveId: 'r2' }],
];

const observation = fc
  .record({
    noticeId,
    observedAt: moment,
    absentAt: fc.option(moment),
    text: fc.tuple(words, hostile).map((parts) => parts.join(' ').toWellFormed()),
    title: words,
    kind,
    track,
    publishDate: day,
    amount: fc.constantFrom(null, 0, 12.5, 1e12),
    archiveId: fc.constantFrom('r1', 'r2', 'r3'),
    attachments: fc.constantFrom(...FILES),
  })
  .map(({ title, kind, track, publishDate, amount, ...rest }) =>
    buildObservation({ ...rest, fields: { title, projectName: null, kind, track, publishDate, amount } }),
  );

const archiveRecord = fc
  .record({
    id: fc.constantFrom('r1', 'r2', 'r3'),
    url: fc.constantFrom('https://example.test/a', 'https://example.test/b'),
    fetchedAt: moment,
    headers: fc.dictionary(fc.constantFrom('content-type', 'x.y', '$z'), hostile),
    kind: fc.constantFrom({}, { revisits: 'r1' }, { validators: { etag: 'W/"a.b"' } }),
  })
  .map(({ kind: parts, ...record }) => buildArchiveRecord({ ...record, ...parts }));

const sentRequest = fc
  .record({
    host: fc.constantFrom('a.test', 'b.test:8080'),
    at: fc.constantFrom(MARCH_20, MARCH_20 + 0.5, MARCH_20 + 1000),
    process: fc.constantFrom('x', 'y'),
    number: fc.integer({ min: 1, max: 3 }),
    quietHours: fc.constantFrom(null, { from: 22, to: 6 }),
  })
  .map((given) => buildSentRequest(given));

const failure = fc.record({ code: fc.constantFrom('TIMED_OUT', 'HTTP_4XX'), at: moment, channelId }).map((given) => ({
  message: '超时',
  advice: '稍后重跑',
  url: null,
  archiveId: null,
  ...given,
}));

const listFacts = fc.record({
  channelId,
  page: fc.integer({ min: 1, max: 3 }),
  listed: fc.nat(20),
  inRegion: fc.nat(20),
  passedOver: fc.nat(20),
  siteTotal: fc.option(fc.nat(99)),
  reachesBackTo: fc.constantFrom(null, '2026-03-01'),
  rowKeys: fc.array(hostile, { maxLength: 2 }),
});

const readingFacts = fc.record({
  channelId,
  title: words,
  kind,
  fields: fc.subarray(['purchaser' as const, 'amount' as const]),
  oddities: fc.array(fc.record({ code: fc.constant('UNKNOWN_COLUMN' as const), words: hostile }), { maxLength: 2 }),
  url: fc.constant('https://example.test/a'),
  archiveId: fc.constantFrom('r1', 'r2'),
});

const incident = fc
  .record({
    sourceId,
    channelId: fc.option(channelId),
    code: fc.constantFrom('UNKNOWN_COLUMN', 'LIST_EMPTY'),
    state: fc.constantFrom('open' as const, 'closed' as const),
    openedBy: runId,
    openedAt: moment,
    samples: fc.array(fc.record({ words: hostile, url: fc.constant(null), archiveId: fc.constant(null), at: moment }), {
      maxLength: 2,
    }),
  })
  .map(buildIncident);

const telling = fc
  .record({
    incidentId: fc.constantFrom('i1', 'i2'),
    channel: fc.constantFrom('值班群', 'b'),
    openTold: fc.option(moment),
    attempt: fc.option(
      fc.record({ number: fc.nat(3), at: moment, error: fc.option(fc.constantFrom('HTTP 502', '\u0000')) }),
    ),
    isOver: fc.boolean(),
  })
  .map(buildTelling);

const keptSettings = fc
  .record({
    id: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
    appliedAt: fc.uniqueArray(moment, { minLength: 1, maxLength: 3 }).map((at) => at.sort((a, b) => a - b)),
  })
  .map(buildKeptSettings);
const vanishing = fc
  .record({
    noticeId,
    sourceId,
    state: fc.constantFrom('missing' as const, 'withdrawn' as const, 'returned' as const),
    missedBy: fc.array(fc.record({ runId, at: moment }), { minLength: 1, maxLength: 2 }),
    openedAt: moment,
  })
  .map(buildVanishing);

const lead = fc
  .record({
    indicator: fc.constantFrom('SPLITTING' as const, 'EQUAL_PRICES' as const),
    purchaser: hostile,
    day: fc.constantFrom('2026-03-16', '2025-12-31', ''),
    projectIds: fc.array(projectId, { minLength: 1, maxLength: 2 }),
    sentence: hostile,
    since: moment,
  })
  .map((given) => buildLead({ ...given, key: [given.indicator, given.day, given.projectIds.join()].join('|') }));

const commit = fc
  .record({
    runId,
    requestKey,
    archive: fc.option(archiveRecord),
    observations: fc.array(observation, { maxLength: 3 }),
    seenAgain: fc.array(fc.record({ noticeId, at: moment }), { maxLength: 2 }),
    discovered: fc.array(request, { maxLength: 3 }),
    failure: fc.option(failure, { freq: 3 }),
    listFacts: fc.option(listFacts),
    readingFacts: fc.option(readingFacts),
    bytes: fc.nat(1000),
  })
  .map(buildCommit);

const channelOutcome = fc
  .record({
    channelId,
    outcome: fc.constantFrom('complete' as const, 'incomplete' as const),
    covers: fc.constantFrom(null, { from: null, to: '2026-03-19' }, { from: '2026-03-01', to: '2026-03-18' }),
  })
  .map((outcome) => buildChannelOutcome(outcome));

const finished = fc
  .record({
    id: runId,
    finishedAt: moment,
    outcome: fc.constantFrom('complete' as const, 'incomplete' as const, 'rejected' as const),
    channels: fc.uniqueArray(channelOutcome, { maxLength: 2, selector: (outcome) => outcome.channelId }),
    failures: fc.array(failure, { maxLength: 2 }),
    requests: fc.nat(5),
    bytes: fc.nat(2000),
  })
  .map((run) => buildRun({ ...run, sourceId: sourceOf(run.id) }));

const project = fc
  .record({
    id: projectId,
    name: words.map((text) => text.replace('\n', '')),
    track: fc.constantFrom('construction' as const, 'procurement' as const),
    state: fc.constantFrom('TENDERING' as const, 'AWARDED' as const),
    lastDay: day.map((stated) => stated?.slice(0, 10) ?? null),
    noticeIds: fc.uniqueArray(noticeId, { maxLength: 3 }),
    grouped: fc.boolean(),
  })
  .map(({ grouped, ...parts }) =>
    buildProject({ ...parts, ...(grouped && { groups: [{ id: `${parts.id}/g`, noticeIds: parts.noticeIds }] }) }),
  );

const finding = fc
  .record({
    projectId,
    rule: fc.constantFrom('KY-GP-3D' as const, 'TB-CAND-3D' as const),
    verdict: fc.constantFrom('violation' as const, 'compliant' as const, 'undetermined' as const),
    severity: fc.constantFrom('critical' as const, 'none' as const),
    judgedAt: moment,
  })
  .map((parts) => buildFinding(parts));

const alert = fc
  .record({
    finding,
    nature: fc.constantFrom('violation' as const, 'review' as const, 'doubt' as const),
    state: fc.constantFrom('open' as const, 'cleared' as const),
    openedAt: fc.oneof(moment, fc.constant(epochOf('2025-12-31T23:59'))),
    purchaser: fc.option(words),
  })
  .map(({ finding, ...parts }) => buildAlert({ projectId: finding.projectId, finding, ...parts }));

const linkDecision = fc
  .record({
    id: fc.constantFrom('d1', 'd2'),
    notices: fc.uniqueArray(noticeId, { minLength: 1, maxLength: 2 }),
    others: fc.uniqueArray(noticeId, { maxLength: 2 }),
    reason: words,
    at: moment,
    withdrawn: fc.option(fc.record({ by: words, at: moment, reason: words })),
  })
  .map(buildLinkDecision);

/** The writes of the interface, but for leases. */
const writes = [
  named('begin', fc.record({ id: runId, first: fc.array(request, { maxLength: 4 }) }), (store, given) =>
    store.runs.begin(buildRun({ id: given.id, sourceId: sourceOf(given.id) }), given.first),
  ),
  named('attempted', fc.record({ runId, requestKey }), (store, given) =>
    store.runs.attempted(given.runId, given.requestKey),
  ),
  named('commitPage', commit, (store, given) => store.runs.commitPage(given).catch(asRefusal)),
  named('commitPage', commit, (store, given) => store.runs.commitPage(given).catch(asRefusal)),
  named('finish', finished, async (store, given) => {
    if ((await store.runs.get(given.id)) !== null) await store.runs.finish(given);
  }),
  named('observe', fc.array(observation, { maxLength: 4 }), (store, given) => store.notices.observe(given)),
  named('sight', fc.array(fc.record({ noticeId, at: moment }), { maxLength: 3 }), (store, given) =>
    store.notices.sight(given),
  ),
  named('unmatched', fc.constant(99), async (store, limit) =>
    (await store.notices.unmatched(limit)).map(({ id }) => id).sort(),
  ),
  named(
    'replace',
    fc.record({
      affected: fc.uniqueArray(noticeId),
      projects: fc.uniqueArray(project, { maxLength: 3, selector: ({ id }) => id }),
      linkKeys: fc.option(
        fc.uniqueArray(fc.tuple(noticeId, fc.array(linkKey, { maxLength: 3 })), { selector: ([id]) => id }),
      ),
      sheets: texts,
    }),
    (store, given) =>
      store.projects.replace(
        given.affected,
        // A notice is in one project.
        given.projects.map((one, i) => {
          const taken = new Set(given.projects.slice(0, i).flatMap(({ noticeIds }) => noticeIds));
          const own = one.noticeIds.filter((id) => !taken.has(id));
          return {
            ...one,
            noticeIds: own,
            groups: one.groups.filter((group) => group.noticeIds.every((id) => own.includes(id))),
          };
        }),
        given.linkKeys === null ? undefined : new Map(given.linkKeys),
        new Map(given.sheets),
      ),
  ),
  named(
    'judge',
    fc.record({
      projectIds: fc.uniqueArray(projectId),
      findings: fc.array(finding, { maxLength: 4 }),
      alerts: fc.array(alert, { maxLength: 3 }),
      said: texts,
    }),
    (store, given) => store.findings.judge(given.projectIds, given.findings, given.alerts, new Map(given.said)),
  ),
  named('open', alert, (store, given) => store.findings.open(given)),
  named('putSheets', texts, (store, given) => store.projects.putSheets(new Map(given))),
  named('put', fc.array(incident, { maxLength: 3 }), (store, given) => store.incidents.put(given)),
  named(
    'replace leads',
    fc.record({ gone: fc.array(lead, { maxLength: 2 }), leads: fc.array(lead, { maxLength: 3 }) }),
    (store, given) =>
      store.leads.replace(
        given.gone.map(({ key }) => key),
        given.leads,
      ),
  ),
  named('put tellings', fc.array(telling, { maxLength: 3 }), (store, given) => store.tellings.put(given)),
  named('tellings', fc.constantFrom('值班群', 'b'), (store, channel) => store.tellings.pending(channel)),
  named('incidents.getMany', fc.array(fc.constantFrom('i1', 'ky_gov||UNKNOWN_COLUMN|run-1')), (store, ids) =>
    store.incidents.getMany(ids),
  ),
  named('keepJudged', fc.record({ at: moment, rules: fc.constant<JudgedProjects[]>([]) }), (store, given) =>
    store.findings.keepJudged(given),
  ),
  named('put settings', keptSettings, (store, given) => store.settings.put(given)),
  named('settings in force', fc.constant(null), (store) => store.settings.inForce()),
  named('put vanishings', fc.array(vanishing, { maxLength: 3 }), (store, given) => store.vanishings.put(given)),
  named(
    'append',
    fc.record({
      number: fc.constantFrom('KY-2026-0001', 'KY-2026-0002'),
      openedAt: moment,
      note: hostile,
      another: fc.boolean(),
      asks: fc.boolean(),
      subject: fc.record(
        {
          sourceIds: fc.uniqueArray(fc.constantFrom('yn_ccgp', 'yn_ggzy')),
          agency: fc.option(fc.constant('无此公司')),
          nature: fc.constant('doubt' as const),
        },
        { requiredKeys: [] },
      ),
    }),
    async (store, { number, openedAt, note, another, asks, subject }) => {
      const there = await store.cases.get(number);
      const step =
        there === null || !another
          ? buildOpening({ number, openedAt, ...subject })
          : buildStep(
              there,
              asks ? { action: 'asked', to: '代理机构', note, replyBy: '2026-03-27' } : { action: 'commented', note },
            );
      try {
        await store.cases.append([step], { together: true });
        return 'stored';
      } catch (error) {
        if (error instanceof CaseOvertaken) return 'refused';
        throw error;
      }
    },
  ),
  named('putAttachment', fc.constantFrom('a', 'b'), (store, digit) =>
    store.cases.putAttachment(digit.repeat(64), Buffer.from(digit)),
  ),
  named(
    'rearrangeArchive',
    fc.record({
      file: archiveFile,
      offset: fc.nat(9),
      moved: fc.uniqueArray(recordId),
      dropped: fc.uniqueArray(recordId),
    }),
    (store, { file, offset, moved, dropped }) =>
      store.runs.rearrangeArchive({
        file,
        moved: moved.filter((id) => !dropped.includes(id)).map((id) => ({ id, file: 'moved.warc.gz', offset })),
        dropped,
      }),
  ),
  named('putUser', fc.constantFrom('李明', '王芳'), (store, name) => store.users.put(buildUser({ name }))),
  named('decide', linkDecision, (store, given) => store.linkDecisions.put(given)),
  named('log', fc.array(sentRequest, { maxLength: 3 }), (store, given) => store.sentRequests.add(given)),
  named('forget', fc.constantFrom(MARCH_20, MARCH_20 + 1), (store, before) => store.sentRequests.forget(before)),
  named('clear', fc.constant(null), (store) => store.notices.clear()),
  named('checkWritable', fc.constant(null), (store) => store.checkWritable()),
];

/** The questions of the interface. What is asked for by id alone and `contents` tells is compared at the end of each run. */
const questions = [
  named('unfinished', sourceId, (store, given) => store.runs.unfinished(given, { since: null, until: null }, false)),
  named('waiting', fc.record({ runId, limit: fc.integer({ min: 1, max: 9 }) }), (store, given) =>
    store.runs.waiting(given.runId, given.limit),
  ),
  named('counts', runId, async (store, given) => [
    await store.runs.countWaiting(given),
    await store.notices.countUnmatched(),
    await store.findings.alertStatistics(),
  ]),
  named('tally', runId, (store, given) => store.runs.tally(given)),
  named(
    'runs',
    fc.record({
      sourceId: fc.option(sourceId, { nil: undefined }),
      outcome: fc.constantFrom(undefined, 'running' as const, 'complete' as const, 'rejected' as const),
      limit: fc.integer({ min: 1, max: 3 }),
    }),
    (store, given) => store.runs.list(given),
  ),
  named('coverage', fc.option(fc.array(sourceId), { nil: undefined }), (store, given) => store.runs.coverage(given)),
  named('archiveRecord', fc.constantFrom('r1', 'r2', 'none'), (store, id) => store.runs.archiveRecord(id)),
  named('archiveRecordsOf', fc.constantFrom('https://example.test/a', 'https://example.test/b'), (store, given) =>
    store.runs.archiveRecordsOf(given),
  ),
  named('lastReply', fc.constantFrom('https://example.test/a', 'https://example.test/b'), (store, given) =>
    store.runs.lastReply('yn_ccgp', given),
  ),
  named('log of a host', fc.constantFrom('a.test', 'b.test:8080'), (store, host) =>
    collect(store.sentRequests.ofHost(host, MARCH_20 + 0.5)),
  ),
  named('hosts', fc.constant(null), (store) => store.sentRequests.hosts()),
  named('known', fc.array(noticeId), async (store, given) => [...(await store.notices.known(given))].sort()),
  named(
    'ofColumn',
    fc.record({
      sourceId,
      channelId,
      from: fc.constantFrom(null, '2026-03-15'),
      to: fc.constantFrom('2026-03-15', '2026-03-16'),
    }),
    (store, given) => store.notices.ofColumn(given),
  ),
  named('byLinkKeys', fc.array(linkKey), (store, given) => store.notices.byLinkKeys(given)),
  named(
    'notices.search',
    fc.record(
      {
        text: query,
        kind,
        track: fc.constantFrom('construction' as const, 'procurement' as const),
        sourceId,
        projectId,
        from: fc.constantFrom('2026-01-01', '2026-03-16'),
        to: fc.constantFrom('2026-03-15', '2026-03-16'),
      },
      { requiredKeys: ['text'] },
    ),
    async (store, given) => [
      await store.notices.count(given),
      await store.notices.tally(given),
      await everyPage((page) => store.notices.search({ ...given, ...page })),
    ],
  ),
  named(
    'projects.search',
    fc.record(
      { text: query, track: fc.constantFrom('construction' as const), state: fc.constantFrom('AWARDED' as const) },
      { requiredKeys: ['text'] },
    ),
    async (store, given) => [
      await store.projects.count(given),
      await everyPage((page) => store.projects.search({ ...given, ...page })),
    ],
  ),
  named('sheets', fc.constant(null), async (store) => {
    const rows = [];
    for await (const some of store.projects.sheets()) rows.push(...some);
    return rows;
  }),
  named('ofNotices', fc.array(noticeId), async (store, given) => [...(await store.projects.ofNotices(given))].sort()),
  named(
    'findings.search',
    fc.record(
      {
        rule: fc.constantFrom('KY-GP-3D' as const),
        verdict: fc.constantFrom('violation' as const),
        exceptRule: fc.constantFrom('TB-CAND-3D' as const),
        severity: fc.constantFrom('critical' as const),
        code: fc.constantFrom('MISSING_PUBLICITY' as const),
        projectId,
      },
      { requiredKeys: [] },
    ),
    async (store, given) => [
      await store.findings.statistics(),
      await store.findings.countByCode('violation'),
      await store.findings.judged(),
      await everyPage((page) => store.findings.search({ ...given, ...page })),
    ],
  ),
  named(
    'alerts',
    fc.record(
      {
        text: fc.constantFrom('公路', 'KY-2026-0001', '2026-00'),
        nature: fc.constantFrom('review' as const),
        exceptNature: fc.constantFrom('doubt' as const, 'review' as const),
        state: fc.constantFrom('open' as const),
        severity: fc.constantFrom('critical' as const),
        rule: fc.constantFrom('TB-CAND-3D' as const),
      },
      { requiredKeys: [] },
    ),
    async (store, given) => [
      await store.findings.countAlerts(given),
      await everyPage((page) => store.findings.alerts({ ...given, ...page })),
    ],
  ),
  named('dealings', fc.constant(null), (store) => everyItem(store.projects.dealings())),
  named('leads.ofProject', projectId, (store, id) => store.leads.ofProject(id)),
  named(
    'leads.search',
    fc.record({ indicator: fc.constant('SPLITTING' as const), text: query }, { requiredKeys: [] }),
    async (store, given) => [
      await store.leads.count(given),
      await everyPage((page) => store.leads.search({ ...given, ...page })),
    ],
  ),
  named('readings', runId, (store, given) => store.runs.readings(given)),
  named('linkDecisions.get', fc.constantFrom('d1', 'd2', 'none'), (store, id) => store.linkDecisions.get(id)),
  named('linkDecisions.naming', fc.array(noticeId), (store, ids) => store.linkDecisions.naming(ids)),
  named('linkDecisions.standing', fc.constant(null), (store) => store.linkDecisions.standing()),
  named('incidents.open', fc.option(sourceId, { nil: undefined }), (store, given) => store.incidents.open(given)),
  named(
    'incidents.search',
    fc.record({ sourceId, state: fc.constantFrom('open' as const, 'closed' as const) }, { requiredKeys: [] }),
    async (store, given) => [
      await store.incidents.count(given),
      await everyPage((page) => store.incidents.search({ ...given, ...page })),
    ],
  ),
  named('vanishings', fc.record({ sourceId, noticeIds: fc.array(noticeId) }), async (store, given) => [
    await store.vanishings.open(given.sourceId),
    await store.vanishings.ofNotices(given.noticeIds),
    await store.vanishings.latest({ limit: 2 }),
    await store.vanishings.latest({ sourceId: given.sourceId, limit: 9 }),
  ]),
  named(
    'cases.search',
    fc.record(
      {
        text: query,
        state: fc.constant('pending' as const),
        nature: fc.constantFrom('violation' as const, 'review' as const),
        rule: fc.constantFrom('KY-GP-3D' as const, 'TB-CAND-3D' as const),
        assignee: fc.constantFrom('李明', '王芳'),
        dueBy: fc.constantFrom('2026-03-26', '2026-03-27'),
        news: fc.boolean(),
        sourceId: fc.constantFrom('yn_ccgp', 'yn_ggzy'),
        agency: fc.constantFrom('云南明诚项目管理有限公司', '无此公司'),
        code: fc.constantFrom('MISSING_PUBLICITY' as const, 'SAME_DAY' as const),
        replyBefore: fc.constantFrom('2026-03-27', '2026-03-28'),
      },
      { requiredKeys: [] },
    ),
    async (store, given) => [
      await store.cases.count(given),
      await everyPage((page) => store.cases.search({ ...given, ...page })),
    ],
  ),
  named('cases.events', fc.constantFrom('KY-2026-0001', 'KY-2026-0002'), (store, given) => store.cases.events(given)),
  named('users', fc.constant(null), (store) => store.users.list()),
  named('alertPlaces', fc.constant(null), async (store) => {
    const places = [];
    for await (const some of store.findings.alertPlaces()) places.push(...some);
    return places;
  }),
  named('alert', finding, (store, { key }) => store.findings.alert(key)),
  named('finding', finding, (store, { key }) => store.findings.get(key)),
  named('attachment', fc.constantFrom('a', 'b'), async (store, digit) => {
    const bytes = await store.cases.attachment(digit.repeat(64));
    return bytes === null ? null : [...bytes];
  }),
  named('alertsOfProjects', fc.array(projectId), (store, given) => store.findings.alertsOfProjects(given)),
];

/** Leases pass with time: one that is to stand is taken for longer than any test runs, one that lapses for no time. */
const LASTING_MS = 3600_000;
const leaseName = fc.constantFrom('judging', 'source:a');
const owner = fc.constantFrom('one', 'two');
const ttlMs = fc.constantFrom(LASTING_MS, LASTING_MS, 0);
/** Anybody's, of now, of the past or of nobody yet. */
const lease = fc.record({ name: leaseName, owner, token: fc.integer({ min: 1, max: 4 }) });

const leases = [
  named('acquire', fc.record({ name: leaseName, owner, ttlMs }), (store, given) =>
    store.leases.acquire(given.name, given.owner, given.ttlMs),
  ),
  named('renew', fc.record({ lease, ttlMs }), (store, given) => store.leases.renew(given.lease, given.ttlMs)),
  named('release', fc.record({ lease, note: fc.constantFrom(undefined, 'run-1') }), (store, given) =>
    store.leases.release(given.lease, given.note),
  ),
  named('leases', leaseName, async (store, name) => [await store.leases.held(), await store.leases.note(name)]),
];

/** What a fenced write came to; compared between stores like every answer. */
export interface Fenced {
  fence: 'stood' | 'lost' | 'not given';
  answer?: unknown;
}

/**
 * A write of whoever takes the lease for it, or of somebody who holds it no more, or never did. But for `forget`, which
 * SQLite does a host at a time: where there is no host nothing is written, and no lease asked for.
 */
const fencedWrite: fc.Arbitrary<Operation> = fc
  .record({ lease, takes: fc.boolean(), write: fc.oneof(...writes).filter(({ does }) => does !== 'forget') })
  .map(({ lease: { name, owner: by, token }, takes, write }) => ({
    does: write.does,
    name: `${by} ${takes ? `takes ${name}` : `with token ${token} of ${name}`}: ${write.name}`,
    async run(store): Promise<Fenced> {
      const held = takes ? await store.leases.acquire(name, by, LASTING_MS) : { name, owner: by, token };
      if (held === null) return { fence: 'not given' };
      try {
        return { fence: 'stood', answer: await write.run(store.fenced(held)) };
      } catch (error) {
        if (error instanceof LeaveToOtherWorker) return { fence: 'lost' };
        throw error;
      }
    },
  }));

/** A random use of a store: two writes to a question, some of them under a lease. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(...writes) },
  { weight: 3, arbitrary: fencedWrite },
  { weight: 1, arbitrary: fc.oneof(...leases) },
  { weight: 5, arbitrary: fc.oneof(...questions) },
);

/** A run is of one source from beginning to end. */
function sourceOf(run: string): string {
  return run === 'run-1' ? 'yn_ccgp' : 'ky_gov';
}

function named<T>(
  name: string,
  given: fc.Arbitrary<T>,
  run: (store: Store, given: T) => Promise<unknown>,
): fc.Arbitrary<Operation> {
  return given.map((value) => ({
    does: name,
    name: `${name} ${JSON.stringify(value)}`,
    run: (store) => run(store, value),
  }));
}

async function everyItem<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Two at a time. */
async function everyPage<T>(
  read: (page: { limit: number; cursor?: string }) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await read({ limit: 2, cursor });
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}

/** A page for a request that was never asked is refused by every store, each in its own words. */
function asRefusal(error: unknown): string {
  if (error instanceof Error && /is not in the frontier/.test(error.message)) return 'refused';
  throw error;
}
