import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { buildArchiveRecord } from '../../test/support/build.ts';
import { Calendar } from '../compliance/calendar.ts';
import { epochOf } from '../model/day.ts';
import type { Finding } from '../model/finding.ts';
import type { CandidateReading, Notice } from '../model/notice.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import { matchNotices } from '../projects/stage.ts';
import { bodyOf, notice, sighting } from '../projects/testing/notices.ts';
import { judgeAllProjects } from './judge-stage.ts';

const CALENDAR = Calendar.load(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../config/calendar.json'), 'utf8')),
  null,
);
const [A, B, C] = ['云南恒泰建设工程有限公司', '红河州宏远市政工程有限公司', '昆明绿源环境工程有限公司'];
const facts = { category: 'works', subtype: 'municipal', method: 'competitive_negotiation', budget: 860_000 } as const;
const tender = notice('hh_finance:1', { ...facts, text: bodyOf('灵泉东路') });
const ranked = (...names: string[]): CandidateReading[] =>
  names.map((name, i) => ({ rank: i + 1, name, price: 850_000 + i, lot: null }));

/** The list published on Monday 2 March, as a page that reads so. */
function listOf(candidates: CandidateReading[]): Notice {
  const text = `成交候选供应商：${candidates.map(({ name }) => name).join('，')}`;
  return notice('hh_finance:2', { ...facts, kind: 'candidate', publishDate: '2026-03-02', candidates, text });
}
function resultOn(publishDate: string, winner = A, externalId = '3'): Notice {
  return notice(`hh_finance:${externalId}`, { ...facts, kind: 'result', publishDate, suppliers: [winner] });
}

describe('a list of candidates that was changed in place, without a correction', () => {
  let store: Store;
  let visits: number;

  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    visits = 0;
    await store.notices.observe([sighting(tender)]);
  });
  afterEach(() => store.close());

  /** A visit at eight in the evening that finds the page so. */
  const seen = async (day: string, page: Notice, body = page.text): Promise<void> => {
    const id = `visit-${(visits += 1)}`;
    const fetchedAt = epochOf(`${day}T20:00`);
    const sha256 = hash('sha256', body);
    await store.takeIn('archiveRecords', [buildArchiveRecord({ id, fetchedAt, sha256, url: page.url })]);
    const fields = JSON.stringify(page.fields);
    await store.notices.observe([{ ...sighting(page), archiveId: id, observedAt: fetchedAt, digest: fields }]);
  };
  const judged = async (...results: Notice[]): Promise<Finding> => {
    await store.notices.observe(results.map((one) => sighting(one)));
    await matchNotices(store);
    const clock = { now: () => epochOf('2026-03-31T20:00') };
    await judgeAllProjects({ store, policy: DEFAULT_POLICY, calendar: CALENDAR, clock });
    const homes = await store.projects.ofNotices(['hh_finance:2']);
    const findings = await store.findings.ofProject(homes.get('hh_finance:2')!);
    return findings.find(({ rule }) => rule === 'KY-GP-3D')!;
  };

  it('starts the period anew; a result that came too early even from our last sight of the old list is a violation', async () => {
    await seen('2026-03-02', listOf(ranked(A, B)));
    await seen('2026-03-05', listOf(ranked(A, B)));
    await seen('2026-03-06', listOf(ranked(A, C)));
    const finding = await judged(resultOn('2026-03-07'));
    expect(finding).toMatchObject({ verdict: 'violation', severity: 'major' });
    expect(finding.codes).toEqual(['PERIOD_TOO_SHORT', 'CORRECTION_RESTART']);
    expect(finding.computed).toMatchObject({ anchor: '2026-03-05', nominalLastDay: '2026-03-08' });
    expect(finding.sentence).toMatch(
      /2026年3月2日（周一）发布，页面上的候选名单被改动而未见更正公告（2026年3月5日（周四）最后一次见到原名单，2026年3月6日（周五）首次见到新名单），至早自2026年3月5日（周四）重新起算（当日不计）/,
    );
  });

  it('leaves open what is in order from our last sight of the old list and not from our first of the new one', async () => {
    await seen('2026-03-02', listOf(ranked(A, B)));
    await seen('2026-03-06', listOf(ranked(A, C)));
    const finding = await judged(resultOn('2026-03-07'));
    expect(finding).toMatchObject({ verdict: 'undetermined', codes: ['CORRECTION_MATERIALITY_UNKNOWN'] });
    expect(finding.sentence).toMatch(
      /最后一次见到原名单.*公示期是否重新起算、自哪一日起算不定.*查明名单何时、为何改动后即可判定/,
    );
  });

  it('is in order where the result waited three days from our first sight of the new list', async () => {
    await seen('2026-03-02', listOf(ranked(A, B)));
    await seen('2026-03-06', listOf(ranked(A, C)));
    expect(await judged(resultOn('2026-03-10'))).toMatchObject({ verdict: 'compliant', codes: ['OK'] });
  });

  it('accuses nobody by another order or price alone: the same words may be read otherwise', async () => {
    await seen('2026-03-02', listOf(ranked(A, B)));
    await seen('2026-03-05', listOf(ranked(A, B)));
    await seen('2026-03-06', listOf(ranked(B, A)));
    const finding = await judged(resultOn('2026-03-07', B));
    expect(finding).toMatchObject({ verdict: 'undetermined', codes: ['CORRECTION_MATERIALITY_UNKNOWN'] });
    expect(finding.sentence).toContain('页面上候选名单的排名、报价或名称与先前所见不同而未见更正公告');
  });

  it('is none where the page has the bytes it had: the program reads them otherwise', async () => {
    await seen('2026-03-02', listOf(ranked(A, B)), 'the same page');
    await seen('2026-03-05', listOf(ranked(A, C)), 'the same page');
    expect(await judged(resultOn('2026-03-06'))).toMatchObject({ verdict: 'compliant', codes: ['OK'] });
  });

  it('changes nothing where only blanks and brackets were changed', async () => {
    await seen('2026-03-02', listOf(ranked(A, `${B}（牵头）`)));
    await seen('2026-03-05', listOf(ranked(A, ` ${B} (牵头)`)));
    expect(await judged(resultOn('2026-03-06'))).toMatchObject({ verdict: 'compliant', codes: ['OK'] });
  });

  it('after the result restarts nothing; who stood on the list before was publicised', async () => {
    await seen('2026-03-02', listOf(ranked(A, B)));
    await seen('2026-03-09', listOf(ranked(A, B)));
    await seen('2026-03-10', listOf(ranked(C, B)));
    const finding = await judged(resultOn('2026-03-06'));
    expect(finding.codes).not.toContain('WINNER_NOT_CANDIDATE');
    expect(finding.codes).not.toContain('CORRECTION_RESTART');
    expect(finding.verdict).not.toBe('violation');
  });

  it('that may have been changed after the result only leaves open whether it was before', async () => {
    await seen('2026-03-02', listOf(ranked(A, B)));
    await seen('2026-03-05', listOf(ranked(A, B)));
    await seen('2026-03-10', listOf(ranked(A, C)));
    expect(await judged(resultOn('2026-03-06'))).toMatchObject({
      verdict: 'undetermined',
      codes: ['CORRECTION_MATERIALITY_UNKNOWN'],
    });
  });

  it('says what a published correction has said, and starts nothing anew after that', async () => {
    await seen('2026-03-02', listOf(ranked(A, B)));
    await seen('2026-03-04', listOf(ranked(A, B)));
    await seen('2026-03-06', listOf(ranked(A, C)));
    const correction = notice('hh_finance:4', {
      ...facts,
      kind: 'correction',
      publishDate: '2026-03-03',
      material: true,
    });
    expect(await judged(correction, resultOn('2026-03-07'))).toMatchObject({ verdict: 'compliant' });
  });
});
