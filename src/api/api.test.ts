import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openApiBench } from '../../test/support/api.ts';
import type { ApiBench } from '../../test/support/api.ts';
import {
  buildAlert,
  buildChannelOutcome,
  buildFinding,
  buildObservation,
  buildProject,
  buildRun,
  MARCH_20,
  buildIncident,
  buildLead,
  buildVanishing,
} from '../../test/support/build.ts';
import { openApiDocument } from './openapi.ts';
import { Calendar } from '../compliance/calendar.ts';
import { calendar, rawNational } from '../compliance/test-facts.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { CalendarMonthReply, SourceHealthReply } from './schemas.ts';

describe('the API', () => {
  let bench: ApiBench;
  beforeEach(async () => {
    bench = await openApiBench();
  });
  afterEach(async () => {
    await bench.close();
  });

  describe('notices', () => {
    it('are searched in Chinese, filtered, and shown with the names of source and column', async () => {
      await bench.store.notices.observe([
        buildObservation({ noticeId: 'yn_ccgp:a', fields: { title: '农村公路养护招标公告' } }),
        buildObservation({ noticeId: 'yn_ccgp:b', fields: { title: '公路路灯成交公告', kind: 'result' } }),
        buildObservation({ noticeId: 'yn_ccgp:c', fields: { title: '学校食堂采购公告' } }),
      ]);
      const query = new URLSearchParams({ q: '公路', kind: 'result', from: '2026-03-01', to: '2026-03-31' });
      expect(await bench.get(`/api/notices?${query}`)).toEqual({
        status: 200,
        body: {
          items: [
            expect.objectContaining({
              id: 'yn_ccgp:b',
              title: '公路路灯成交公告',
              sourceName: '云南省政府采购网',
              channelName: '公告列表',
              firstSeenAt: MARCH_20,
            }),
          ],
          nextCursor: null,
          total: 1,
          totalIs: 'exact',
        },
      });
      const first = await bench.get('/api/notices?limit=2');
      expect(first.body).toMatchObject({ total: 3, items: [{ id: 'yn_ccgp:a' }, { id: 'yn_ccgp:b' }] });
      const { nextCursor } = first.body as { nextCursor: string };
      expect((await bench.get(`/api/notices?limit=2&cursor=${nextCursor}`)).body).toMatchObject({
        total: 3,
        items: [{ id: 'yn_ccgp:c' }],
        nextCursor: null,
      });
    });

    it('show both clocks, revisions, archive and the copies on other sites', async () => {
      const record = await bench.keep({
        url: 'https://example.test/a',
        headers: { 'set-cookie': 'JSESSIONID=1', server: 'x' },
      });
      const a = buildObservation({
        noticeId: 'yn_ccgp:a',
        archiveId: record.id,
        absentAt: MARCH_20 - 10,
        fields: { publicity: { from: '2026-03-16', to: '2026-03-18', workdays: null, days: 3, words: '公示3日' } },
      });
      const edited = buildObservation({
        noticeId: a.noticeId,
        observedAt: MARCH_20 + 5,
        fields: { ...a.reading.fields, publishDate: '2026-03-01' },
        archiveId: record.id,
      });
      const copy = buildObservation({
        noticeId: 'hh_finance:b',
        fields: { title: '同一公告', purchaser: '开远市中医医院' },
      });
      await bench.store.notices.observe([a, edited, copy]);
      await bench.store.projects.replace(
        [a.noticeId, copy.noticeId],
        [
          buildProject({
            id: 'p1',
            noticeIds: [a.noticeId, copy.noticeId],
            groups: [{ id: 'g', noticeIds: [a.noticeId, copy.noticeId] }],
          }),
        ],
      );
      const { status, body } = await bench.get('/api/notices/yn_ccgp%3Aa');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        projectId: 'p1',
        copies: 1,
        publishDate: '2026-03-01',
        firstPublishDate: '2026-03-16',
        absentAt: MARCH_20 - 10,
        firstSeenAt: MARCH_20,
        lastSeenAt: MARCH_20 + 5,
        publicityEnd: '2026-03-18',
        publicityWords: '公示3日',
        revision: 2,
        revisions: [
          { revision: 1, changes: [], archiveId: record.id },
          { revision: 2, changes: [{ field: 'publishDate', before: '2026年3月16日', after: '2026年3月1日' }] },
        ],
        archive: { id: record.id, sha256: record.sha256, headers: { server: 'x' } },
        differences: [
          {
            field: 'purchaser',
            values: [
              { noticeId: 'yn_ccgp:a', value: '开远市人民医院' },
              { noticeId: 'hh_finance:b', value: '开远市中医医院' },
            ],
          },
        ],
        backdating: { stated: '2026-03-16', notBefore: MARCH_20 - 10, seenAt: MARCH_20, atLeastDays: 4 },
        // A source that is no longer configured is shown by its id.
        otherCopies: [{ id: 'hh_finance:b', sourceName: 'hh_finance', title: '同一公告' }],
      });
      expect(JSON.stringify(body)).not.toContain('JSESSIONID');
    });

    it('are reached under ids that hold slashes and are long', async () => {
      const id = `ky_gov:ggzyjy/gcjs/${'t20260316'.repeat(20)}.html`;
      await bench.store.notices.observe([buildObservation({ noticeId: id })]);
      expect((await bench.get(`/api/notices/${encodeURIComponent(id)}`)).body).toMatchObject({ id, projectId: null });
    });

    it.each([
      ['kind=foo', 'kind', 'tender'],
      ['limit=0', 'limit', '1'],
      ['limit=1000', 'limit', '100'],
      ['limit=abc', 'limit', '整数'],
      ['from=2026-02-30', 'from', '2026-03-16'],
      ['from=2026-03-02&to=2026-03-01', 'to', '2026-03-02'],
      ['source=nowhere', 'source', 'yn_ggzy'],
      ['colour=red', 'colour', 'openapi'],
      ['q=' + '公'.repeat(101), 'q', '100'],
      ['q=a&q=b', 'q', '文本'],
    ])('answer a wrong query %s with the parameter and what it may be', async (query, name, allowed) => {
      const { status, body } = await bench.get(`/api/notices?${encodeURI(query)}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'INPUT_INVALID' });
      const { message, advice } = body as { message: string; advice: string };
      expect(message).toContain(name);
      expect(advice).toContain(allowed);
    });

    it('refuse a cursor taken to another query', async () => {
      await bench.store.notices.observe(['a', 'b'].map((id) => buildObservation({ noticeId: `yn_ccgp:${id}` })));
      const { nextCursor } = (await bench.get('/api/notices?limit=1')).body as { nextCursor: string };
      const { status, body } = await bench.get(`/api/notices?limit=1&kind=tender&cursor=${nextCursor}`);
      expect([status, (body as { code: string }).code]).toEqual([400, 'INPUT_INVALID']);
    });

    it('take hostile search text as text', async () => {
      await bench.store.notices.observe([buildObservation({ noticeId: 'yn_ccgp:a' })]);
      for (const q of [
        '"',
        "' OR 1=1 --",
        '*',
        'NEAR(公路 招标)',
        '<script>alert(1)</script>',
        '公路"OR"开远',
        '\u0000',
        '%',
      ]) {
        const { status, body } = await bench.get(`/api/notices?${new URLSearchParams({ q })}`);
        expect([200, 400]).toContain(status);
        if (status === 200) expect(body).toMatchObject({ items: [], total: 0 });
      }
      expect((await bench.get('/api/notices')).body).toMatchObject({ total: 1 });
    });

    it('answer an unknown id with 404 in Chinese', async () => {
      const { status, body } = await bench.get('/api/notices/none');
      expect(status).toBe(404);
      expect(body).toEqual({
        code: 'NOT_FOUND',
        message: '没有这个公告：none',
        advice: expect.stringMatching(/[\u4e00-\u9fff]/) as string,
      });
    });
  });

  describe('projects', () => {
    it('show their course, links, findings with words for each code, and alerts', async () => {
      await bench.store.notices.observe([buildObservation({ noticeId: 'yn_ccgp:a' })]);
      const project = buildProject({
        id: 'p/1',
        noticeIds: ['yn_ccgp:a'],
        timeline: [
          {
            day: '2026-03-16',
            kind: 'tender',
            round: 1,
            lots: [],
            groupId: 'g',
            noticeIds: ['yn_ccgp:a'],
            title: '招标公告',
            state: 'TENDERING',
            remark: null,
          },
        ],
        links: [
          { a: 'yn_ccgp:a', b: 'yn_ccgp:b', as: 'project', method: 'code', reason: '编号相同', confidence: 0.98 },
        ],
      });
      await bench.store.projects.replace(['yn_ccgp:a'], [project]);
      await bench.store.findings.judge(
        ['p/1'],
        [buildFinding({ projectId: 'p/1' })],
        [buildAlert({ projectId: 'p/1' })],
      );

      expect((await bench.get('/api/projects?q=' + encodeURIComponent('医疗设备'))).body).toMatchObject({
        items: [{ id: 'p/1', stateName: '招标（采购）中', noticeCount: 1 }],
        total: 1,
      });
      const { body } = await bench.get('/api/projects/p%2F1');
      expect(body).toMatchObject({
        timeline: [{ title: '招标公告', notices: [{ id: 'yn_ccgp:a', sourceName: '云南省政府采购网' }] }],
        links: [{ reason: '编号相同' }],
        findings: [
          {
            rule: 'KY-GP-3D',
            ruleTitle: '开远市政府采购结果公示不少于3日',
            ruleBasis: '开远市公共资源交易办法',
            codeTexts: ['说明：MISSING_PUBLICITY'],
          },
        ],
        alerts: [{ number: 'KY-2026-0001', nature: 'violation' }],
      });
      expect((await bench.get('/api/projects/none')).status).toBe(404);
      expect((await bench.get('/api/projects?state=NOWHERE')).status).toBe(400);
    });
  });

  describe('alerts', () => {
    const key = 'p1||1|KY-GP-3D';
    const finding = (given = {}) =>
      buildFinding({
        projectId: 'p1',
        computed: { resultDate: '2026-03-18' },
        evidence: [{ noticeId: 'yn_ccgp:a', role: 'result' }],
        ...given,
      });

    it('show rule, dates, evidence with both clocks and the archived record, and history', async () => {
      const record = await bench.keep({});
      await bench.store.notices.observe([
        buildObservation({ noticeId: 'yn_ccgp:a', archiveId: record.id, absentAt: MARCH_20 - 5 }),
      ]);
      await bench.store.findings.judge(['p1'], [finding()], [buildAlert({ projectId: 'p1', finding: finding() })]);
      expect((await bench.get('/api/alerts?nature=violation&state=open')).body).toMatchObject({
        total: 1,
        items: [{ key, number: 'KY-2026-0001', resultDate: '2026-03-18' }],
      });
      expect((await bench.get('/api/alerts?nature=review')).body).toMatchObject({ total: 0, items: [] });
      expect((await bench.get(`/api/alerts/${encodeURIComponent(key)}`)).body).toMatchObject({
        number: 'KY-2026-0001',
        finding: { key, ruleTitle: '开远市政府采购结果公示不少于3日' },
        evidence: [
          {
            role: 'result',
            noticeId: 'yn_ccgp:a',
            publishDate: '2026-03-16',
            absentAt: MARCH_20 - 5,
            firstSeenAt: MARCH_20,
            archive: { id: record.id, sha256: record.sha256 },
          },
        ],
        history: [{ event: 'opened' }],
      });
    });

    it('that rest on an absence show which columns were searched, as known at the judgement', async () => {
      const run = async (id: string, sourceId: string, finishedAt: number, channelId: string, to: string) => {
        await bench.store.runs.begin(buildRun({ id, sourceId }), []);
        await bench.store.runs.finish(
          buildRun({
            id,
            sourceId,
            finishedAt,
            outcome: 'complete',
            channels: [buildChannelOutcome({ channelId, covers: { from: null, to } })],
          }),
        );
      };
      await run('r1', 'yn_ccgp', MARCH_20 - 500, 'list', '2026-03-18');
      await run('r2', 'yn_ccgp', MARCH_20 - 400, 'list', '2026-03-19');
      await run('r3', 'yn_ccgp', MARCH_20 - 300, 'home', '2026-03-17'); // does not reach the result's day
      await run('r4', 'yn_ggzy', MARCH_20 - 200, 'td_notice', '2026-03-19'); // land notices, no procurement
      await run('r5', 'yn_ccgp', MARCH_20 + 100, 'list', '2026-03-21'); // after the judgement
      await bench.store.projects.replace([], [buildProject({ id: 'p1' })]);
      await bench.store.findings.judge(
        ['p1'],
        [],
        [buildAlert({ projectId: 'p1', finding: finding({ evidence: [] }) })],
      );
      expect((await bench.get(`/api/alerts/${encodeURIComponent(key)}`)).body).toMatchObject({
        coverage: [
          {
            sourceName: '云南省政府采购网',
            channelName: '公告列表',
            from: null,
            to: '2026-03-19',
            finishedAt: MARCH_20 - 400,
          },
        ],
      });
      const short = finding({ evidence: [], codes: ['PERIOD_TOO_SHORT'] });
      await bench.store.findings.judge(['p1'], [], [buildAlert({ projectId: 'p1', finding: short })]);
      expect((await bench.get(`/api/alerts/${encodeURIComponent(key)}`)).body).toMatchObject({ coverage: [] });
    });

    it('are never shown without their evidence', async () => {
      await bench.store.findings.judge(['p1'], [], [buildAlert({ projectId: 'p1', finding: finding() })]);
      const { status, body } = await bench.get(`/api/alerts/${encodeURIComponent(key)}`);
      expect([status, (body as { code: string }).code]).toEqual([503, 'EVIDENCE_MISSING']);
      expect((await bench.get('/api/alerts/none')).status).toBe(404);
    });
  });

  it('sums up what is known, with the share that could be judged and twelve months', async () => {
    await bench.store.notices.observe([
      buildObservation({ noticeId: 'yn_ccgp:a', fields: { publishDate: '2026-03-31T23:59' } }),
      buildObservation({ noticeId: 'yn_ccgp:b', fields: { publishDate: '2025-04-01' } }),
      buildObservation({ noticeId: 'yn_ccgp:c', fields: { publishDate: '2025-03-31' } }),
    ]);
    const verdicts = ['compliant', 'violation', 'undetermined', 'not_applicable'] as const;
    await bench.store.findings.judge(
      [],
      verdicts.map((verdict, i) => buildFinding({ projectId: `p${i}`, verdict })),
      [
        buildAlert({ projectId: 'p1' }),
        buildAlert({ projectId: 'p2', nature: 'review' }),
        buildAlert({ projectId: 'p3', state: 'cleared' }),
      ],
    );
    expect((await bench.get('/api/overview')).body).toMatchObject({ rules: [{ projects: null }, {}], judgedAt: null });
    const reasons = [{ code: 'COVERAGE_GAP' as const, projects: 1 }];
    await bench.store.findings.keepJudged({
      at: MARCH_20 - 1,
      rules: [{ rule: 'KY-GP-3D', judged: 6, pending: 1, unjudged: 1, violating: 2, reasons }],
    });
    const { body } = await bench.get('/api/overview');
    expect(body).toMatchObject({
      notices: 3,
      projects: 0,
      alerts: { violation: 1, review: 1, cleared: 1 },
      rules: [
        {
          rule: 'KY-GP-3D',
          compliant: 1,
          violation: 1,
          undetermined: 1,
          notApplicable: 1,
          projects: {
            judged: 6,
            pending: 1,
            unjudged: 1,
            share: 6 / 8,
            reasons: [{ code: 'COVERAGE_GAP', codeText: '说明：COVERAGE_GAP', projects: 1 }],
          },
        },
        { rule: 'TB-CAND-3D', projects: { judged: 0, share: null } },
      ],
      judgedAt: MARCH_20 - 1,
      calendarEnds: null,
      settingsHeld: null,
      asOf: MARCH_20,
    });
    const { months } = body as { months: { month: string; notices: number }[] };
    expect(months).toHaveLength(12);
    expect(months[0]).toEqual({ month: '2025-04', notices: 1 });
    expect(months[11]).toEqual({ month: '2026-03', notices: 1 });
  });

  it('gives leads apart from findings, with formula, inputs and peers, on a list of their own and beside their project', async () => {
    await bench.store.projects.replace([], [buildProject({ id: 'p1' })]);
    await bench.store.leads.replace([], [buildLead(), buildLead({ indicator: 'EQUAL_PRICES', projectIds: ['p2'] })]);
    const { body } = await bench.get('/api/leads?indicator=SPLITTING');
    const shown = expect.objectContaining({
      ...buildLead(),
      title: '同名采购多次进行，单次低于、累计超过公开招标数额标准',
      because: expect.stringContaining('第二十八条') as string,
    }) as unknown;
    expect(body).toEqual({ items: [shown], nextCursor: null, total: 1 });
    expect((await bench.get('/api/projects/p1')).body).toMatchObject({ leads: [shown], findings: [], alerts: [] });
    expect(JSON.stringify(body)).not.toContain('违规');
    expect((await bench.get('/api/indicators')).body).toContainEqual(
      expect.objectContaining({ id: 'SPLITTING', minPeers: 10, enabled: true }),
    );
  });

  it('tells of each source when it was last crawled completely', async () => {
    for (const [id, outcome, startedAt] of [
      ['r1', 'complete', 1000],
      ['r2', 'incomplete', 2000],
    ] as const) {
      await bench.store.runs.begin(buildRun({ id, startedAt }), []);
      await bench.store.runs.finish(
        buildRun({
          id,
          startedAt,
          finishedAt: startedAt + 1,
          outcome,
          reason: outcome === 'complete' ? null : '翻页条数少于网站总数',
          channels: [buildChannelOutcome({ outcome })],
        }),
      );
    }
    const { body } = await bench.get('/api/sources');
    expect(body).toMatchObject([
      {
        id: 'yn_ccgp',
        enabled: true,
        pace: '两次访问至少间隔 2 秒：网站未公布限制，按人工浏览的速度',
        lastRun: { id: 'r2', outcome: 'incomplete', channels: [{ channelName: '公告列表' }] },
        lastCompleteAt: 1001,
      },
      { id: 'yn_ggzy', lastRun: null, lastCompleteAt: null, noticeCount: 0 },
    ]);
    expect((await bench.get('/api/sources/yn_ccgp/runs')).body).toMatchObject([{ id: 'r2' }, { id: 'r1' }]);
    expect(await bench.get('/api/sources/none/runs')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('gives the health of a source: what is wrong with its sample, what a day brings, what is no longer listed', async () => {
    const observe = (externalId: string, publishDate: string) =>
      buildObservation({ externalId, fields: { publishDate, title: `公告${externalId}` } });
    await bench.store.notices.observe([
      observe('h1', '2026-03-10'),
      observe('h2', '2026-03-10T09:00'),
      observe('h3', '2026-03-13'),
    ]);
    await bench.store.incidents.put([buildIncident()]);
    await bench.store.vanishings.put([buildVanishing({ noticeId: 'yn_ccgp:h1', state: 'withdrawn' })]);
    const { body } = await bench.get('/api/sources/yn_ccgp/health');
    expect(body).toMatchObject({
      state: 'troubled',
      incidents: [{ code: 'UNKNOWN_COLUMN', channelName: '公告列表', samples: [{ words: '框架协议' }] }],
      vanished: [{ title: '公告h1', state: 'withdrawn', missedBy: 1, probes: [{ found: 'gone', status: 404 }] }],
    });
    const { days, newest } = (body as SourceHealthReply).channels[0]!;
    expect(days).toContainEqual({ day: '2026-03-10', notices: 2 });
    expect(newest! >= '2026-03-13').toBe(true);
    expect((await bench.get('/api/sources/none/health')).status).toBe(404);
  });

  it('gives a month of the calendar, and refuses what is no month', async () => {
    expect((await bench.get('/api/calendar/2026-03')).body).toMatchObject({ month: '2026-03', covered: true });
    for (const month of ['2026-13', '2026-3', 'x'])
      expect((await bench.get(`/api/calendar/${month}`)).status).toBe(400);
  });

  it('says of each day of a month by which State Council notice it rests or works', async () => {
    const { body } = await bench.get('/api/calendar/2020-01');
    const { days, version } = body as CalendarMonthReply;
    const day = (at: string) => days.find((one) => one.day === at);
    expect(version).toBe(calendar.version);
    expect(day('2020-01-19')).toMatchObject({ rest: false, notice: { published: '2019-11-21', amends: false } });
    expect(day('2020-01-31')).toMatchObject({ rest: true, notice: { year: 2020, amends: true } });
  });

  it('shows a month as it was known on an earlier day: the amendment of 2020 was not, nor next year', async () => {
    const known = async (month: string, asOf: string) =>
      (await bench.get(`/api/calendar/${month}?asOf=${asOf}`)).body as CalendarMonthReply;
    const january = await known('2020-01', '2020-01-20');
    expect(january).toMatchObject({ covered: true, asOf: '2020-01-20' });
    expect(january.days.find(({ day }) => day === '2020-01-31')).toMatchObject({ rest: false });
    expect(january.version).not.toBe(calendar.version);
    expect(await known('2021-01', '2020-01-20')).toMatchObject({ covered: false, days: [] });
    expect(await known('2016-01', '2010-01-01')).toMatchObject({ covered: false, version: null });
    expect((await bench.get('/api/calendar/2020-01?asOf=2020-02-30')).status).toBe(400);
  });

  it('shows the calendar that findings are counted by, and which days an edit that is not applied would change', async () => {
    const edited = Calendar.load(rawNational, {
      name: '红河州',
      regionPrefix: '5325',
      years: { 2026: { known: true, source: '红政办发〔2026〕1号', days: [{ day: '2026-11-18', name: '州庆' }] } },
    });
    const held = { words: '设置已改，尚未适用', files: { policy: DEFAULT_POLICY, calendar: edited } };
    const settingsInForce = () => Promise.resolve({ policy: DEFAULT_POLICY, calendar, held });
    const waiting = await openApiBench({ settingsInForce });
    const month = async (address: string) => (await waiting.get(`/api/calendar/${address}`)).body as CalendarMonthReply;
    const november = await month('2026-11');
    expect(november.version).toBe(calendar.version);
    expect(november.localRemark).toBe('2026年红河州地方放假日未掌握');
    expect(november.days.find(({ day }) => day === '2026-11-18')).toMatchObject({ rest: false, why: '周三' });
    expect(november.held).toEqual({
      words: '设置已改，尚未适用',
      localRemark: '2026年红河州地方放假日依据：红政办发〔2026〕1号',
      days: [{ day: '2026-11-18', rest: false, why: '州庆（红河州）' }],
    });
    expect((await month('2026-10')).held).toMatchObject({ days: [] });
    expect((await month('2026-11?asOf=2026-01-01')).held).toMatchObject({ localRemark: null, days: [] });
    expect((await bench.get('/api/calendar/2026-11')).body).toMatchObject({ held: null });
    await waiting.close();
  });

  it('is read only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'] as const) {
      const reply = await bench.app.inject({ method, url: '/api/notices' });
      expect([reply.statusCode, reply.headers['allow']]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('answers an unknown route and an unreadable address in the shape of all errors', async () => {
    expect(await bench.get('/api/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await bench.get('/api/notices/%E0%A4%A')).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
  });

  it('tells a page whose store is gone nothing of what went wrong inside', async () => {
    const broken = await openApiBench();
    await broken.store.close();
    // What went wrong inside is in the log, not in the answer.
    const { status, body } = await broken.get('/api/overview');
    expect([status, body]).toEqual([500, expect.objectContaining({ code: 'INTERNAL', message: '服务内部错误' })]);
    await broken.app.close();
    await broken.archive.close();
  });

  it('slows down a flood, but not the watchdog', async () => {
    const limited = await openApiBench({ requestsPerMinute: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await limited.get('/api/calendar/2026-03')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await limited.get('/api/calendar/2026-03')).body).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect((await limited.get('/healthz')).status).toBe(200);
    await limited.close();
  });

  it('describes itself: every route, OpenAPI 3.1, the same in the file as on the wire', async () => {
    const { body } = await bench.get('/api/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0' });
    const paths = (body as { paths: Record<string, object> }).paths;
    expect(Object.keys(paths)).toEqual([
      '/api/overview',
      '/api/notices',
      '/api/notices/{id}',
      '/api/projects',
      '/api/projects/{id}',
      '/api/link-suggestions',
      '/api/links',
      '/api/links/{id}/withdrawal',
      '/api/alerts',
      '/api/alerts/{key}',
      '/api/findings',
      '/api/findings/reasons',
      '/api/leads',
      '/api/indicators',
      '/api/cases',
      '/api/cases/choices',
      '/api/cases/{number}',
      '/api/cases/steps',
      '/api/cases/{number}/attachments/{sha256}',
      '/api/cases/{number}/sheet.docx',
      '/api/cases/{number}/sheet.xlsx',
      '/api/ledger',
      '/api/simulations',
      '/api/session',
      '/api/sources',
      '/api/sources/{id}/runs',
      '/api/sources/{id}/health',
      '/api/calendar/{month}',
      '/api/rules',
      '/api/archive/{id}',
      '/api/archive/{id}/page',
      '/api/archive/{id}/bytes',
      '/healthz',
      '/readyz',
      '/api/cases/{number}/attachments',
    ]);
    const changing = Object.entries(paths).filter(([, methods]) => Object.keys(methods).some((one) => one !== 'get'));
    expect(changing.map(([path]) => path)).toEqual([
      '/api/links',
      '/api/links/{id}/withdrawal',
      '/api/cases',
      '/api/cases/steps',
      '/api/simulations',
      '/api/session',
      '/api/cases/{number}/attachments',
    ]);
    expect(await openApiDocument()).toEqual(body);
  });
});

describe('the page', () => {
  let webRoot: string;
  let bench: ApiBench;
  beforeEach(async () => {
    webRoot = mkdtempSync(join(tmpdir(), 'gongshi-web-'));
    mkdirSync(join(webRoot, 'assets'));
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>公示</title>');
    writeFileSync(join(webRoot, 'assets', 'index-1a2b.js'), 'export {};');
    bench = await openApiBench({ webRoot });
  });
  afterEach(async () => {
    await bench.close();
    rmSync(webRoot, { recursive: true });
  });
  const accept = 'text/html,application/xhtml+xml';

  it('is served under every place inside it, with a policy that runs only its own scripts', async () => {
    for (const url of ['/', '/alerts/p1%7C%7C1%7CKY-GP-3D', '/notices/ky_gov%3Aa%2Ft1.html']) {
      const reply = await bench.app.inject({ url, headers: { accept } });
      expect([reply.statusCode, reply.body]).toEqual([200, '<!doctype html><title>公示</title>']);
      const policy = String(reply.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(reply.headers['x-content-type-options']).toBe('nosniff');
      expect(reply.headers['cache-control']).toBe('no-cache');
    }
    const script = await bench.app.inject({ url: '/assets/index-1a2b.js' });
    expect(script.headers['content-type']).toContain('javascript');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  it('does not stand in for a missing script, an unknown interface or a file outside its folder', async () => {
    expect((await bench.app.inject({ url: '/assets/gone.js' })).statusCode).toBe(404);
    expect((await bench.app.inject({ url: '/api/gone', headers: { accept } })).json()).toMatchObject({
      code: 'NOT_FOUND',
    });
    for (const url of ['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json']) {
      expect((await bench.app.inject({ url, headers: { accept } })).body).not.toContain('"name"');
    }
  });

  it('that was not built is said to be so', async () => {
    const bare = await openApiBench({ webRoot: join(webRoot, 'nothing') });
    const reply = await bare.app.inject({ url: '/', headers: { accept } });
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toMatchObject({ advice: expect.stringContaining('web:build') as string });
    await bare.close();
  });
});
