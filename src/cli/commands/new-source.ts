import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { stringify } from 'yaml';

import { settingsOf } from '../../../config/load.ts';
import { columnSite } from '../../../crawlers/shared/column-site/site.ts';
import { summaryOf } from '../../../crawlers/shared/summary.ts';
import { firstLook } from '../../crawl/first-look.ts';
import type { FirstLook } from '../../crawl/first-look.ts';
import { isPrivateAddress } from '../../crawl/private-address.ts';
import { createWeb } from '../../crawl/web.ts';
import { systemClock } from '../../model/clock.ts';
import { dayOf } from '../../model/day.ts';
import { CorrectInput } from '../../model/errors.ts';
import type { Region, SourceAdapter } from '../../model/source.ts';

export interface NewSourceOptions {
  /** Address of a list page. */
  url: string;
  /** Folder that holds `crawlers/` and `config/`. */
  root: string;
  id?: string;
  name?: string;
  /** The site is one of the bench's on this machine: asked without a pause. */
  local: boolean;
  region: Region;
  userAgent: string;
}

const SCHEDULE = {
  visits: '12 8-20/4 * * *',
  sweep: '12 12 * * 0',
  overlapDays: 10,
  jitterMinutes: 10,
  reason: '公告每日数条，候选人公示期只有三日，宜当日看到；周日网站清闲，通读全部列表',
};

const CONDITIONAL_REQUESTS = {
  use: true,
  reason: '网站给出 ETag 或 Last-Modified 的才用；是否可靠未核实，每周通读时整页核对',
};

/** What was written, for the operator's eyes. */
export interface NewSource extends FirstLook {
  id: string;
  files: string[];
}

const PACE = {
  minIntervalMs: 2000,
  reason: '网站容量未知，也未公布频率限制；每分钟不超过三十次，首次运行后再核',
};

/**
 * Looks at a list page and the notice behind its first row, and writes a source for them: folder, saved pages with
 * what is read from them, notes, and an entry in config/sources.yaml with the guessed selectors.
 * Throws `CorrectInput` for an address that may not be asked or shows no list, `SiteFailure` where the site fails.
 */
export async function newSource(options: NewSourceOptions): Promise<NewSource> {
  const url = checkedAddress(options.url, options.local);
  const id = options.id ?? idOf(url);
  const folder = join(options.root, 'crawlers', id);
  if (!/^[a-z][a-z0-9_]{1,39}$/.test(id)) {
    throw new CorrectInput(`代号 ${id} 不合规定`, '请用 --id 给出小写字母开头，由小写字母、数字、下划线组成的代号。', {
      id,
    });
  }
  if (existsSync(folder)) throw new CorrectInput(`来源 ${id} 已经存在`, '请用 --id 给出另一个代号。', { folder });
  const name = options.name ?? url.host;
  const web = createWeb({
    userAgent: options.userAgent,
    sleep: (ms, signal) => delay(ms, undefined, { signal }),
  });
  const bare = adapterOf(id, name, url, BARE_OPTIONS(url), options);
  const look = await firstLook(bare, url.href, web, systemClock);
  const guessed = optionsFor(url, look);
  const adapter = adapterOf(id, name, url, guessed, options);
  const files = write(options.root, id, name, url, look, guessed, adapter);
  return { ...look, id, files };
}

function checkedAddress(address: string, local: boolean): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CorrectInput(`${address} 不是网址`, '请给出列表页以 http:// 或 https:// 开头的完整地址。', { address });
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isInside = /(^|\.)localhost$/i.test(host) || (isIP(host) !== 0 && isPrivateAddress(host));
  if (isInside && !local) {
    throw new CorrectInput(`${address} 指向内网`, '出于安全不访问内网地址；本机模拟网站请加 --local。', { address });
  }
  if (local && !/^127\.\d+\.\d+\.\d+$/.test(host)) {
    throw new CorrectInput(`${address} 不是本机地址`, '--local 只用于 127.0.0.1 上的模拟网站，请去掉。', { address });
  }
  url.hash = '';
  return url;
}

/** gov.cn sites: the name before it; others their host. */
function idOf(url: URL): string {
  const words = url.hostname.replace(/^www\./, '').replace(/\.(?:gov|com|org)?\.?cn$/, '');
  return `site_${words.replace(/[^a-z0-9]+/g, '_')}`.slice(0, 40).replace(/_+$/, '');
}

const BARE_OPTIONS = (url: URL) => ({
  list: { row: 'li', link: 'a', date: 'span', next: 'a.next' },
  detail: { title: 'h1', date: 'span', body: 'body' },
  columns: { list: url.pathname + url.search },
});

function optionsFor(url: URL, { listGuess, detailGuess }: FirstLook) {
  const { row, link, date, next, total } = listGuess;
  const { attachments, ...detail } = detailGuess;
  return {
    list: { row, link, date, next, ...(total === undefined ? {} : { total }) },
    detail: { ...detail, ...(attachments === undefined ? {} : { attachments }) },
    columns: { list: url.pathname + url.search },
  };
}

function adapterOf(
  id: string,
  name: string,
  url: URL,
  options: Record<string, unknown>,
  { local, region }: NewSourceOptions,
): SourceAdapter {
  const definition = columnSite({
    id,
    name,
    owner: name,
    homepage: url.origin,
    address: url.origin,
    channels: [{ id: 'list', name: '列表', track: 'procurement', kind: null, mayBeEmpty: null }],
    assertions: [],
    cadence: '每日',
    defaults: {
      pace: PACE,
      timeoutMs: 30_000,
      maxBodyBytes: 8 * 1024 * 1024,
      charset: null,
      quietHours: null,
      schedule: SCHEDULE,
      conditionalRequests: CONDITIONAL_REQUESTS,
    },
    regionFilter: '按标题',
    scope: 'mixed',
  });
  const settings = { ...settingsOf(definition, undefined), options };
  return definition.create(
    local ? { ...settings, pace: { minIntervalMs: 0, reason: '本机模拟网站' } } : settings,
    region,
  );
}

function write(
  root: string,
  id: string,
  name: string,
  url: URL,
  look: FirstLook,
  options: Record<string, unknown>,
  adapter: SourceAdapter,
): string[] {
  const [channel] = adapter.definition.channels;
  const window = { since: null, until: null };
  const listPage = { ...look.list, request: adapter.start(channel!, window)[0]! };
  const list = adapter.read(listPage);
  if (list.role !== 'list') throw new Error('a list request was read as something else');
  const row = list.rows.find(({ detail }) => detail.url === look.detail.request.url) ?? list.rows[0]!;
  const detail = adapter.read({ ...look.detail, request: row.detail });
  const type = (page: FirstLook['list']): string => page.headers['content-type'] ?? 'text/html';
  const index = [
    { file: 'list-1.html', role: 'list', channel: 'list', window, contentType: type(look.list) },
    { file: 'detail-1.html', role: 'detail', list: 'list-1.html', id: row.externalId, contentType: type(look.detail) },
  ];
  const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
  const contents: Record<string, string | Uint8Array> = {
    'source.ts': sourceText(id, name, url),
    'notes.md': notesText(id, name, url, look),
    'fixtures/list-1.html': look.list.bytes,
    'fixtures/detail-1.html': look.detail.bytes,
    'fixtures/index.json': json(index),
    'fixtures/list-1.expected.json': json(summaryOf(list)),
    'fixtures/detail-1.expected.json': json(summaryOf(detail)),
  };
  mkdirSync(join(root, 'crawlers', id, 'fixtures'), { recursive: true });
  const files = Object.entries(contents).map(([file, content]) => {
    writeFileSync(join(root, 'crawlers', id, file), content, { flag: 'wx' });
    return `crawlers/${id}/${file}`;
  });
  const config = join(root, 'config', 'sources.yaml');
  // Appended as text: the operator's comments stay.
  const entry = stringify({ [id]: { enabled: true, address: url.origin, options } }, { lineWidth: 0 });
  const before = readFileSync(config, 'utf8').replace(/\n*$/, '\n');
  writeFileSync(
    config,
    `${before}# ${name}（由 sources new 于 ${dayOf(systemClock.now())} 生成，选择器未核实）\n${entry}`,
  );
  return [...files, 'config/sources.yaml'];
}

function sourceText(id: string, name: string, url: URL): string {
  const text = (value: string): string => `'${value.replace(/[\\']/g, '\\$&').replace(/\s+/g, ' ')}'`;
  return `import { columnSite } from '../shared/column-site/site.ts';

export const source = columnSite({
  id: ${text(id)},
  name: ${text(name)},
  owner: ${text(name)},
  homepage: ${text(url.origin)},
  address: ${text(url.origin)},
  channels: [{ id: 'list', name: '列表', track: 'procurement', kind: null, mayBeEmpty: null }],
  assertions: [{ field: 'publishDate', atLeast: 0.99, reason: '列表每条都印日期' }],
  cadence: '每日一次：首次运行后按公告数量再定',
  defaults: {
    pace: { minIntervalMs: ${PACE.minIntervalMs}, reason: ${text(PACE.reason)} },
    // The site's speed is unknown until the first live run; a reader would have given up after 30 s.
    timeoutMs: 30_000,
    // Pages with pictures pasted into the text reach some megabytes.
    maxBodyBytes: 8 * 1024 * 1024,
    charset: null,
    quietHours: null,
    schedule: {
      visits: ${text(SCHEDULE.visits)},
      sweep: ${text(SCHEDULE.sweep)},
      // As long as corrections and silent edits cluster after publication: the days re-read at every run.
      overlapDays: ${SCHEDULE.overlapDays},
      jitterMinutes: ${SCHEDULE.jitterMinutes},
      reason: ${text(SCHEDULE.reason)},
    },
    conditionalRequests: {
      use: ${CONDITIONAL_REQUESTS.use},
      reason: ${text(CONDITIONAL_REQUESTS.reason)},
    },
  },
  regionFilter: '按标题判定，仍不能判定的由详情页的采购单位判定',
  scope: 'mixed',
});
`;
}

function notesText(id: string, name: string, url: URL, { listGuess, detailGuess, detail }: FirstLook): string {
  return `# ${name}（${id}）

Written by \`gongshi sources new ${url.href}\` on ${dayOf(systemClock.now())}. Every selector is a guess from two pages.

| what | selector | found |
| --- | --- | --- |
| rows | \`${listGuess.row}\` | ${listGuess.rows.length} |
| link, date | \`${listGuess.link}\`, \`${listGuess.date}\` | ${listGuess.rows[0]?.date ?? 'none'} |
| next page | \`${listGuess.next}\` | ${listGuess.hasNext ? 'a link' : 'no link: check'} |
| total | \`${listGuess.total ?? 'none'}\` | ${listGuess.siteTotal ?? 'none'} |
| title, date, body of a notice | \`${detailGuess.title}\`, \`${detailGuess.date}\`, \`${detailGuess.body}\` | ${detail.request.url} |

The first live run must check: track and kind of the column, whether all rows are of the region (\`scope\`), how far back the list reaches, the pace, and what share of notices carries code, purchaser and amount (\`assertions\`).
`;
}
