import fc from 'fast-check';
import { expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { expectAgreement } from './agreement.ts';
import { createModelStore } from './model.ts';
import { operation } from './operations.ts';
import type { Fenced } from './operations.ts';
import { describeStore } from './store.ts';

describeStore('the model', async () => createModelStore());

it('the random operations write under leases that stand and under leases that are lost', async () => {
  const model = createModelStore();
  const fences: string[] = [];
  for (const { run } of fc.sample(operation, { seed: 20_260_320, numRuns: 2000 })) {
    const answer = await run(model);
    if (isFenced(answer)) fences.push(answer.fence);
  }
  for (const fence of ['stood', 'lost', 'not given']) {
    expect([fence, fences.filter((one) => one === fence).length > 50]).toEqual([fence, true]);
  }
});

it('SQLite answers random operations as the model does', async () => {
  await expectAgreement({ SQLite: () => openSqliteStore(':memory:') }, { runs: 100, length: 40 });
});

function isFenced(answer: unknown): answer is Fenced {
  return typeof answer === 'object' && answer !== null && 'fence' in answer;
}
