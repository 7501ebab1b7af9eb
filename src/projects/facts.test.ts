import { describe, expect, it } from 'vitest';

import { epochOf } from '../model/day.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { Notice } from '../model/notice.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { CoverageSpan } from '../model/run.ts';
import { assemble } from './assemble.ts';
import { noticeIdOf } from './fact-notices.ts';
import { factSheetOf } from './fact-sheet.ts';
import { factsOf, type FactsOptions } from './facts.ts';
import { identityOfStored } from './identity.ts';
import { linkNotices } from './link.ts';
import { bodyOf, notice } from './testing/notices.ts';

/** A column read whole at noon of the given day. */
function read(column: string, day: string, from: string | null = null): CoverageSpan {
  const [sourceId = '', channelId = ''] = column.split('/');
  return { sourceId, channelId, runId: `${column} ${day}`, from, to: day, finishedAt: epochOf(`${day}T12:00`) };
}

const EVERYTHING = [
  'hh_finance/zfcg',
  'yn_ccgp/list',
  'yn_ggzy/gcjs_candidate',
  'yn_ggzy/gcjs_change',
  'yn_ggzy/gcjs_result',
].map((column) => read(column, '2026-06-01'));

/** Of the latest round, or of the one named. */
function facts(
  notices: Notice[],
  { round, ...options }: Partial<FactsOptions> & { round?: number } = {},
): ProjectFacts {
  const [linked] = linkNotices(notices.map(identityOfStored));
  if (linked === undefined) throw new Error('no notices');
  const sheet = factSheetOf(assemble(linked), notices, new Map());
  const judged = sheet.rounds.find((one) => one.round === round) ?? sheet.rounds.at(-1)!;
  return factsOf(sheet, judged, {
    policy: DEFAULT_POLICY,
    coverage: EVERYTHING,
    asOf: '2026-06-01',
    ...options,
  });
}

const lot = (id: string, more = {}) => ({
  id,
  name: null,
  budget: null,
  amount: null,
  suppliers: [],
  failed: false,
  ...more,
});
const candidate = (rank: number, name: string, of: string | null = null) => ({ rank, name, price: null, lot: of });
const [A, B, C] = ['云南恒泰建设工程有限公司', '红河州宏远市政工程有限公司', '云南昌达建筑工程有限公司'];

const tender = notice('hh_finance:1', {
  category: 'works',
  subtype: 'municipal',
  method: 'competitive_negotiation',
  budget: 860_000,
  openingDate: '2026-03-10T09:00',
});
const publicity = notice('hh_finance:2', {
  kind: 'candidate',
  publishDate: '2026-03-11',
  candidates: [candidate(2, B), candidate(1, A)],
  publicity: { from: '2026-03-11', to: '2026-03-14', workdays: null, days: null, words: '2026年3月11日至3月14日' },
});
const result = notice('hh_finance:3', { kind: 'result', publishDate: '2026-03-17', suppliers: [A] });

describe('what a project is judged by', () => {
  it('states regime, budget, region and the day of the latest round’s tender', () => {
    expect(facts([tender, publicity, result]).project).toMatchObject({
      regime: 'gov_procurement',
      method: 'competitive_negotiation',
      category: 'works',
      subtype: 'municipal',
      budget: 860_000,
      city: '532502',
      on: '2026-03-02',
    });
    const again = notice('hh_finance:4', { round: 2, publishDate: '2026-04-20' });
    expect(
      facts([tender, notice('hh_finance:5', { kind: 'failed', publishDate: '2026-03-20' }), again]).project.on,
    ).toBe('2026-04-20');
  });

  it('takes the first notice’s day where no tender notice is known', () => {
    expect(facts([publicity, result]).project.on).toBe('2026-03-11');
  });

  it('hands over candidates by rank, the winner and the stated period', () => {
    const { notices } = facts([tender, publicity, result]);
    expect(notices.find((n) => n.kind === 'candidate')).toMatchObject({
      id: 'hh_finance:2',
      candidates: [A, B],
      statedPeriod: { from: '2026-03-11', to: '2026-03-14' },
      designated: true,
      round: 1,
    });
    expect(notices.find((n) => n.kind === 'result')).toMatchObject({ winner: A, publishedAt: '2026-03-17' });
  });

  it('takes no list of candidates from the first name alone', () => {
    const { notices } = facts([
      tender,
      { ...publicity, fields: { ...publicity.fields, candidates: [], suppliers: [A] } },
    ]);
    expect(notices[1]).not.toHaveProperty('candidates');
  });

  it('hands over every copy with its own source, day and first sight', () => {
    const text = bodyOf('灵泉东路', '成交');
    const one = notice('hh_finance:3', { kind: 'result', publishDate: '2026-03-17', text });
    const two = notice('ky_gov:9', {
      kind: 'result',
      publishDate: '2026-03-18',
      text,
      firstSeenAt: epochOf('2026-03-19T08:00'),
    });
    expect(facts([tender, one, two]).notices.filter((n) => n.kind === 'result')).toMatchObject([
      { id: 'hh_finance:3', source: 'hh_finance', designated: true, publishedAt: '2026-03-17' },
      {
        id: 'ky_gov:9',
        source: 'ky_gov',
        designated: false,
        publishedAt: '2026-03-18',
        firstSeenAt: '2026-03-19',
      },
    ]);
  });

  it('counts the mirror of yn_ccgp on yn_ggzy as a publication on yn_ccgp', () => {
    const mirrored = notice('yn_ggzy:7', { kind: 'single_source', method: 'single_source', channel: 'mirror_single' });
    const other = notice('yn_ggzy:8', {
      kind: 'result',
      method: 'single_source',
      channel: 'zfcg_result',
      publishDate: '2026-03-20',
    });
    expect(facts([mirrored, other]).notices.map((n) => n.designated)).toEqual([true, false]);
  });

  it('hands over the publish date that our first snapshot showed', () => {
    const moved = notice('hh_finance:2', {
      kind: 'candidate',
      publishDate: '2026-03-10',
      firstPublishDate: '2026-03-13',
    });
    expect(facts([tender, moved]).notices[1]).toMatchObject({
      publishedAt: '2026-03-10',
      prevPublishedAt: '2026-03-13',
    });
    expect(facts([tender, publicity]).notices[1]).not.toHaveProperty('prevPublishedAt');
  });

  it('leaves out a notice without a day, and says that nothing is concluded then', () => {
    const undated = notice('hh_finance:2', { kind: 'candidate', publishDate: null });
    const read = facts([tender, undated, result]);
    expect(read.notices.map((n) => n.id)).toEqual(['hh_finance:1', 'hh_finance:3']);
    expect(read).toMatchObject({ coverage: 'partial' });
    expect(read.coverageReason).toContain('未载明发布日期');
  });

  it('lets an award at the line prove a budget there, and a smaller one prove nothing', () => {
    const above = (amount: number) =>
      facts([
        notice('yn_ccgp:1', {
          kind: 'result',
          method: 'single_source',
          category: 'goods',
          amount,
          amountKind: 'award',
        }),
      ]).project.aboveOpenTenderThreshold;
    expect([above(2_000_000), above(1_999_999)]).toEqual([true, null]);
  });

  it('does not guess the open-tender threshold: below and above its line, and unknown before it', () => {
    const single = { kind: 'single_source' as const, method: 'single_source' as const, category: 'goods' as const };
    const above = (budget: number, publishDate = '2026-03-02') =>
      facts([notice('yn_ccgp:1', { ...single, budget, publishDate })]).project.aboveOpenTenderThreshold;
    expect([above(1_999_999), above(2_000_000), above(2_000_000, '2019-12-31')]).toEqual([false, true, null]);
    const own = { region: '53', from: '2021-01-01', to: null, goods: 4_000_000, services: 4_000_000 };
    const openTenderLines = [...DEFAULT_POLICY.openTenderLines, { ...own, source: '省目录', checked: true }];
    const policy = { ...DEFAULT_POLICY, openTenderLines };
    const asked = notice('yn_ccgp:1', { ...single, budget: 2_000_000, regionCode: '532502' });
    expect(facts([asked], { policy }).project.aboveOpenTenderThreshold).toBe(false);
  });
});

describe('dates printed inside a notice', () => {
  it('makes the award letter that a result notice dates an event of its own', () => {
    const { notices } = facts([
      tender,
      publicity,
      notice('hh_finance:3', {
        kind: 'result',
        publishDate: '2026-03-17',
        suppliers: [A],
        awardLetterDate: '2026-03-12',
      }),
    ]);
    const letter = notices.find((n) => n.kind === 'award_letter');
    expect(letter).toMatchObject({ id: 'hh_finance:3#letter', eventDate: '2026-03-12' });
    expect(noticeIdOf(letter?.id ?? '')).toBe('hh_finance:3');
  });

  it('dates a contract by its signing', () => {
    const contract = notice('yn_ccgp:4', { kind: 'contract', publishDate: '2026-03-25', contractDate: '2026-03-13' });
    expect(facts([tender, contract]).notices[1]).toMatchObject({ kind: 'contract', eventDate: '2026-03-13' });
  });

  it('leaves out a date before the round began: a misprint accuses nobody', () => {
    const contract = notice('yn_ccgp:4', { kind: 'contract', publishDate: '2026-03-25', contractDate: '2025-03-13' });
    expect(facts([tender, contract]).notices[1]?.eventDate).toBeNull();
  });
});

describe('lots', () => {
  const lots = notice('hh_finance:1', { lots: [lot('1'), lot('2')] });

  it('gives every lot its own candidates and its own winner', () => {
    const listed = notice('hh_finance:2', {
      kind: 'candidate',
      publishDate: '2026-03-11',
      lots: [lot('1'), lot('2')],
      candidates: [candidate(1, A, '1'), candidate(2, C, '1'), candidate(1, B, '2')],
    });
    const won = notice('hh_finance:3', {
      kind: 'result',
      publishDate: '2026-03-17',
      lots: [lot('1', { suppliers: [A] }), lot('2', { failed: true })],
    });
    const read = facts([lots, listed, won]);
    expect(read.project.lots).toEqual(['1', '2']);
    expect(read.notices.slice(1)).toMatchObject([
      { id: 'hh_finance:2#lot1', lots: ['1'], candidates: [A, C] },
      { id: 'hh_finance:2#lot2', lots: ['2'], candidates: [B] },
      { id: 'hh_finance:3#lot1', lots: ['1'], kind: 'result', winner: A },
      { id: 'hh_finance:3#lot2', lots: ['2'], kind: 'failed' },
    ]);
    expect(read.notices.map((n) => noticeIdOf(n.id))).toEqual([
      'hh_finance:1',
      'hh_finance:2',
      'hh_finance:2',
      'hh_finance:3',
      'hh_finance:3',
    ]);
  });

  it('leaves the scope of a notice open that names no lot', () => {
    expect(facts([lots, result]).notices[1]).not.toHaveProperty('lots');
  });
});

describe('corrections', () => {
  const correction = (title: string, material: boolean | null = true) =>
    notice('hh_finance:5', { kind: 'correction', title, publishDate: '2026-03-12', material });

  it('point at the notice their words name', () => {
    const read = (title: string) =>
      facts([tender, publicity, correction(title), result]).notices.find((n) => n.kind === 'correction');
    expect(read('开远市灵泉东路人行道改造工程成交候选供应商公示更正公告')).toMatchObject({
      corrects: 'hh_finance:2',
      material: true,
    });
    expect(read('开远市灵泉东路人行道改造工程竞争性谈判文件更正公告')).toMatchObject({ corrects: 'hh_finance:1' });
  });

  it('point at the running publicity where they name nothing', () => {
    expect(
      facts([tender, publicity, correction('开远市灵泉东路人行道改造工程更正公告', null)]).notices.at(-1),
    ).toMatchObject({ corrects: 'hh_finance:2', material: null });
  });

  it('a second list of candidates that says 重新公示 restarts the period', () => {
    const again = notice('hh_finance:6', {
      kind: 'candidate',
      title: '开远市灵泉东路人行道改造工程成交候选供应商重新公示',
      publishDate: '2026-03-20',
      candidates: [candidate(1, B)],
    });
    expect(facts([tender, publicity, again]).notices.at(-1)).toMatchObject({
      id: 'hh_finance:6#renewed',
      kind: 'correction',
      corrects: 'hh_finance:2',
      material: true,
    });
  });
});

describe('coverage: when absence may be concluded', () => {
  const coverageOf = (...coverage: CoverageSpan[]) => {
    const { coverage: answer, coverageReason } = facts([tender, result], { coverage });
    return [answer, coverageReason];
  };
  const day18 = ['hh_finance/zfcg', 'yn_ccgp/list'] as const;

  it('is complete when every designated medium was read whole after the result day', () => {
    expect(coverageOf(...day18.map((c) => read(c, '2026-03-18')))).toEqual(['complete', null]);
  });

  it('is not complete by a run on the result day itself: the day was not over', () => {
    const [answer, reason] = coverageOf(...day18.map((c) => read(c, '2026-03-17')));
    expect(answer).toBe('partial');
    expect(reason).toContain('红河州财政局政府采购信息栏在2026年3月17日之后尚无完整采集；');
    expect(reason).toContain('云南省政府采购网单一来源公示（列表或其镜像）在2026年3月17日之后尚无完整采集');
  });

  it('names the medium that was never read', () => {
    expect(coverageOf(read('hh_finance/zfcg', '2026-03-18'))).toEqual([
      'partial',
      ['采购公告', '更正公告', '单一来源公示', '采购结果公告']
        .map((column) => `云南省政府采购网${column}（列表或其镜像）尚未完整采集过`)
        .join('；'),
    ]);
  });

  it('names the days that a short list does not reach', () => {
    const [, reason] = coverageOf(
      read('hh_finance/zfcg', '2026-03-18'),
      read('yn_ccgp/list', '2026-03-18', '2026-03-13'),
    );
    expect(reason).toContain(
      '云南省政府采购网单一来源公示（列表或其镜像）2026年3月10日至2026年3月12日的公告在2026年3月17日之后未完整采集',
    );
  });

  it('lets the mirror prove what the list does not reach', () => {
    expect(
      coverageOf(
        read('hh_finance/zfcg', '2026-03-18'),
        read('yn_ccgp/list', '2026-03-18', '2026-03-13'),
        ...['tender', 'change', 'single', 'result'].map((c) => read(`yn_ggzy/mirror_${c}`, '2026-03-18', '2026-03-01')),
      ),
    ).toEqual(['complete', null]);
  });

  it('joins several runs to one reach', () => {
    expect(
      coverageOf(
        read('hh_finance/zfcg', '2026-03-18'),
        { ...read('yn_ccgp/list', '2026-03-18'), from: '2026-03-01', to: '2026-03-12' },
        read('yn_ccgp/list', '2026-03-19', '2026-03-13'),
      ),
    ).toEqual(['complete', null]);
  });

  it('looks back 45 days where the beginning of the round is not known', () => {
    const { coverage, coverageReason } = facts([result], {
      coverage: day18.map((c) => read(c, '2026-03-18', '2026-02-01')),
    });
    expect(coverage).toBe('partial');
    expect(coverageReason).toContain('2026年1月31日');
    expect(facts([result], { coverage: day18.map((c) => read(c, '2026-03-18', '2026-01-31')) }).coverage).toBe(
      'complete',
    );
  });

  it('asks the candidates’ column for a construction tender', () => {
    const works = [
      notice('yn_ggzy:1', { track: 'construction' }),
      notice('yn_ggzy:2', { track: 'construction', kind: 'result', publishDate: '2026-03-20' }),
    ];
    expect(facts(works).coverage).toBe('complete');
    const without = EVERYTHING.filter((s) => s.channelId !== 'gcjs_candidate');
    expect(facts(works, { coverage: without }).coverageReason).toBe(
      '云南省公共资源交易信息网中标候选人公示尚未完整采集过',
    );
  });
});
