import { describe, expect, it } from 'vitest';

import type { RuleId } from '../model/finding.ts';
import { explanationTemplate } from './explanation-template.ts';
import { judgeProject } from './judge.ts';
import { ruleOf } from './rules/index.ts';
import {
  candidate,
  calendar,
  facts,
  localWorks,
  notice,
  policyWith,
  result,
  sentenceOf,
  singleSource,
} from './test-facts.ts';
import { construction, event, judged, life, outcome, purchase } from './statutes/test-life.ts';

/** The template as a pattern: each 〔…〕 stands for some words. */
function patternOf(id: RuleId): RegExp {
  const fixed = explanationTemplate(ruleOf(id)!)
    .split(/〔[^〕]*〕/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${fixed.join('.+')}$`);
}

describe('the template of a rule’s explanation', () => {
  it('is the form of the sentence that a publicity cut short is told in', () => {
    expect(sentenceOf(facts([candidate('2024-03-04'), result('2024-03-06')]))).toMatch(patternOf('TB-CAND-3D'));
    const works = [candidate('2024-03-04', { source: 'yn_ccgp' }), result('2024-03-06', { source: 'yn_ccgp' })];
    expect(sentenceOf(facts(works, { project: localWorks }))).toMatch(patternOf('KY-GP-3D'));
    const single = [
      notice('single_source', '2024-03-04', { source: 'yn_ccgp' }),
      result('2024-03-08', { source: 'yn_ccgp' }),
    ];
    expect(sentenceOf(facts(single, { project: singleSource }))).toMatch(patternOf('GP-SS-5WD'));
  });

  it('is the form of a hint to check, which says that it accuses nobody', () => {
    const goods = facts([candidate('2024-03-04'), result('2024-03-06')], {
      project: { ...localWorks, category: 'goods', subtype: null },
    });
    const { review } = judgeProject(goods, policyWith({}), calendar);
    expect(review?.sentence).toMatch(patternOf('KY-REVIEW-3D'));
  });

  it('is the form of a sentence on a shortest and a longest period', () => {
    const tender = event('tender', '2024-03-04', { opening: '2024-03-20' });
    expect(judged('TB-BID-20D', life(construction, [tender]))?.sentence).toMatch(patternOf('TB-BID-20D'));
    const late = life(purchase, [
      event('result', '2024-01-11'),
      event('contract', '2024-02-20', { signed: '2024-02-19' }),
    ]);
    expect(judged('GP-CONTRACT-30D', late)?.sentence).toMatch(patternOf('GP-CONTRACT-30D'));
  });

  it('is the form of a sentence that compares figures', () => {
    const dear = life(purchase, [
      event('tender', '2024-03-04', outcome({ ceiling: 100_000 })),
      event('result', '2024-03-20', outcome({ amount: 120_000, suppliers: ['甲公司'] })),
    ]);
    expect(judged('GP-CEILING', dear)?.sentence).toMatch(patternOf('GP-CEILING'));
  });
});
