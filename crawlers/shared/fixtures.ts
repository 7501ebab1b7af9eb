import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

import { SiteFailure } from '../../src/model/failure.ts';
import type {
  CrawlWindow,
  FetchedPage,
  ListReading,
  Region,
  SourceAdapter,
  SourceDefinition,
  SourceRequest,
  SourceSettings,
} from '../../src/model/source.ts';

/** For tests: replies that stand as bytes in `crawlers/<id>/fixtures`, and the requests they answer. */
interface FixtureCase {
  file: string;
  contentType: string;
  role: 'warmup' | 'list' | 'detail';
  /** First replies of a channel. */
  channel?: string;
  window?: CrawlWindow;
  /** Following list pages: the fixture whose reading asks for this one. */
  after?: string;
  /** Details: the list fixture and the row in it that leads here. */
  list?: string;
  id?: string;
}

export const KAIYUAN: Region = { code: '532502', name: '开远市', words: ['开远'] };

/** What the product ships in config/sources.yaml for this source, over its defaults. */
export function shippedSettings(definition: SourceDefinition): SourceSettings {
  const file = parse(readFileSync(new URL('../../config/sources.yaml', import.meta.url), 'utf8')) as Record<
    string,
    Partial<SourceSettings> | undefined
  >;
  const entry = file[definition.id];
  return {
    ...definition.defaults,
    enabled: true,
    address: definition.address,
    charset: entry?.charset ?? definition.defaults.charset,
    attachmentHosts: [],
    acceptedWords: [],
    options: entry?.options ?? {},
  };
}

export class Fixtures {
  readonly definition: SourceDefinition;
  readonly adapter: SourceAdapter;
  readonly cases: FixtureCase[];

  constructor(definition: SourceDefinition) {
    this.definition = definition;
    this.adapter = definition.create(shippedSettings(definition), KAIYUAN);
    this.cases = JSON.parse(readFileSync(this.path('index.json'), 'utf8')) as FixtureCase[];
  }

  path(name: string): URL {
    return new URL(`../${this.definition.id}/fixtures/${name}`, import.meta.url);
  }

  bytes(file: string): Uint8Array {
    return readFileSync(this.path(file));
  }

  /** The request that a fixture answers. */
  request(file: string): SourceRequest {
    const { role, channel, window, after, list, id } = this.case(file);
    if (after !== undefined) return this.list(after).next[0]!;
    if (list !== undefined) return this.list(list).rows.find((row) => row.externalId === id)!.detail;
    const found = this.definition.channels.find((one) => one.id === channel)!;
    return this.adapter.start(found, window!).find((request) => request.role === role)!;
  }

  page(file: string): FetchedPage {
    return replyTo(this.request(file), this.bytes(file), this.case(file).contentType);
  }

  /** The fixture's reply with its JSON changed. */
  changed(file: string, change: (body: never) => unknown): FetchedPage {
    const body = change(JSON.parse(Buffer.from(this.bytes(file)).toString('utf8')) as never);
    return replyTo(this.request(file), JSON.stringify(body), this.case(file).contentType);
  }

  list(file: string): ListReading {
    const reading = this.adapter.read(this.page(file));
    if (reading.role !== 'list') throw new Error(`${file} is no list`);
    return reading;
  }

  private case(file: string): FixtureCase {
    const found = this.cases.find((one) => one.file === file);
    if (found === undefined) throw new Error(`${this.definition.id}/fixtures/index.json does not name ${file}`);
    return found;
  }
}

export function replyTo(request: SourceRequest, body: string | Uint8Array, contentType: string): FetchedPage {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  return { request, url: request.url, status: 200, headers: { 'content-type': contentType }, bytes };
}

/** The `SiteFailure` that reading a page ends in. Throws where it ends otherwise. */
export function failureOf(adapter: SourceAdapter, page: FetchedPage): SiteFailure {
  try {
    adapter.read(page);
  } catch (error) {
    if (error instanceof SiteFailure) return error;
    throw error;
  }
  throw new Error(`reading ${page.request.key} did not fail`);
}
