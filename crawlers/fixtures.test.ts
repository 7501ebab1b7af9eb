import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { loadDefinitions } from './registry.ts';
import { Fixtures } from './shared/fixtures.ts';
import { summaryOf } from './shared/summary.ts';

/**
 * Every source carries replies as bytes and what they say as JSON.
 * `UPDATE_FIXTURES=1 npx vitest run crawlers/fixtures.test.ts` writes the JSON anew: read the difference before committing.
 */
const UPDATE = process.env['UPDATE_FIXTURES'] === '1';

const all = (await loadDefinitions()).map((definition) => new Fixtures(definition));

describe.each(all.map((fixtures) => [fixtures.definition.id, fixtures] as const))('%s', (_id, fixtures) => {
  it.each(fixtures.definition.channels.map(({ id }) => id))(
    'column %s has a list and a detail as example',
    (channel) => {
      const roles = fixtures.cases
        .filter(({ file }) => fixtures.request(file).channelId === channel)
        .map(({ role }) => role);
      expect(roles).toEqual(expect.arrayContaining(['list', 'detail']));
    },
  );

  it('every example is named in the index, and every named one is there', () => {
    const replies = readdirSync(fixtures.path('.')).filter((name) => !/^index\.json$|\.expected\.json$/.test(name));
    expect(replies.sort()).toEqual(fixtures.cases.map(({ file }) => file).sort());
  });

  it.each(fixtures.cases.map(({ file }) => file))('%s reads as expected', (file) => {
    const read = summaryOf(fixtures.adapter.read(fixtures.page(file)));
    const expected = fixtures.path(`${file.replace(/\.\w+$/, '')}.expected.json`);
    if (UPDATE) writeFileSync(expected, `${JSON.stringify(read, null, 1)}\n`);
    expect(read).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });
});
