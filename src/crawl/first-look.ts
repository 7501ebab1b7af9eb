import { guessDetail, guessList } from '../../crawlers/shared/column-site/guess.ts';
import type { DetailGuess, ListGuess } from '../../crawlers/shared/column-site/guess.ts';
import { htmlOf } from '../../crawlers/shared/reply.ts';
import type { Clock } from '../model/clock.ts';
import { CorrectInput } from '../model/errors.ts';
import type { FetchedPage, SourceAdapter, SourceRequest } from '../model/source.ts';
import { checkReply } from './classify.ts';
import { openLine } from './line.ts';
import type { Line } from './line.ts';
import type { Web } from './web.ts';

/** What a first look at a site brought: two pages as they came, and what they seem to say. */
export interface FirstLook {
  list: FetchedPage;
  detail: FetchedPage;
  listGuess: ListGuess;
  detailGuess: DetailGuess;
}

/**
 * Fetches a list page and the page behind its first row, as politely as a crawl: robots.txt, pace, bounds and the
 * guard against private addresses are the adapter's. Throws `SiteFailure`; `CorrectInput` where no list is found.
 */
export async function firstLook(adapter: SourceAdapter, url: string, web: Web, clock: Clock): Promise<FirstLook> {
  const line = openLine(adapter, web, clock);
  try {
    const never = new AbortController().signal;
    const forbidden = await line.readRobots(new URL(url), never);
    if (forbidden !== null) throw forbidden;
    const list = await fetched(line, requestOf('list', url), never);
    const listGuess = guessList(htmlOf(list, adapter.settings), list.url);
    const [first] = listGuess?.rows ?? [];
    if (listGuess === null || first === undefined) {
      const advice =
        '请确认该地址是列表页，且条目由服务器直接输出（不是脚本加载）、每条带日期；接口类网站请参照 crawlers/yn_ggzy 编写。';
      throw new CorrectInput(`在 ${url} 没有认出列表`, advice, { url });
    }
    const row = { externalId: 'first', title: first.title, publishDate: null, region: null };
    const detail = await fetched(line, { ...requestOf('detail', first.url), row }, never);
    const detailGuess = guessDetail(htmlOf(detail, adapter.settings), first);
    if (detailGuess === null) {
      const advice = '请打开该页核对：标题可能与列表不同，或正文由脚本加载。';
      throw new CorrectInput(`在 ${first.url} 没有认出标题和正文`, advice, { url: first.url });
    }
    return { list, detail, listGuess, detailGuess };
  } finally {
    line.close();
  }
}

function requestOf(role: 'list' | 'detail', url: string): SourceRequest {
  return { key: `${role}:first`, channelId: 'list', role, method: 'GET', url, expects: 'html', page: 1 };
}

async function fetched(line: Line, request: SourceRequest, signal: AbortSignal): Promise<FetchedPage> {
  const { page, failure } = await line.fetch(request, signal);
  if (failure !== null) throw failure;
  if (page === null) throw new Error(`Neither a reply nor a failure: ${request.url}`);
  checkReply(page);
  return page;
}
