import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { REASON_CODES, RULE_IDS } from '../model/finding.ts';
import { ALL_RULES, ruleOf, ruleTitle } from './rules/index.ts';
import { basisText } from './rules/rule.ts';

/** Leads, in the last section, have no reason codes. */
const doc = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8').split('## 九、线索')[0]!;

describe('docs/rules.md', () => {
  it('explains every reason code in a table row, and no other', () => {
    const explained = [...doc.matchAll(/^\| `([A-Z_]+)` +\| \S/gm)].map((m) => m[1]).filter((code) => code !== 'NONE');
    expect(explained.toSorted()).toEqual([...REASON_CODES].toSorted());
  });

  it('names every rule', () => {
    expect(RULE_IDS.filter((id) => !doc.includes(`\`${id}\``))).toEqual([]);
  });
});

describe('the list of rules', () => {
  it('has one rule for each id but NONE', () => {
    expect(ALL_RULES.map((rule) => rule.id).toSorted()).toEqual(RULE_IDS.filter((id) => id !== 'NONE').toSorted());
    expect(ruleOf('NONE')).toBeNull();
    expect(ruleTitle('NONE')).toBe('无适用的公示期规则');
    expect(ruleTitle('GP-SS-5WD')).toContain('5个工作日');
  });

  it('prints an article that was not checked only with its mark', () => {
    expect(basisText({ basis: [{ text: '某办法第一条', checked: false }] })).toBe('某办法第一条（条文未核对）');
    expect(basisText(ruleOf('TB-CAND-3D')!)).toBe('《中华人民共和国招标投标法实施条例》第五十四条第一款');
  });
});
