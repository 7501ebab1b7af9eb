import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openApiBench } from '../../test/support/api.ts';
import type { ApiBench } from '../../test/support/api.ts';
import { buildObservation } from '../../test/support/build.ts';
import { hashPassword } from '../cases/passwords.ts';
import type { UserRole } from '../model/user.ts';
import { matchNotices } from '../projects/stage.ts';

const PASSWORD = '正确的密码-1234567';
const OTHER = { projectName: '开远市第三小学运动场维修工程', projectCode: 'X-2026-000123', codes: ['X-2026-000123'] };

describe('links decided over the API', () => {
  let bench: ApiBench;
  beforeEach(async () => {
    bench = await openApiBench();
    await bench.store.notices.observe([
      buildObservation({ externalId: '1' }),
      buildObservation({ externalId: '2', fields: { kind: 'result', title: '医疗设备采购项目结果公告' } }),
      buildObservation({ externalId: '3', fields: { ...OTHER, title: `${OTHER.projectName}公开招标公告` } }),
    ]);
    await matchNotices(bench.store);
  });
  afterEach(() => bench.close());

  async function post(url: string, payload: object, role: UserRole = 'supervisor') {
    const password = await hashPassword(PASSWORD);
    await bench.store.users.put({ name: '李明', role, password, generation: 1, createdAt: 0, disabledAt: null });
    const signedIn = await bench.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { name: '李明', password: PASSWORD },
    });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!;
    const reply = await bench.app.inject({ method: 'POST', url, headers: { cookie }, payload });
    return { status: reply.statusCode, body: reply.json<Record<string, unknown> & { decision: { id: string } }>() };
  }
  const home = async (n: string): Promise<string> =>
    (await bench.store.projects.ofNotices([`yn_ccgp:${n}`])).get(`yn_ccgp:${n}`)!;
  const split = { verdict: 'apart', notices: ['yn_ccgp:2'], reason: '编号印错' };

  it('split a project at once, under the name of who is logged in', async () => {
    const { status, body } = await post('/api/links', split);
    expect(status).toBe(200);
    expect(body).toMatchObject({ done: true, decision: { by: '李明', reason: '编号印错' } });
    expect(body['projectIds']).toEqual([await home('2')]);
    expect(await home('2')).not.toBe(await home('1'));
  });

  it('join two projects, and the project shows the decision', async () => {
    const projects = [await home('1'), await home('3')];
    await post('/api/links', { verdict: 'together', projects, reason: '同一采购计划' });
    expect(await home('3')).toBe(await home('1'));
    const { body } = await bench.get(`/api/projects/${encodeURIComponent(await home('1'))}`);
    expect(body).toMatchObject({ decisions: [{ verdict: 'together', reason: '同一采购计划', withdrawn: null }] });
  });

  it('are suggested where the evidence leaves it open, until a supervisor refuses', async () => {
    const name = '开远市公租房外墙维修项目';
    const page = (title: string, purchaser: string) => ({
      projectName: name,
      projectCode: null,
      codes: [],
      title,
      purchaser,
    });
    await bench.store.notices.observe([
      buildObservation({ externalId: '5', fields: page(`${name}公开招标公告`, '开远市住房和城乡建设局') }),
      buildObservation({
        externalId: '6',
        fields: { ...page(`${name}中标候选人公示`, '开远市住建局'), kind: 'candidate' },
      }),
    ]);
    await matchNotices(bench.store);
    const { body } = await bench.get('/api/link-suggestions');
    expect(body).toMatchObject({
      total: 2,
      items: [
        {
          suggestions: [
            {
              code: 'SAME_NAME_BUYER_ABBREVIATED',
              title: '名称相同，采购人疑为简称',
              otherProject: { name },
            },
          ],
        },
        {},
      ],
    });
    expect((await bench.get(`/api/projects/${await home('5')}`)).body).toMatchObject({
      suggestions: [{ other: { id: 'yn_ccgp:6' }, otherProject: { id: await home('6') } }],
    });
    const projects = [await home('5'), await home('6')];
    expect((await post('/api/links', { verdict: 'apart', projects, reason: '两个单位' })).status).toBe(200);
    expect((await bench.get('/api/link-suggestions')).body).toMatchObject({ total: 0, items: [] });
  });

  it('are taken back with a reason, once', async () => {
    const { id } = (await post('/api/links', split)).body.decision;
    const withdrawal = { reason: '核对有误' };
    expect((await post(`/api/links/${id}/withdrawal`, withdrawal)).status).toBe(200);
    expect(await home('2')).toBe(await home('1'));
    expect((await post(`/api/links/${id}/withdrawal`, withdrawal)).status).toBe(400);
  });

  it('stay with supervisors: an operator is refused, and nothing is kept', async () => {
    expect((await post('/api/links', split, 'operator')).status).toBe(403);
    expect((await bench.app.inject({ method: 'POST', url: '/api/links', payload: split })).statusCode).toBe(401);
    expect(await bench.store.linkDecisions.standing()).toEqual([]);
  });

  it('are refused without a reason, or about what is not there', async () => {
    expect((await post('/api/links', { ...split, reason: ' ' })).status).toBe(400);
    expect((await post('/api/links', { ...split, notices: ['yn_ccgp:9'] })).body).toMatchObject({
      code: 'INPUT_INVALID',
      message: '没有公告 yn_ccgp:9',
    });
  });
});
