import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openApiBench } from '../../test/support/api.ts';
import type { ApiBench } from '../../test/support/api.ts';
import { judgeAllProjects } from '../cases/judge-stage.ts';
import { keepCases } from '../cases/case-stage.ts';
import { hashPassword } from '../cases/passwords.ts';
import { calendar } from '../compliance/test-facts.ts';
import { epochOf } from '../model/day.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { UserRole } from '../model/user.ts';
import { matchNotices } from '../projects/stage.ts';
import { bodyOf, notice, sighting } from '../projects/testing/notices.ts';
import type { SettingsInForce } from './context.ts';
import type { SimulationReply } from './simulation-schemas.ts';

const PASSWORD = '正确的密码-1234567';

const FIRM = '云南恒泰建设工程有限公司';
const facts = { category: 'works', subtype: 'municipal', method: 'competitive_negotiation', budget: 860_000 } as const;

/** A publicity of Thursday 12 March 2026, and the result of the day after. */
describe('a changed setting tried on history', () => {
  let bench: ApiBench;
  let given: () => Promise<SettingsInForce>;
  const clock = { now: () => epochOf('2026-03-13T20:00') };
  const inForce: SettingsInForce = { policy: DEFAULT_POLICY, calendar, held: null };
  beforeEach(async () => {
    given = () => Promise.resolve(inForce);
    bench = await openApiBench({ clock, settingsInForce: () => given() });
    const { store } = bench;
    const candidates = [{ rank: 1, name: FIRM, price: null, lot: null }];
    await store.notices.observe(
      [
        notice('hh_finance:1', { ...facts, text: bodyOf('灵泉东路') }),
        notice('hh_finance:2', { ...facts, kind: 'candidate', publishDate: '2026-03-12', candidates }),
        notice('hh_finance:3', { ...facts, kind: 'result', publishDate: '2026-03-13', suppliers: [FIRM] }),
      ].map((n) => sighting(n)),
    );
    await matchNotices(store);
    await judgeAllProjects({ store, policy: DEFAULT_POLICY, calendar, clock });
    await keepCases({ store, calendar, clock, deadlines: { pending: 5, investigating: 30, rectifying: 30, reply: 5 } });
  });
  afterEach(() => bench.close());

  const as = async (role: UserRole) => {
    const password = await hashPassword(PASSWORD);
    await bench.store.users.put({ name: role, role, password, generation: 1, createdAt: 0, disabledAt: null });
    const payload = { name: role, password: PASSWORD };
    const reply = await bench.app.inject({ method: 'POST', url: '/api/session', payload });
    return String(reply.headers['set-cookie']).split(';')[0]!;
  };
  const tried = async (cookie: string, payload: object) => {
    const reply = await bench.app.inject({ method: 'POST', url: '/api/simulations', headers: { cookie }, payload });
    return { status: reply.statusCode, body: reply.json() as SimulationReply };
  };

  it('says which alerts would be gone, with what became of their cases, and which would come, and changes nothing', async () => {
    const { items } = await bench.store.findings.alerts({ limit: 9 });
    expect(items).toMatchObject([{ number: 'KY-2026-0001', finding: { rule: 'KY-GP-3D' } }]);
    const cookie = await as('supervisor');
    const { status, body } = await tried(cookie, { enabled: { 'KY-GP-3D': false } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      projects: 1,
      gone: {
        count: 1,
        confirmed: 0,
        dismissed: 0,
        items: [{ number: 'KY-2026-0001', stateName: '待核', decision: null, sentence: items[0]!.finding.sentence }],
      },
      changed: { count: 0 },
      // Where no rule in force judges it, the review of local practice does.
      added: { count: 1, items: [{ rule: 'KY-REVIEW-3D', nature: 'review' }] },
    });
    expect(await tried(cookie, {})).toMatchObject({ body: { gone: { count: 0 }, changed: { count: 0 } } });
    expect((await bench.store.findings.alerts({ limit: 9 })).items).toEqual(items);
  });

  it('is tried by those who handle cases or keep the program running, and only by settings there are', async () => {
    expect((await tried('', {})).status).toBe(401);
    expect((await tried(await as('viewer'), {})).status).toBe(403);
    const cookie = await as('operator');
    expect((await tried(cookie, { rollover: false })).status).toBe(200);
    for (const wrong of [
      { rollover: 'no' },
      { enabled: { NONE: false } },
      { reviewAlert: { as: 'off' } },
      { other: 1 },
    ]) {
      expect((await tried(cookie, wrong)).status).toBe(400);
    }
  });

  it('is tried once at a time, and not on a page where the projects are too many for it', async () => {
    const cookie = await as('operator');
    const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<SettingsInForce>()];
    given = () => {
      asked.resolve();
      return answered.promise;
    };
    const first = tried(cookie, {});
    await asked.promise;
    expect(await tried(cookie, {})).toMatchObject({ status: 400, body: { message: '另一次试算正在进行' } });
    answered.resolve(inForce);
    expect((await first).status).toBe(200);
    expect((await tried(cookie, {})).status).toBe(200);
    bench.store.projects.count = () => Promise.resolve(50_001);
    expect(await tried(cookie, {})).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('50000') as unknown },
    });
  });
});
