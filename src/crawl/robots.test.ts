import { describe, expect, it } from 'vitest';

import { SiteFailure } from '../model/failure.ts';
import type { Fetched } from './fetch.ts';
import { createRobots } from './robots.ts';

const USER_AGENT = 'Gongshi/0.1.0 (+0873-7123456)';

function robotsFor(answer: Fetched | { status: number; text?: string }) {
  const delays: number[] = [];
  let fetched = 0;
  const robots = createRobots({
    userAgent: USER_AGENT,
    onCrawlDelay: (_url, ms) => delays.push(ms),
    fetch(url) {
      fetched++;
      if (!('status' in answer)) return Promise.resolve(answer);
      const request = {
        key: 'robots',
        channelId: '',
        role: 'warmup',
        method: 'GET',
        url: url.href,
        expects: 'html',
      } as const;
      const bytes = Buffer.from(answer.text ?? '');
      return Promise.resolve({
        page: { request, url: url.href, status: answer.status, headers: {}, bytes },
        failure: null,
      });
    },
  });
  return {
    delays,
    fetched: () => fetched,
    check: async (path: string): Promise<string> => {
      try {
        await robots.check(new URL(path, 'http://site.test'));
        return 'allowed';
      } catch (error) {
        if (error instanceof SiteFailure) return error.code;
        throw error;
      }
    },
    message: async (path: string): Promise<string> =>
      robots.check(new URL(path, 'http://site.test')).then(
        () => '',
        (error: Error) => error.message,
      ),
  };
}

describe('robots.txt', () => {
  it('what it disallows is not fetched, what it allows is', async () => {
    const { check } = robotsFor({ status: 200, text: 'User-agent: *\nDisallow: /04285c08de.html\n' });
    expect(await check('/04285c08de.html')).toBe('ROBOTS_DISALLOWED');
    expect(await check('/ggInfo.html?bulletin_id=1')).toBe('allowed');
  });

  it('the refusal names the line', async () => {
    const { message } = robotsFor({ status: 200, text: 'User-agent: *\nDisallow: /secret' });
    expect(await message('/secret/1')).toContain('robots.txt 第 2 行');
  });

  it('a group for us counts before the one for all', async () => {
    const text = 'User-agent: *\nDisallow:\n\nUser-agent: gongshi\nDisallow: /\n';
    expect(await robotsFor({ status: 200, text }).check('/list')).toBe('ROBOTS_DISALLOWED');
  });

  it('its Crawl-delay is told once, in milliseconds', async () => {
    const robots = robotsFor({ status: 200, text: 'User-agent: *\nCrawl-delay: 8\n' });
    await robots.check('/a');
    await robots.check('/b');
    expect(robots.delays).toEqual([8000]);
    expect(robots.fetched()).toBe(1);
  });

  it.each([404, 410, 401, 403])('a site that answers %i has none: all is allowed', async (status) => {
    expect(await robotsFor({ status }).check('/list')).toBe('allowed');
  });

  it('a site whose robots.txt fails with 5xx is not asked for anything this time, and the report says why', async () => {
    const robots = robotsFor({ status: 503 });
    expect(await robots.check('/list')).toBe('HTTP_5XX');
    expect(await robots.message('/list')).toMatch(/robots\.txt 无法取得.*503.*RFC 9309/);
  });

  it('a site that cannot be reached keeps its failure’s name', async () => {
    const failure = new SiteFailure('CONNECTION_REFUSED', 'ECONNREFUSED：http://site.test/robots.txt');
    const robots = robotsFor({ page: null, failure });
    expect(await robots.check('/list')).toBe('CONNECTION_REFUSED');
    expect(await robots.message('/list')).toBe(
      '网站拒绝连接：robots.txt 无法取得（ECONNREFUSED：http://site.test/robots.txt）；按 RFC 9309 视为不允许访问，本次不采集该站',
    );
  });

  it('a redirect off the site says nothing about it: allowed', async () => {
    const failure = new SiteFailure('REDIRECTED_ELSEWHERE', 'x');
    expect(await robotsFor({ page: null, failure }).check('/list')).toBe('allowed');
  });

  it('a start page in the place of the file is no rule', async () => {
    const text = '<!DOCTYPE html><html><body>开远市人民政府</body></html>';
    expect(await robotsFor({ status: 200, text }).check('/list')).toBe('allowed');
  });
});
