import { describe, expect, it } from 'vitest';

import type { Notice } from '../model/notice.ts';
import type { Project } from '../model/project.ts';
import { assemble } from './assemble.ts';
import { identityOfStored } from './identity.ts';
import { linkNotices } from './link.ts';
import { notice } from './testing/notices.ts';

function projectOf(...notices: Notice[]): Project {
  const [linked, ...others] = linkNotices(notices.map(identityOfStored));
  if (linked === undefined || others.length > 0) throw new Error(`expected one project, got ${others.length + 1}`);
  return assemble(linked);
}

const states = (project: Project): string[] => project.timeline.map((e) => e.state);
const remarks = (project: Project): (string | null)[] => project.timeline.map((e) => e.remark);
const lot = (id: string, more = {}) => ({
  id,
  name: null,
  budget: null,
  amount: null,
  suppliers: [],
  failed: false,
  ...more,
});
const construction = { track: 'construction' as const, method: 'open_tender' as const };

describe('what a project is', () => {
  it('takes its id from its earliest notice, whatever was found first', () => {
    const [a, b] = [notice('x:9'), notice('a:1', { kind: 'result', publishDate: '2026-03-20' })];
    expect(projectOf(a, b).id).toBe(projectOf(b, a).id);
    expect(projectOf(a, b).id).toBe(projectOf(a).id);
    expect(projectOf(a, b).noticeIds).toEqual(['x:9', 'a:1']);
  });

  it('takes name, buyer, method and category from the tender notice before later ones', () => {
    const project = projectOf(
      notice('a:1', { method: 'competitive_negotiation', category: 'works', subtype: 'municipal' }),
      notice('a:2', {
        kind: 'result',
        projectName: '灵泉东路项目',
        method: 'inquiry',
        category: 'goods',
        publishDate: '2026-03-20',
      }),
    );
    expect(project).toMatchObject({
      name: '开远市灵泉东路人行道改造工程',
      method: 'competitive_negotiation',
      category: 'works',
      subtype: 'municipal',
      purchaser: '开远市住房和城乡建设局',
      regionCode: '532502',
    });
  });

  it('prefers the county to the prefecture that a copy names', () => {
    const prefecture = { regionCode: '532500', region: '红河州', kind: 'result' as const };
    expect(projectOf(notice('a:1', prefecture), notice('a:2', prefecture), notice('a:3')).regionCode).toBe('532502');
  });

  it('adds up the budgets of lots announced one notice each, once for every copy', () => {
    const one = { lots: [lot('1')], budget: 300_000, title: '培训建设1包招标公告' };
    const two = { lots: [lot('2')], budget: 2_160_000, title: '培训建设2包招标公告' };
    const project = projectOf(notice('a:1', one), notice('b:1', one), notice('a:2', two));
    expect(project.budget).toBe(2_460_000);
    expect(project.lots).toEqual(['1', '2']);
  });

  it('takes a ceiling that a correction lowered', () => {
    const project = projectOf(
      notice('a:1', { ceiling: 900_000 }),
      notice('a:2', { kind: 'correction', ceiling: 880_000, publishDate: '2026-03-05' }),
    );
    expect(project.ceiling).toBe(880_000);
  });

  it('adds up the awards of the lots, the failed one left out', () => {
    const project = projectOf(
      notice('a:1', { lots: [lot('1'), lot('2'), lot('3')] }),
      notice('a:2', {
        kind: 'result',
        publishDate: '2026-03-20',
        amount: 114_000,
        lots: [lot('1', { amount: 114_000 }), lot('2', { amount: 402_000 }), lot('3', { failed: true })],
      }),
    );
    expect(project.award).toBe(516_000);
  });
});

describe('the life of a construction tender', () => {
  const life = (...more: Notice[]) => projectOf(notice('g:1', { ...construction, publishDate: '2026-02-02' }), ...more);

  it('runs from tender through candidates and award to contract without a remark', () => {
    const project = life(
      notice('g:2', { ...construction, kind: 'candidate', publishDate: '2026-03-02' }),
      notice('g:3', { ...construction, kind: 'result', publishDate: '2026-03-09' }),
      notice('g:4', { ...construction, kind: 'contract', publishDate: '2026-04-01' }),
    );
    expect(states(project)).toEqual(['TENDERING', 'CANDIDATES_PUBLICISED', 'AWARDED', 'CONTRACTED']);
    expect(remarks(project)).toEqual([null, null, null, null]);
  });

  it('remarks an award that no candidate notice came before', () => {
    const project = life(notice('g:3', { ...construction, kind: 'result', publishDate: '2026-03-09' }));
    expect(remarks(project)).toEqual([
      null,
      '由“招标（采购）”直接进入“中标（成交）”，在已采集的公告中未见中标候选人公示',
    ]);
  });

  it('remarks candidates publicised after the award, and does not go back', () => {
    const project = life(
      notice('g:3', { ...construction, kind: 'result', publishDate: '2026-03-09' }),
      notice('g:4', { ...construction, kind: 'candidate', publishDate: '2026-03-12' }),
    );
    expect(project.state).toBe('AWARDED');
    expect(project.timeline[2]?.remark).toBe('“候选人公示”发布在“中标（成交）”之后，次序颠倒');
  });

  it('goes on where it stood after a suspension', () => {
    const project = life(
      notice('g:2', { ...construction, kind: 'suspended', publishDate: '2026-02-10' }),
      notice('g:3', {
        ...construction,
        kind: 'correction',
        title: '开远市灵泉东路人行道改造工程恢复招标的变更公告',
        publishDate: '2026-02-20',
      }),
    );
    expect(states(project)).toEqual(['TENDERING', 'SUSPENDED', 'TENDERING']);
  });

  it('does not take a correction for a step', () => {
    expect(states(life(notice('g:2', { ...construction, kind: 'correction', publishDate: '2026-02-10' })))).toEqual([
      'TENDERING',
      'TENDERING',
    ]);
  });

  it('starts the next round after a failure, also where the new tender does not say 二次', () => {
    const project = life(
      notice('g:2', { ...construction, kind: 'failed', publishDate: '2026-03-02' }),
      notice('g:3', { ...construction, publishDate: '2026-03-12' }),
      notice('g:4', { ...construction, kind: 'candidate', publishDate: '2026-04-12' }),
    );
    expect(project.timeline.map((e) => e.round)).toEqual([1, 1, 2, 2]);
    expect(states(project)).toEqual(['TENDERING', 'FAILED', 'TENDERING', 'CANDIDATES_PUBLICISED']);
    expect(project.round).toBe(2);
  });

  it('counts a notice without a round mark to the round opened before it', () => {
    const project = life(
      notice('g:2', { ...construction, kind: 'failed', publishDate: '2026-03-02' }),
      notice('g:3', { ...construction, round: 2, publishDate: '2026-03-12' }),
      notice('g:4', { ...construction, kind: 'result', publishDate: '2026-04-12' }),
    );
    expect(project.timeline.at(-1)?.round).toBe(2);
  });

  it('goes on with the other lots when one fails', () => {
    const project = projectOf(
      notice('g:1', { ...construction, lots: [lot('1'), lot('2')] }),
      notice('g:2', { ...construction, kind: 'failed', lots: [lot('2')], publishDate: '2026-03-20' }),
    );
    expect(project.state).toBe('TENDERING');
    expect(project.timeline[1]?.remark).toBe('标段（包）2废标（流标），其余标段（包）继续');
    expect(project.round).toBe(1);
  });
});

describe('other lifecycles', () => {
  it('expects the publicity of a single source before its result', () => {
    const single = { method: 'single_source' as const };
    const result = notice('y:2', { ...single, kind: 'result', publishDate: '2026-03-20' });
    expect(remarks(projectOf(notice('y:1', { ...single, kind: 'single_source' }), result))).toEqual([null, null]);
    expect(remarks(projectOf(result))).toEqual(['在已采集的公告中，“结果公告”之前未见单一来源公示']);
  });

  it('does not ask candidates of a government procurement', () => {
    expect(remarks(projectOf(notice('y:1'), notice('y:2', { kind: 'result', publishDate: '2026-03-20' })))).toEqual([
      null,
      null,
    ]);
  });

  it('brings land from notice through deal to supply result', () => {
    const parcels = [
      {
        code: '开2026-05号',
        location: null,
        areaSqm: null,
        use: null,
        startPrice: null,
        dealPrice: null,
        winner: null,
      },
    ];
    const land = {
      track: 'land' as const,
      method: 'listing' as const,
      parcels,
      projectName: null,
      projectCode: null,
      agency: null,
    };
    const project = projectOf(
      notice('l:1', { ...land, title: '国有建设用地使用权挂牌出让公告' }),
      notice('l:2', { ...land, kind: 'result', title: '国有建设用地使用权成交公示', publishDate: '2026-04-10' }),
      notice('l:3', { ...land, kind: 'result', title: '开2026-05号供地结果', publishDate: '2026-05-10' }),
    );
    expect(states(project)).toEqual(['NOTICED', 'DEAL', 'RESULT_PUBLISHED']);
    expect(project.lots).toEqual(['开2026-05号']);
  });
});
