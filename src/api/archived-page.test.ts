import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openApiBench } from '../../test/support/api.ts';
import type { ApiBench } from '../../test/support/api.ts';
import { buildCommit, buildRequest, buildRun } from '../../test/support/build.ts';

describe('an archived page', () => {
  let bench: ApiBench;
  beforeEach(async () => {
    bench = await openApiBench();
  });
  afterEach(async () => {
    await bench.close();
  });

  async function shown(body: string | Buffer, contentType = 'text/html; charset=utf-8', url?: string) {
    const record = await bench.keep({
      body: Buffer.from(body as string),
      headers: { 'content-type': contentType },
      ...(url === undefined ? {} : { url }),
    });
    const reply = await bench.app.inject({ url: `/api/archive/${record.id}/page` });
    expect(reply.statusCode).toBe(200);
    return { record, reply, html: reply.body, main: /<main>(.*)<\/main>/s.exec(reply.body)![1]! };
  }

  it('keeps its text and tables and says where, when and with which digest it was kept', async () => {
    const { html, main, record, reply } = await shown(
      '<h1>中标公告</h1><table><tr><td colspan="2">采购人</td><td>开远市人民医院</td></tr></table>',
      undefined,
      'https://example.test/?a=1&b=<x>',
    );
    expect(main).toContain('<h1>中标公告</h1>');
    expect(main).toContain('<td colspan="2">采购人</td>');
    expect(html).toContain(record.sha256);
    expect(html).toContain('2026-03-20 09:00');
    expect(html).toContain('https://example.test/?a=1&amp;b=&lt;x&gt;');
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('is served under a policy that loads nothing, runs nothing and sends nothing', async () => {
    const { reply } = await shown('<p>公告</p>');
    const policy = String(reply.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/);
    expect(policy).toContain("form-action 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toMatch(/; sandbox(?!.*allow-scripts)/);
  });

  it.each([
    '<script>alert(1)</script>',
    '<SCRIPT SRC=//evil.test/x.js></SCRIPT>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<form action="https://evil.test"><input name=a><button>go</button></form>',
    '<a href="javascript:alert(1)">x</a><a href=" java\nscript:alert(1)">y</a><a href="data:text/html,x">z</a>',
    '<p style="background:url(https://evil.test/x)" onclick="alert(1)">x</p><style>@import "https://evil.test"</style>',
    '<meta http-equiv="refresh" content="0;url=https://evil.test"><base href="https://evil.test/">',
    '<link rel=stylesheet href=https://evil.test/x.css><object data=x></object><embed src=x>',
    '</main><script>alert(1)</script><!-- --><!--><img src=x onerror=alert(1)>-->',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<textarea></textarea><template><script>alert(1)</script></template><video src=x autoplay></video>',
    '<x-custom onfocus=alert(1) autofocus>公告</x-custom>',
  ])('leaves nothing alive of %s', async (hostile) => {
    for (const type of ['text/html', 'application/json']) {
      const body = type === 'text/html' ? hostile : JSON.stringify({ content: `<b>公告</b>${hostile}` });
      const { main } = await shown(body, type);
      // In JSON the raw text is shown escaped first; only the unfolded part is markup.
      const markup = main.replace(/<pre>[^<]*<\/pre>/, '');
      expect(markup).not.toMatch(
        /<(script|img|svg|iframe|form|input|button|style|meta|base|link|object|embed|video|math|template|textarea|x-)/i,
      );
      expect(markup).not.toMatch(/<[^>]*\s(on\w+|style|src|srcdoc|action)\s*=/i);
      expect(markup).not.toMatch(/<[^>]*(javascript|data):/i);
    }
  });

  it('opens links apart from itself, resolved against the page', async () => {
    const { main } = await shown(
      '<a href="../t1.html" onclick="x()">下一页</a><a name="top">顶</a>',
      'text/html',
      'https://example.test/a/b.html',
    );
    expect(main).toContain(
      '<a href="https://example.test/t1.html" target="_blank" rel="noopener noreferrer nofollow">下一页</a>',
    );
    expect(main).toContain('<a>顶</a>');
  });

  it('in GBK without a charset in its header is read as GBK', async () => {
    const gbk = Buffer.from('3c6d65746120636861727365743d67626b3e3c703ebfaad4b6cad03c2f703e', 'hex'); // <meta charset=gbk><p>开远市</p>
    expect((await shown(gbk, 'text/html')).main).toContain('<p>开远市</p>');
  });

  it('that is data is shown as data, escaped, with the pages inside it below', async () => {
    const { main } = await shown(
      JSON.stringify({
        code: '1',
        value: { list: [{ title: '公告 <1>', content: '<table><tr><td>单价</td></tr></table>' }] },
      }),
      'application/json',
    );
    expect(main).toMatch(/^<pre>\{\n {2}&quot;code&quot;/);
    expect(main).toContain('公告 &lt;1&gt;');
    expect(main).toContain('<h2>value.list.0.content</h2><table><tr><td>单价</td></tr></table>');
  });

  it('that is no text is offered for download only', async () => {
    expect((await shown(Buffer.from([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe]), 'application/pdf')).main).toContain(
      '请下载',
    );
  });

  it('of monstrous depth is shown as it is written, at once', async () => {
    expect((await shown(`${'<div>'.repeat(50_000)}公告`)).main).toContain('公告');
    expect((await shown(`${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'application/json')).html).toContain('归档页面');
  });

  it('marks the words that a field was read from, across cells and tags, and nothing else', async () => {
    const record = await bench.keep({
      body: Buffer.from('<table><tr><td>采购人</td><td>开远市<b>人民</b>医院&nbsp;</td></tr></table><p>公示</p>'),
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
    const marked = async (words: string): Promise<string> =>
      (await bench.app.inject({ url: `/api/archive/${record.id}/page?mark=${encodeURIComponent(words)}` })).body;
    const page = await marked('采购人：开远市人民医院');
    expect(page).toContain('<td><mark id="mark">采购人</mark></td>');
    expect(page).toContain('<mark>开远市</mark><b><mark>人民</mark></b><mark>医院</mark>');
    expect(await marked('<script>alert(1)</script>')).not.toContain('<script');
    expect(await marked('成交供应商')).not.toContain('<mark');
  });

  it('is downloaded as the very bytes, never to be opened in place', async () => {
    const body = Buffer.from([0, 1, 2, 0xff, 0x3c, 0x73]);
    const record = await bench.keep({ body, headers: { 'content-type': 'text/html' } });
    const reply = await bench.app.inject({ url: `/api/archive/${record.id}/bytes` });
    expect(reply.rawPayload.equals(body)).toBe(true);
    expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="archive-[\w-]+\.bin"$/);
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
    expect(reply.headers['content-type']).toBe('application/octet-stream');
  });

  it('whose bytes were lost is said to be so, with the file to restore', async () => {
    const record = await bench.keep({});
    await bench.store.runs.begin(buildRun({ id: 'r9' }), [buildRequest('list:1')]);
    await bench.store.runs.commitPage(
      buildCommit({ runId: 'r9', requestKey: 'list:1', archive: { ...record, id: 'lost', file: 'gone.warc.gz' } }),
    );
    const { status, body } = await bench.get('/api/archive/lost/page');
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'ARCHIVE_DAMAGED', advice: expect.stringContaining('gone.warc.gz') as string });
    expect((await bench.get('/api/archive/none')).status).toBe(404);
    expect((await bench.get('/api/archive/none/page')).status).toBe(404);
    expect((await bench.get('/api/archive/lost')).body).toMatchObject({ id: 'lost', file: 'gone.warc.gz' });
  });
});
