import { SiteFailure } from '../../model/failure.ts';
import { emptyFields } from '../../model/notice.ts';
import type { NoticeFields } from '../../model/notice.ts';
import type {
  Channel,
  CrawlWindow,
  FetchedPage,
  FieldAssertion,
  PageReading,
  SourceAdapter,
  SourceRequest,
  SourceSettings,
} from '../../model/source.ts';
import { html, json, startSite } from './site.ts';
import type { Answer, TestSite } from './site.ts';

/** A notice as the scripted site publishes it. */
interface ScriptedNotice {
  id: string;
  title: string;
  /** Local day. */
  date: string;
  body?: string;
}

/** A scripted site: columns with notices, pages of a size, and faults by path that come before the normal answer. */
export interface Script {
  channels: Record<string, ScriptedNotice[]>;
  pageSize: number;
  robots?: string;
  /** Answers instead of the site where it returns something other than false. */
  fault?: (path: string, tries: number) => Answer | false;
}

/** `count` notices, one a day from 2026-03-01 on. */
export function notices(prefix: string, count: number): ScriptedNotice[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i + 1}`,
    title: `开远市第${prefix}${i + 1}号项目成交结果公告`,
    date: new Date(Date.UTC(2026, 2, 1 + (i % 28))).toISOString().slice(0, 10),
  }));
}

/** The site behind `scriptedSource`: `/list/<channel>?page=N` in JSON, `/notice/<id>` in HTML. */
export function startScriptedSite(script: Script): Promise<TestSite> {
  const tries = new Map<string, number>();
  return startSite(async (request, response) => {
    const { path } = request;
    tries.set(path, (tries.get(path) ?? 0) + 1);
    const fault = script.fault?.(path, tries.get(path) ?? 0) ?? false;
    if (fault !== false) return fault(request, response);
    const url = new URL(path, 'http://site');
    const [, kind, name = ''] = url.pathname.split('/');
    if (path === '/robots.txt') {
      return script.robots === undefined ? html(response, 'not found', 404) : html(response, script.robots);
    }
    if (kind === 'session') {
      response.setHeader('set-cookie', 'JSESSIONID=abc123; Path=/; HttpOnly');
      return json(response, { code: '1' });
    }
    if (kind === 'list') {
      const all = script.channels[name] ?? [];
      const page = Number(url.searchParams.get('page'));
      const rows = all
        .slice((page - 1) * script.pageSize, page * script.pageSize)
        .map(({ id, title, date }) => ({ id, title, date }));
      return json(response, { rows, total: all.length, pages: Math.ceil(all.length / script.pageSize) });
    }
    const notice = Object.values(script.channels)
      .flat()
      .find((candidate) => candidate.id === name);
    if (notice === undefined) return html(response, '<html>没有这条公告</html>', 404);
    return html(
      response,
      `<html><h1>${notice.title}</h1><time>${notice.date}</time><p>${notice.body ?? '采购人：开远市人民医院。'.repeat(40)}</p></html>`,
    );
  });
}

export interface ScriptedSourceOptions {
  id?: string;
  address: string;
  channels: Partial<Channel>[];
  assertions?: FieldAssertion[];
  settings?: Partial<SourceSettings>;
  /** Makes a warm-up request first. */
  session?: boolean;
  /** Runs before the scripted reading; what it throws is thrown. */
  read?: (page: FetchedPage) => PageReading | undefined;
}

/** The adapter for `startScriptedSite`. */
export function scriptedSource(options: ScriptedSourceOptions): SourceAdapter {
  const { address, id = 'scripted' } = options;
  const settings: SourceSettings = {
    enabled: true,
    address,
    pace: { minIntervalMs: 0, reason: '测试' },
    timeoutMs: 60_000,
    maxBodyBytes: 1_000_000,
    charset: null,
    quietHours: null,
    attachmentHosts: [],
    acceptedWords: [],
    schedule: { visits: '0 8,16 * * *', sweep: '0 10 * * 0', overlapDays: 10, jitterMinutes: 0, reason: '测试' },
    conditionalRequests: { use: false, reason: '测试' },
    options: {},
    ...options.settings,
  };
  const channels: Channel[] = options.channels.map((given, i) => ({
    id: `c${i + 1}`,
    name: `栏目${i + 1}`,
    track: 'procurement',
    kind: null,
    mayBeEmpty: null,
    ...given,
  }));
  const adapter: SourceAdapter = {
    definition: {
      id,
      name: `来源${id}`,
      owner: '测试',
      homepage: 'http://www.example.test',
      address: 'http://www.example.test',
      channels,
      assertions: options.assertions ?? [],
      cadence: '每日',
      defaults: settings,
      regionFilter: '全部',
      create: () => adapter,
    },
    settings,
    start(channel: Channel, _window: CrawlWindow): SourceRequest[] {
      const warmup: SourceRequest = {
        key: 'warmup',
        channelId: channel.id,
        role: 'warmup',
        method: 'POST',
        url: `${address}/session`,
        expects: 'json',
      };
      return [...(options.session ? [warmup] : []), listRequest(address, channel.id, 1)];
    },
    read(page: FetchedPage): PageReading {
      return options.read?.(page) ?? readScripted(address, page);
    },
  };
  return adapter;
}

function listRequest(address: string, channelId: string, page: number): SourceRequest {
  return {
    key: `list:${channelId}:${page}`,
    channelId,
    role: 'list',
    method: 'GET',
    url: `${address}/list/${channelId}?page=${page}`,
    headers: { Referer: `${address}/` },
    expects: 'json',
    page,
  };
}

/** How the scripted site's pages are read: strict, as a real parser is. */
export function readScripted(address: string, { request, bytes }: FetchedPage): PageReading {
  const text = new TextDecoder().decode(bytes);
  if (request.role === 'warmup') return { role: 'warmup' };
  if (request.role === 'list') {
    const list = JSON.parse(text) as { rows?: ScriptedNotice[]; total: number; pages: number; status?: number };
    if (list.status === 500) throw new SiteFailure('SITE_ERROR', `系统异常：${request.url}`);
    if (list.rows === undefined) throw new SiteFailure('LIST_STRUCTURE_CHANGED', `没有 rows：${request.url}`);
    const page = request.page ?? 1;
    return {
      role: 'list',
      rows: list.rows.map((row) => ({
        externalId: row.id,
        title: row.title,
        publishDate: row.date,
        region: '开远市',
        inRegion: true,
        detail: {
          key: `detail:${row.id}`,
          channelId: request.channelId,
          role: 'detail',
          method: 'GET',
          url: `${address}/notice/${row.id}`,
          expects: 'html',
          row: { externalId: row.id, title: row.title, publishDate: row.date, region: '开远市' },
        },
      })),
      passedOver: [],
      total: list.total,
      next: page < list.pages ? [listRequest(address, request.channelId, page + 1)] : [],
      reachesBackTo: null,
    };
  }
  const title = /<h1>(.*?)<\/h1>/.exec(text)?.[1];
  if (title === undefined) throw new SiteFailure('FIELD_MISSING', `没有标题：${request.url}`);
  return {
    role: 'detail',
    externalId: request.row?.externalId ?? '',
    publicUrl: request.url,
    notice: {
      fields: fieldsOf(title, /<time>(.*?)<\/time>/.exec(text)?.[1] ?? null),
      origins: {},
      disagreements: [],
      text: text.replace(/<[^>]*>/g, '\n').trim(),
    },
    attachments: [],
  };
}

function fieldsOf(title: string, publishDate: string | null): NoticeFields {
  return { ...emptyFields('result', title), track: 'procurement', publishDate, region: '开远市', regionCode: '532502' };
}
