import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openApiBench } from '../../test/support/api.ts';
import type { ApiBench } from '../../test/support/api.ts';
import { buildAlert, buildFinding, buildObservation, buildProject, MARCH_20 } from '../../test/support/build.ts';
import { keepCases } from '../cases/case-stage.ts';
import { hashPassword } from '../cases/passwords.ts';
import type { Calendar } from '../compliance/calendar.ts';
import { calendar } from '../compliance/test-facts.ts';
import type { CaseSummaryReply } from './case-schemas.ts';
import type { PageReply } from './schemas.ts';
import { epochOf } from '../model/day.ts';
import type { ReasonCode } from '../model/finding.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { UserRole } from '../model/user.ts';

const PASSWORD = '正确的密码-1234567';
const deadlines = { pending: 5, investigating: 30, rectifying: 30, reply: 5 };

describe('cases over the API', () => {
  let bench: ApiBench;
  let now: number;
  let inForce: Calendar;
  beforeEach(async () => {
    now = MARCH_20;
    inForce = calendar;
    bench = await openApiBench({
      clock: { now: () => now },
      settingsInForce: () => Promise.resolve({ policy: DEFAULT_POLICY, calendar: inForce, held: null }),
    });
    const { store } = bench;
    const record = await bench.keep({});
    await store.notices.observe([buildObservation({ noticeId: 'yn_ccgp:a', archiveId: record.id })]);
    await store.projects.replace(['yn_ccgp:a'], [buildProject({ id: 'p1', noticeIds: ['yn_ccgp:a'] })]);
    const finding = buildFinding({ projectId: 'p1', evidence: [{ noticeId: 'yn_ccgp:a', role: 'result' }] });
    await store.findings.judge(['p1'], [finding], [buildAlert({ projectId: 'p1', finding })]);
    await keepCases({ store, calendar, deadlines, clock: { now: () => MARCH_20 } });
  });
  afterEach(() => bench.close());

  async function account(name: string, role: UserRole) {
    const password = await hashPassword(PASSWORD);
    await bench.store.users.put({ name, role, password, generation: 1, createdAt: 0, disabledAt: null });
  }
  async function signIn(name: string, password = PASSWORD) {
    const reply = await bench.app.inject({ method: 'POST', url: '/api/session', payload: { name, password } });
    return { status: reply.statusCode, cookie: String(reply.headers['set-cookie'] ?? '') };
  }
  const as = async (name: string) => (await signIn(name)).cookie.split(';')[0]!;
  async function step(cookie: string, command: object, version = 1, headers: Record<string, string> = {}) {
    const reply = await bench.app.inject({
      method: 'POST',
      url: '/api/cases/steps',
      headers: { cookie, host: 'gongshi.test', ...headers },
      payload: { cases: [{ number: 'KY-2026-0001', version }], command },
    });
    return { status: reply.statusCode, body: reply.json() as { code?: string; state?: string }[] & { code?: string } };
  }
  const started = { action: 'started', note: '' };

  it('are read by anybody on this machine, with deadline, events and the alert they rest on', async () => {
    expect((await bench.get('/api/cases?state=pending')).body).toMatchObject({
      total: 1,
      items: [{ number: 'KY-2026-0001', stateName: '待核', due: '2026-03-27', overdue: false, version: 1 }],
    });
    expect((await bench.get('/api/cases/KY-2026-0001')).body).toMatchObject({
      allowed: ['started', 'suspended', 'assigned', 'due_set', 'replied', 'commented', 'attached'].filter(
        (action) => action !== 'replied',
      ),
      events: [{ actionName: '立案', actor: { name: '系统' } }],
      alert: { number: 'KY-2026-0001', evidence: [{ noticeId: 'yn_ccgp:a' }] },
    });
    expect((await bench.get('/api/cases/KY-2026-0009')).status).toBe(404);
    expect((await bench.get('/api/cases/1')).status).toBe(400);
  });

  it('are changed by nobody who is not logged in, and the page learns that there is no account yet', async () => {
    expect((await bench.get('/api/session')).body).toEqual({ user: null, hasAccounts: false });
    expect(await step('', started)).toMatchObject({ status: 401, body: { code: 'SIGN_IN_REQUIRED' } });
    await account('李明', 'supervisor');
    expect((await bench.get('/api/session')).body).toEqual({ user: null, hasAccounts: true });
  });

  it('carry the name of who acted', async () => {
    await account('李明', 'supervisor');
    expect((await step(await as('李明'), started)).status).toBe(200);
    const events = await bench.store.cases.events('KY-2026-0001');
    expect(events.at(-1)).toMatchObject({ actor: { kind: 'person', name: '李明' }, step: { action: 'started' } });
  });

  it('let a viewer only read, and an operator only comment', async () => {
    await account('查', 'viewer');
    await account('管', 'operator');
    expect((await step(await as('查'), { action: 'commented', note: 'x' })).status).toBe(403);
    const operator = await as('管');
    expect((await step(operator, started)).status).toBe(403);
    expect((await step(operator, { action: 'commented', note: '网站当日停机' })).status).toBe(200);
  });

  it('tell the second of two people that the first was faster, and an unlawful step what is lawful', async () => {
    await account('李明', 'supervisor');
    const cookie = await as('李明');
    await step(cookie, started);
    expect(await step(cookie, { action: 'commented', note: 'x' }, 1)).toMatchObject({
      status: 409,
      body: { code: 'CASE_OVERTAKEN' },
    });
    expect(await step(cookie, { action: 'closed', note: 'x' }, 2)).toMatchObject({
      status: 409,
      body: { code: 'CASE_STEP_NOT_ALLOWED' },
    });
    expect((await step(cookie, { action: 'dismissed', reason: 'because', note: '' }, 2)).status).toBe(400);
    expect((await step(cookie, { action: 'assigned', to: '无此人', note: '' }, 2)).status).toBe(400);
  });

  it('refuse what another site sends in the name of somebody logged in', async () => {
    await account('李明', 'supervisor');
    const { cookie } = await signIn('李明');
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    const own = cookie.split(';')[0]!;
    expect((await step(own, started, 1, { origin: 'https://evil.test' })).status).toBe(403);
    expect((await step(own, started, 1, { origin: 'null' })).status).toBe(403);
    expect((await step(own, started, 1, { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await step(own, started, 1, { origin: 'http://gongshi.test' })).status).toBe(200);
  });

  it('end a session with the log-out, a new generation or a disabled account, and take no forged cookie', async () => {
    await account('李明', 'supervisor');
    const cookie = await as('李明');
    const whoIs = async (value: string) => {
      const reply = await bench.app.inject({ url: '/api/session', headers: { cookie: value } });
      return (reply.json() as { user: { name: string } | null }).user?.name ?? null;
    };
    expect(await whoIs(cookie)).toBe('李明');
    expect(await whoIs(cookie.slice(0, -3) + 'abc')).toBeNull();
    expect(await whoIs('gongshi_session=a.b.c.d')).toBeNull();
    await bench.app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie } });
    expect(await whoIs(cookie)).toBeNull();
    const user = (await bench.store.users.get('李明'))!;
    await bench.store.users.put({ ...user, disabledAt: 1 });
    expect((await signIn('李明')).status).toBe(401);
  });

  it('slow down who guesses passwords', async () => {
    await account('李明', 'supervisor');
    expect((await signIn('李明', '错误的密码-1234567')).status).toBe(401);
    expect((await signIn('无此人')).status).toBe(401);
    const tries = await Promise.all(Array.from({ length: 10 }, () => signIn('李明', 'x')));
    expect(tries.map(({ status }) => status)).toContain(429);
  });

  it('keep attachments by their content, give them back as downloads, and refuse what is not what it says', async () => {
    await account('李明', 'supervisor');
    const cookie = await as('李明');
    const attach = (name: string, payload: Buffer, version: number) =>
      bench.app.inject({
        method: 'POST',
        url: `/api/cases/KY-2026-0001/attachments?version=${version}&name=${encodeURIComponent(name)}`,
        headers: { cookie, 'content-type': 'application/octet-stream' },
        payload,
      });
    const pdf = Buffer.from('%PDF-1.7 复函');
    expect((await attach('复函.pdf', pdf, 1)).statusCode).toBe(200);
    expect((await attach('页面.html', Buffer.from('<script>'), 2)).statusCode).toBe(400);
    expect((await attach('假.pdf', Buffer.from('<script>'), 2)).statusCode).toBe(400);
    expect((await attach('大.pdf', Buffer.alloc(6 * 1024 * 1024), 2)).statusCode).toBe(413);
    const { step: kept } = (await bench.store.cases.events('KY-2026-0001')).at(-1)!;
    if (kept.action !== 'attached') throw new Error('no attachment');
    const reply = await bench.app.inject({ url: `/api/cases/KY-2026-0001/attachments/${kept.sha256}` });
    expect(reply.rawPayload).toEqual(pdf);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('复函.pdf')}`,
    });
  });

  it('are found by source, agency and code', async () => {
    const numbers = async (query: string) => {
      const { body } = await bench.get(`/api/cases?${query}`);
      return (body as PageReply<CaseSummaryReply>).items.map(({ number }) => number);
    };
    const agency = encodeURIComponent('云南明诚项目管理有限公司');
    for (const query of ['source=yn_ccgp', `agency=${agency}`, 'code=MISSING_PUBLICITY']) {
      expect(await numbers(query), query).toEqual(['KY-2026-0001']);
    }
    for (const query of ['source=hh_finance', 'agency=x', 'code=SAME_DAY', 'replyOverdue=true']) {
      expect(await numbers(query), query).toEqual([]);
    }
    expect((await bench.get('/api/cases?code=NONE')).status).toBe(400);
    expect((await bench.get('/api/cases/choices')).body).toEqual({
      sources: [{ id: 'yn_ccgp', name: '云南省政府采购网' }],
      agencies: ['云南明诚项目管理有限公司'],
      codes: [{ code: 'MISSING_PUBLICITY', text: '说明：MISSING_PUBLICITY' }],
    });
  });

  it('show a question that the publisher left unanswered beyond its day, until the reply is noted', async () => {
    await account('李明', 'supervisor');
    const cookie = await as('李明');
    await step(cookie, started);
    await step(cookie, { action: 'asked', to: '采购中心', note: '请说明。' }, 2);
    const overdue = async () => (await bench.get('/api/cases?replyOverdue=true')).body;
    // Five working days after Friday 20 March 2026.
    expect((await bench.get('/api/cases')).body).toMatchObject({
      items: [{ replyBy: '2026-03-27', replyOverdue: false }],
    });
    now = epochOf('2026-03-27T23:59');
    expect(await overdue()).toMatchObject({ total: 0 });
    now = epochOf('2026-03-28T00:00');
    expect(await overdue()).toMatchObject({ total: 1, items: [{ number: 'KY-2026-0001', replyOverdue: true }] });
    await step(await as('李明'), { action: 'replied', note: '已复' }, 3);
    expect(await overdue()).toMatchObject({ total: 0 });
  });

  it('count days by the calendar that findings are counted by, not by the one this process began with', async () => {
    await account('李明', 'supervisor');
    // Before the notice of 4 November 2025 nobody knew the rest days of 2026.
    inForce = calendar.knownOn('2025-11-03')!;
    const asked = { action: 'asked', to: '采购中心', note: '请说明。' };
    await step(await as('李明'), started);
    expect(await step(await as('李明'), asked, 2)).toMatchObject({ status: 200 });
    expect((await bench.get('/api/cases')).body).toMatchObject({ items: [{ replyBy: null }] });
  });

  it('are opened by a supervisor on what could not be judged: a doubt, among no alerts and apart in the ledger', async () => {
    const codes: ReasonCode[] = ['BACKDATING_SUSPECTED'];
    const evidence = [{ noticeId: 'yn_ccgp:a', role: 'result' as const }];
    const finding = buildFinding({ projectId: 'p1', lot: '2', verdict: 'undetermined', codes, evidence });
    await bench.store.findings.judge([], [finding], []);
    const open = async (cookie: string, note = '日期前后不一') => {
      const payload = { finding: finding.key, note };
      const reply = await bench.app.inject({ method: 'POST', url: '/api/cases', headers: { cookie }, payload });
      return { status: reply.statusCode, body: reply.json() as { code?: string; message?: string } };
    };
    await account('李明', 'supervisor');
    await account('管', 'operator');
    expect((await open('')).status).toBe(401);
    expect((await open(await as('管'))).status).toBe(403);
    const cookie = await as('李明');
    expect((await open(cookie, ' ')).status).toBe(400);
    expect(await open(cookie)).toMatchObject({ status: 200, body: { number: 'KY-2026-0002', nature: 'doubt' } });
    expect(await open(cookie)).toMatchObject({ status: 409, body: { code: 'CASE_STEP_NOT_ALLOWED' } });
    expect((await bench.get('/api/cases/KY-2026-0002')).body).toMatchObject({
      nature: 'doubt',
      events: [{ actor: { name: '李明' }, actionName: '立案' }],
      alert: { nature: 'doubt', finding: { verdict: 'undetermined' }, evidence: [{ noticeId: 'yn_ccgp:a' }] },
    });
    expect((await bench.get('/api/findings')).body).toMatchObject({ items: [{ caseNumber: 'KY-2026-0002' }] });
    expect((await bench.get('/api/alerts')).body).toMatchObject({ total: 1, items: [{ number: 'KY-2026-0001' }] });
    expect((await bench.get('/api/alerts?nature=doubt')).body).toMatchObject({ total: 1 });
    expect((await bench.get('/api/overview')).body).toMatchObject({ alerts: { violation: 1, review: 0, cleared: 0 } });
    expect((await bench.get('/api/cases?nature=doubt')).body).toMatchObject({ total: 1 });
    expect((await bench.get('/api/ledger')).body).toMatchObject({ doubts: 1, byRule: [{ undecided: 1 }] });
  });

  it('are counted by rule, source and agency, without a share while they are too few to say, beside the projects judged', async () => {
    const counts = { judged: 3, pending: 0, unjudged: 1, violating: 1, reasons: [] };
    await bench.store.findings.keepJudged({ at: MARCH_20, rules: [{ rule: 'KY-GP-3D', ...counts }] });
    expect((await bench.get('/api/ledger')).body).toEqual({
      minimum: 10,
      doubts: 0,
      byRule: [
        {
          name: '开远市政府采购结果公示不少于3日',
          confirmed: 0,
          dismissed: 0,
          misjudged: 0,
          undecided: 1,
          share: null,
          projects: { judged: 3, pending: 0, unjudged: 1, violating: 1, share: 0.75, reasons: [] },
        },
      ],
      bySource: [{ name: '云南省政府采购网', confirmed: 0, dismissed: 0, misjudged: 0, undecided: 1, share: null }],
      byAgency: [
        { name: '云南明诚项目管理有限公司', confirmed: 0, dismissed: 0, misjudged: 0, undecided: 1, share: null },
      ],
    });
  });
});
