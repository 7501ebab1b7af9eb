import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openApiBench } from '../../test/support/api.ts';
import type { ApiBench } from '../../test/support/api.ts';
import { buildFinding, buildProject } from '../../test/support/build.ts';
import type { FindingReasonReply, FindingRowReply, PageReply } from './schemas.ts';

describe('what could not be judged', () => {
  let bench: ApiBench;
  beforeEach(async () => {
    bench = await openApiBench();
    const { store } = bench;
    const doubt = { verdict: 'undetermined', severity: 'info' } as const;
    await store.projects.replace(['yn_ccgp:a'], [buildProject({ id: 'p1', noticeIds: ['yn_ccgp:a'], name: '城南路' })]);
    await store.findings.judge(
      ['p1'],
      [
        buildFinding({ projectId: 'p1', ...doubt, severity: 'major', codes: ['BACKDATING_SUSPECTED'] }),
        buildFinding({ projectId: 'p1', lot: '2', ...doubt, codes: ['COVERAGE_GAP'] }),
        buildFinding({ projectId: 'p1', lot: '3', ...doubt, codes: ['COVERAGE_GAP', 'LOT_UNRESOLVED'] }),
        buildFinding({ projectId: 'p1', rule: 'KY-REVIEW-3D', ...doubt, codes: ['REVIEW_NO_PUBLICITY'] }),
        buildFinding({ projectId: 'p1', lot: '4', verdict: 'violation' }),
      ],
      [],
    );
  });
  afterEach(() => bench.close());

  const found = async (query: string) => {
    const { body } = await bench.get(`/api/findings?${query}`);
    const { items, total } = body as PageReply<FindingRowReply>;
    return { keys: items.map(({ lot, codes }) => `${lot ?? ''} ${codes.join()}`), total, items };
  };

  it('is listed by itself: neither a violation nor a hint to check stands among it', async () => {
    const { keys, total } = await found('');
    expect(keys).toEqual(['2 COVERAGE_GAP', '3 COVERAGE_GAP,LOT_UNRESOLVED', ' BACKDATING_SUSPECTED']);
    expect(total).toBe(3);
  });

  it('is found by its severity and by each of its reasons, with the number of all such findings', async () => {
    expect(await found('severity=major')).toMatchObject({ keys: [' BACKDATING_SUSPECTED'], total: 1 });
    expect(await found('code=COVERAGE_GAP&limit=1')).toMatchObject({ keys: ['2 COVERAGE_GAP'], total: 2 });
    expect(await found('code=LOT_UNRESOLVED&rule=KY-GP-3D')).toMatchObject({ total: 1 });
    expect(await found('code=LOT_UNRESOLVED&rule=TB-CAND-3D')).toMatchObject({ keys: [], total: 0 });
    expect(await found('rule=KY-REVIEW-3D')).toMatchObject({ keys: [' REVIEW_NO_PUBLICITY'], total: 1 });
  });

  it('names the project and what each reason means', async () => {
    const { items } = await found('severity=major');
    expect(items[0]).toMatchObject({ projectName: '城南路', codeTexts: ['说明：BACKDATING_SUSPECTED'] });
  });

  it('is counted by reason, the grave doubts first, then the many', async () => {
    const { body } = await bench.get('/api/findings/reasons');
    const rows = (body as FindingReasonReply[]).map(({ severity, code, count }) => `${severity} ${code} ${count}`);
    expect(rows).toEqual(['major BACKDATING_SUSPECTED 1', 'info COVERAGE_GAP 2', 'info LOT_UNRESOLVED 1']);
  });

  it('by a reason that there is not is refused', async () => {
    expect((await bench.get('/api/findings?code=NOWHERE')).status).toBe(400);
  });
});
