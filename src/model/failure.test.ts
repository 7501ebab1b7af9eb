import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { FAILURES } from './failure.ts';

const documented = readFileSync(join(import.meta.dirname, '../../docs/failures.md'), 'utf8');

describe('what the operator reads about failures', () => {
  it.each(Object.entries(FAILURES))(
    '%s stands in docs/failures.md with its meaning and its advice',
    (code, failure) => {
      const row = documented.split('\n').find((line) => line.startsWith(`| \`${code}\` |`));
      expect(row).toContain(`| ${failure.title} |`);
      expect(row).toContain(`| ${failure.advice} |`);
    },
  );

  it('no failure is documented that does not exist', () => {
    const codes = [...documented.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map((m) => m[1]);
    expect(codes.filter((code) => code !== 'PARSER_BROKEN')).toEqual(Object.keys(FAILURES));
  });
});
