import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openBot } from './bots.ts';
import type { BotKind } from './bots.ts';

const NOW = 1_773_968_400_123;

describe('a robot', () => {
  let server: Server;
  let address: string;
  let asked: { url: URL; body: unknown }[];
  let answer: { status: number; body: string };
  beforeEach(async () => {
    asked = [];
    answer = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' };
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        asked.push({ url: new URL(request.url!, address), body: JSON.parse(Buffer.concat(parts).toString()) });
        response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?key=geheim`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const send = (kind: BotKind, key: string | null = null, to = address) =>
    openBot({ name: '值班群', kind, address: to, key }, { now: () => NOW }).send('【公示】来源异常 1 项');

  it('of 企业微信 gets a text under the key in its address', async () => {
    await send('wecom');
    expect(asked[0]?.url.search).toBe('?key=geheim');
    expect(asked[0]?.body).toEqual({ msgtype: 'text', text: { content: '【公示】来源异常 1 项' } });
  });

  it('of 钉钉 gets a text signed in its address by the millisecond', async () => {
    await send('dingtalk', 'SECxyz');
    const { searchParams } = asked[0]!.url;
    expect(searchParams.get('timestamp')).toBe(String(NOW));
    expect(searchParams.get('sign')).toBe(createHmac('sha256', 'SECxyz').update(`${NOW}\nSECxyz`).digest('base64'));
    expect(searchParams.get('key')).toBe('geheim');
  });

  it('of 飞书 gets a text signed in its body by the second', async () => {
    answer.body = '{"code":0,"msg":"success"}';
    await send('feishu', 'k');
    expect(asked[0]?.body).toEqual({
      timestamp: '1773968400',
      sign: createHmac('sha256', '1773968400\nk').digest('base64'),
      msg_type: 'text',
      content: { text: '【公示】来源异常 1 项' },
    });
  });

  it('of one’s own gets the text, and any 2xx is an acknowledgement', async () => {
    answer = { status: 204, body: '' };
    await send('webhook');
    expect(asked[0]?.body).toEqual({ text: '【公示】来源异常 1 项' });
  });

  it.each([
    [
      'what it refuses with 200',
      200,
      '{"errcode":93000,"errmsg":"invalid webhook url"}',
      '对方拒收（93000）invalid webhook url',
    ],
    ['a server error', 502, '', '对方返回 HTTP 502'],
    ['a redirection, which is not followed', 302, '', '对方返回 HTTP 302'],
    ['a page that is no robot’s answer', 200, '<html></html>', '对方的应答不是机器人的应答'],
    ['an answer without a word on success', 200, '{}', '对方拒收'],
  ])('is not taken to have heard: %s', async (_what, status, body, says) => {
    answer = { status, body };
    await expect(send('wecom')).rejects.toMatchObject({
      code: 'CHANNEL_FAILED',
      message: expect.stringContaining(says) as string,
    });
    expect(asked).toHaveLength(1);
  });

  it('that cannot be reached is named without its address, which is a secret', async () => {
    const error: unknown = await send('wecom', null, 'http://127.0.0.1:1/send?key=geheim').catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'CHANNEL_FAILED' });
    expect(JSON.stringify([error, (error as Error).message, (error as Error).cause])).not.toContain('geheim');
  });
});
