import { describe, expect, it } from 'vitest';

import { drive, pumpsFor } from './testing/pump.ts';
import type { Pump } from './testing/pump.ts';
import { statedIn } from './testing/stated-expressions.ts';

/** Long enough to rank the expressions by what they cost, for all of them together. */
const SHORT = 20_000;
/**
 * The costliest expression that grows with the text takes 0.4 s of a core over this; one that grows with its square
 * took 68 and 86 s (two that were in use, November 2026): half a minute tells them apart, however busy the machine is.
 */
const LONG = 200_000;
const LIMIT_MS = 30_000;
/** How many of the costliest are driven over the long text. */
const COSTLIEST = 8;

describe('the expressions that notices are read with', () => {
  const pumps = pumpsFor(statedIn(import.meta.dirname));

  it('are all found in the source of the modules', () => {
    const modules = new Set(pumps.map(({ at }) => at.split(':')[0]));
    expect([...modules]).toEqual(
      expect.arrayContaining(['amount.ts', 'dates.ts', 'prose.ts', 'title.ts', 'attachments/fields.ts']),
    );
    // Built from constants of the module: the rounds of a title, cut out wherever they stand.
    expect(
      pumps.some(({ at, source }) => at.startsWith('title.ts') && source.includes('第?\\s?[一二三四五六七八九十\\d]')),
    ).toBe(true);
  });

  it('come to an end in proportion to the text, whatever it is pumped up with', { timeout: 600_000 }, async () => {
    const { spent, stuck } = await drive(pumps, SHORT, LIMIT_MS);
    expect(stuck).toBeNull();
    const costliest = pumps
      .map((pump, i): [Pump, number] => [pump, spent[i]!])
      .sort(([, a], [, b]) => b - a)
      .slice(0, COSTLIEST)
      .map(([pump]) => pump);
    expect((await drive(costliest, LONG, LIMIT_MS)).stuck).toBeNull();
  });

  it('are told from one that does not come to an end', async () => {
    const endless: Pump = { at: 'here', source: '(?:某+)+$', flags: 'g', word: '某' };
    expect((await drive([endless], 60, 2_000)).stuck).toEqual(endless);
  });
});
