import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { NoticeReading } from '../src/model/notice.ts';
import type { PageReading, SourceRequest } from '../src/model/source.ts';
import { loadDefinitions } from './registry.ts';
import { Fixtures } from './shared/fixtures.ts';

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

/** What an example pins down: identity, times, region, and the main fields of the notice. */
function summaryOf(reading: PageReading): unknown {
  if (reading.role === 'warmup' || reading.role === 'attachments') return reading;
  if (reading.role === 'detail')
    return { ...reading, notice: reading.notice === null ? null : mainFields(reading.notice) };
  return {
    ...reading,
    rows: reading.rows.map(({ detail, ...row }) => ({ ...row, detail: asked(detail) })),
    next: reading.next.map(asked),
  };
}

function asked({ key, method, url, json, form }: SourceRequest): unknown {
  return {
    key,
    ask: `${method} ${url}`,
    ...(json === undefined ? {} : { json }),
    ...(form === undefined ? {} : { form }),
  };
}

function mainFields({ fields }: NoticeReading): unknown {
  const { kind, track, title, projectName, projectCode, purchaser, agency, suppliers, amount, amountKind } = fields;
  const { budget, publishDate, publicity, openingDate, contractDate, method, region, regionCode } = fields;
  return {
    ...{ kind, track, title, projectName, projectCode, purchaser, agency, suppliers, amount, amountKind, budget },
    ...{ publishDate, publicity: publicity && { from: publicity.from, to: publicity.to }, openingDate, contractDate },
    ...{ method, region, regionCode, lots: fields.lots.length },
    candidates: fields.candidates.map(({ rank, name, price }) => `${rank} ${name} ${price}`),
    parcels: fields.parcels,
  };
}
