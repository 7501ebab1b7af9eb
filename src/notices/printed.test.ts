import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readNotice } from './read.ts';
import { anyFacts, anyStyle, expected, printed } from './testing/printed.ts';

const RUNS = Math.ceil(Number(process.env['FUZZ_INPUTS'] ?? 2_000) / 2);
const seed = Number(process.env['FUZZ_SEED'] ?? 532_502);

describe('a notice', () => {
  it('says the same however an office prints it', { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(anyFacts, anyStyle, (facts, style) => {
        const { title, ...page } = printed(facts, style);
        const { fields } = readNotice({ title, ...page });
        expect({
          kind: fields.kind,
          projectName: fields.projectName,
          projectCode: fields.projectCode,
          purchaser: fields.purchaser,
          agency: fields.agency,
          amount: fields.amount,
          suppliers: fields.suppliers,
          openingDate: fields.openingDate,
          publicity: fields.publicity && [fields.publicity.from, fields.publicity.to],
        }).toEqual({
          kind: facts.kind,
          projectName: facts.name,
          projectCode: facts.code,
          purchaser: facts.purchaser,
          agency: facts.agency,
          ...expected(facts),
          openingDate: `${facts.opening.day}T${facts.opening.clock}`,
          publicity: facts.kind === 'candidate' ? [facts.publicity.from, facts.publicity.to] : null,
        });
      }),
      { seed, numRuns: RUNS },
    );
  });
});
