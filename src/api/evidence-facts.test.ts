import { expect, it } from 'vitest';

import { buildNotice } from '../../test/support/build.ts';
import { factsOf } from './evidence-facts.ts';

it('prints a project code to the letter, and a moment in the words of an office', () => {
  const notice = buildNotice({ fields: { projectCode: 'KYZC2026-JT-0005', publishDate: '2026-04-09T09:18' } });
  const origin = { words: '', rule: 'label', confidence: 1 };
  const facts = factsOf({ ...notice, origins: { projectCode: origin, publishDate: origin } }, 'result');
  expect(facts.map(({ field, value }) => [field, value])).toEqual([
    ['publishDate', '2026年4月9日 09:18'],
    ['projectCode', 'KYZC2026-JT-0005'],
  ]);
});
