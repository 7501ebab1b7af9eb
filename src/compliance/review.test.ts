import { describe, expect, it } from 'vitest';

import type { ProjectFacts } from '../model/facts.ts';
import type { Policy } from '../model/policy.ts';
import { judgeProject } from './judge.ts';
import {
  calendar,
  candidate,
  facts,
  localWorks,
  notice,
  policyWith,
  result,
  singleSource,
  tender,
} from './test-facts.ts';

const goods: ProjectFacts['project'] = { ...localWorks, category: 'goods', subtype: null };

function review(given: ProjectFacts, policy: Partial<Policy> = {}) {
  return judgeProject(given, policyWith(policy), calendar).review;
}

describe('a government-procurement result in the region', () => {
  it('without candidate publicity is put to a person, and not called a breach', () => {
    const alert = review(facts([result('2024-03-08')], { project: goods }))!;
    expect(alert).toMatchObject({
      rule: 'KY-REVIEW-3D',
      verdict: 'undetermined',
      codes: ['REVIEW_NO_PUBLICITY'],
      severity: 'info',
      lot: null,
    });
    expect(alert.sentence).toMatch(/^待核：/);
    expect(alert.sentence).toContain('不认定违法');
    expect(alert.sentence).not.toContain('违规');
  });

  it('with three full days is not', () => {
    expect(review(facts([candidate('2024-03-04'), result('2024-03-08')], { project: goods }))).toBeNull();
  });

  it('with less than three full days is, with the dates', () => {
    expect(review(facts([candidate('2024-03-04'), result('2024-03-07')], { project: goods }))).toMatchObject({
      codes: ['REVIEW_PUBLICITY_SHORT'],
      computed: { anchor: '2024-03-04', nominalLastDay: '2024-03-07', resultDate: '2024-03-07' },
    });
  });

  it('needs three full days only: no extension over a weekend', () => {
    expect(review(facts([candidate('2024-03-06'), result('2024-03-10')], { project: goods }))).toBeNull();
  });

  it('is content with any medium, and with single-source publicity', () => {
    expect(
      review(facts([candidate('2024-03-04', { designated: false }), result('2024-03-08')], { project: goods })),
    ).toBeNull();
    const below = { ...singleSource, aboveOpenTenderThreshold: false };
    expect(review(facts([notice('single_source', '2024-03-04'), result('2024-03-08')], { project: below }))).toBeNull();
  });

  it('is not raised over a gap in coverage', () => {
    expect(review(facts([result('2024-03-08')], { project: goods, coverage: 'partial' }))).toBeNull();
  });

  it('is not raised before there is a result', () => {
    expect(review(facts([candidate('2024-03-04')], { project: goods }))).toBeNull();
  });

  it('is not raised twice: a violation covers it', () => {
    const judged = judgeProject(facts([result('2024-03-08')], { project: localWorks }), policyWith({}), calendar);
    expect(judged.overall.codes).toEqual(['MISSING_PUBLICITY']);
    expect(judged.review).toBeNull();
  });

  it('is raised where the local rule is not confirmed', () => {
    const policy = { localRule: { id: 'KY-GP-3D' as const, from: '2016-01-01', to: null, verifiedTo: '2016-12-31' } };
    const judged = judgeProject(facts([result('2024-03-08')], { project: localWorks }), policyWith(policy), calendar);
    expect(judged.overall.codes).toEqual(['LOCAL_RULE_VALIDITY_UNKNOWN']);
    expect(judged.review?.codes).toEqual(['REVIEW_NO_PUBLICITY']);
  });

  it('never shows in the verdict', () => {
    const judged = judgeProject(facts([result('2024-03-08')], { project: goods }), policyWith({}), calendar);
    expect(judged.overall).toEqual({
      verdict: 'not_applicable',
      codes: ['NOT_APPLICABLE'],
      severity: 'none',
      rule: 'NONE',
      computed: {},
    });
    expect(judged.judgements.map((j) => j.rule)).toEqual(['NONE']);
  });

  it('is looked at in its own round', () => {
    const given = facts([candidate('2024-01-08', { round: 1 }), result('2024-03-08', { round: 2 })], {
      project: goods,
    });
    expect(review(given)?.codes).toEqual(['REVIEW_NO_PUBLICITY']);
  });

  it('names the lot that raised it, under one key for the project', () => {
    const project = { ...goods, lots: ['1', '2'] };
    const given = facts([candidate('2024-03-04', { lots: ['1'] }), result('2024-03-08', { lots: ['1', '2'] })], {
      project,
    });
    expect(review(given)).toMatchObject({ lot: null, codes: ['REVIEW_NO_PUBLICITY'] });
    expect(review(given)?.sentence).toContain('标段（包）2');
  });

  it('that names no lots is set against the publicity of any', () => {
    const project = { ...goods, lots: ['1', '2'] };
    expect(review(facts([candidate('2024-03-04', { lots: ['1'] }), result('2024-03-08')], { project }))).toBeNull();
    expect(review(facts([result('2024-03-08')], { project }))?.codes).toEqual(['REVIEW_NO_PUBLICITY']);
  });
});

describe('the operator', () => {
  const given = facts([candidate('2024-03-04'), result('2024-03-06')], { project: goods });

  it('can switch the review off', () => {
    expect(review(given, { reviewAlert: 'off' })).toBeNull();
  });

  it('can raise it to a violation, which then says who decided so', () => {
    const alert = review(given, { reviewAlert: 'violation' })!;
    expect(alert).toMatchObject({ verdict: 'violation', severity: 'major', codes: ['REVIEW_PUBLICITY_SHORT'] });
    expect(alert.sentence).toContain('本单位已在配置中设定按违规处理');
    expect(alert.sentence).not.toContain('待核');
  });

  it('can raise some procurements only; what lies outside is not put to anybody', () => {
    const narrowed = (minBudget: number) => review(given, { reviewAlert: { as: 'violation', minBudget } });
    expect(narrowed(given.project.budget!)).toMatchObject({ verdict: 'violation', severity: 'major' });
    expect(narrowed(given.project.budget! + 1)).toBeNull();
  });

  it('accuses nobody where the notices do not state what the violation was narrowed by: it stays a question, and says why', () => {
    const unstated = { ...given, project: { ...goods, method: null, budget: null } };
    const alert = review(unstated, { reviewAlert: { as: 'violation', methods: ['inquiry'], minBudget: 500_000 } })!;
    expect(alert).toMatchObject({ verdict: 'undetermined', severity: 'info', codes: ['REVIEW_PUBLICITY_SHORT'] });
    expect(alert.sentence).toMatch(
      /^待核：.*不认定违法；公告未载明采购方式、预算金额，是否在本单位设定的提示范围内不能确定，请先核对。$/,
    );
  });
});

it('a construction tender raises no review', () => {
  expect(review(facts([result('2024-03-08')], { project: tender }))).toBeNull();
});
