import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';

import { loadDefinitions } from '../../crawlers/registry.ts';
import { Fixtures, replyTo } from '../../crawlers/shared/fixtures.ts';
import { SiteFailure } from '../model/failure.ts';
import type { FetchedPage } from '../model/source.ts';
import { extractFile } from './extract.ts';
import { readNotice } from './read.ts';
import { edited, HOSTILE, hostileText, pageEdit, replaced, TOKENS, valueEdit } from './testing/hostile.ts';

/**
 * Hostile pages through decode, the sources' readers and the readers of notices: a tenth of what `npm run test:fuzz`
 * sends (`FUZZ_INPUTS`). `FUZZ_SEED` sends others; a failure prints its seed and the input.
 */
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 2_000);
const WHOLE = INPUTS >= 20_000;
const seed = Number(process.env['FUZZ_SEED'] ?? 532_502);
const share = (part: number): { seed: number; numRuns: number } => ({ seed, numRuns: Math.ceil(INPUTS * part) });
const TIME_LIMIT = 300_000;

/** The longest that one input may take, and the most that reading it may leave on the heap. */
const LONGEST_MS = 1000;
const MOST_HEAP_BYTES = 700_000_000;

interface Fixture {
  name: string;
  bytes: Uint8Array;
  read(bytes: Uint8Array): unknown;
}

const fixtures = (await loadDefinitions())
  .map((definition) => new Fixtures(definition))
  .flatMap((source) =>
    source.cases.map(({ file, contentType }): Fixture => {
      const request = source.request(file);
      const page = (bytes: Uint8Array): FetchedPage => replyTo(request, bytes, contentType);
      return {
        name: `${source.definition.id}/${file}`,
        bytes: source.bytes(file),
        read: (bytes) => source.adapter.read(page(bytes)),
      };
    }),
  );
const byName = new Map(fixtures.map((fixture) => [fixture.name, fixture]));
const donors = fixtures.map(({ bytes }) => bytes);
/** By name: that is what a failure prints. */
const anyFixture = fc.constantFrom(...byName.keys());
const anyJson = fc.constantFrom(...[...byName.keys()].filter((name) => name.endsWith('.json')));
const edits = fc.array(pageEdit, { minLength: 1, maxLength: 8 });

/** Runs a reader: it may give a reading or name the site's failure; anything else, and any delay, is a defect. */
function survives(read: () => unknown): void {
  const slow = (): number => {
    const before = process.threadCpuUsage();
    try {
      read();
    } catch (error) {
      if (!(error instanceof SiteFailure)) throw error;
    }
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
  // Time of this thread, which other programs lengthen little; read again before it is called slow.
  const took = slow();
  if (took > LONGEST_MS) expect(slow(), `${took.toFixed(0)} ms, and again`).toBeLessThan(LONGEST_MS);
  expect(process.memoryUsage().heapUsed).toBeLessThan(MOST_HEAP_BYTES);
}

describe('a hostile page', () => {
  it('whose bytes were tampered with is read or named by what is wrong with it', { timeout: TIME_LIMIT }, () => {
    fc.assert(
      fc.property(anyFixture, edits, (name, changes) => {
        const fixture = byName.get(name)!;
        survives(() => fixture.read(edited(fixture.bytes, changes, donors)));
      }),
      share(0.45),
    );
  });

  it('whose fields hold anything at all is read or named by what is wrong with it', { timeout: TIME_LIMIT }, () => {
    fc.assert(
      fc.property(anyJson, fc.array(valueEdit, { minLength: 1, maxLength: 4 }), (name, changes) => {
        const fixture = byName.get(name)!;
        survives(() => fixture.read(replaced(fixture.bytes, changes)));
      }),
      share(0.2),
    );
  });

  it('saved to a file is extracted, with anything beside it', { timeout: TIME_LIMIT }, () => {
    const key = fc.constantFrom('title', 'url', 'site', 'date', 'column', 'infoType', 'business', 'region');
    const beside = fc.option(fc.dictionary(key, fc.oneof(fc.string(), hostileText, fc.integer(), fc.constant(null))));
    const file = fc.constantFrom('page.txt', 'page.html', 'page');
    fc.assert(
      fc.property(anyFixture, edits, file, beside, (name, changes, as, meta) => {
        survives(() => extractFile(as, edited(byName.get(name)!.bytes, changes, donors), meta));
      }),
      share(0.25),
    );
  });

  it('made of what notices are made of, in any order, gives a reading', { timeout: TIME_LIMIT }, () => {
    const text = fc.array(fc.constantFrom(...TOKENS), { maxLength: 400 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.boolean(), fc.option(hostileText), (body, asHtml, title) => {
        survives(() => readNotice({ title, ...(asHtml ? { html: body } : { text: body }) }));
      }),
      share(0.1),
    );
  });

  it.each(HOSTILE)('of %s without end is read in time', { timeout: TIME_LIMIT }, (_what, make) => {
    for (const length of WHOLE ? [3_000, 60_000, 1_000_000] : [30_000, 200_000]) {
      const body = make(length);
      const html = `<div>${body}</div>`;
      const bytes = Buffer.from(`<html><head><title>${body.slice(0, 300)}</title></head><body>${body}</body></html>`);
      survives(() => readNotice({ title: body.slice(0, 5_000), text: body }));
      survives(() => readNotice({ title: '某项目中标候选人公示', html }));
      survives(() => extractFile('page.html', bytes, null));
    }
  });

  it.each(HOSTILE)('of %s is read in time by every source', { timeout: TIME_LIMIT }, (_what, make) => {
    const seen = new Set<string>();
    for (const fixture of fixtures) {
      const source = `${fixture.name.split('/')[0]}/${/list|home/.test(fixture.name)}`;
      if (seen.has(source)) continue;
      seen.add(source);
      const charset = fixture.name.startsWith('hh_finance') ? 'gb18030' : 'utf-8';
      const text = iconv.decode(Buffer.from(fixture.bytes), charset);
      const filler = fixture.name.endsWith('.json') ? JSON.stringify(make(100_000)).slice(1, -1) : make(100_000);
      // In the middle: there stands the notice, or the list.
      const places = [...text.matchAll(/<\/(?:p|td|li|div)>|(?<=: *"[^"]+)",/g)];
      const at = places[places.length >> 1]?.index ?? 0;
      survives(() => fixture.read(iconv.encode(text.slice(0, at) + filler + text.slice(at), charset)));
    }
  });

  it('that has been read leaves nothing of itself in memory', { timeout: TIME_LIMIT }, () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const words = '开远市某项目的一段很长的正文。'.repeat(7_000);
    const heap = (pages: number): number => {
      for (let i = 0; i < pages; i++) {
        const page = Buffer.from(`<p>${pages}之第${i}号某某采购项目的一个短句子</p><p>${words}</p>`).toString('utf8');
        readNotice({ title: null, html: page });
      }
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = heap(20);
    // 300 pages of 200 KB: kept, they would be 60 MB.
    expect(heap(300) - before).toBeLessThan(10_000_000);
  });
});
