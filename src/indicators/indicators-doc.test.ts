import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { DEFAULT_INDICATOR_SETTINGS, INDICATOR_IDS } from '../model/lead.ts';
import { INDICATORS } from './index.ts';

const doc = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');

it('docs/rules.md gives the formula of every indicator, and there is one for each id', () => {
  expect(INDICATORS.map(({ id }) => id)).toEqual([...INDICATOR_IDS]);
  expect(INDICATOR_IDS.filter((id) => !doc.includes(`| \`${id}\``))).toEqual([]);
});

it('no indicator speaks of a breach', () => {
  for (const { title, formula } of INDICATORS) {
    expect(`${title}${formula(DEFAULT_INDICATOR_SETTINGS)}`).not.toMatch(/违规|违法|串通/);
  }
});
