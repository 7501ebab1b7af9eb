import { createHmac } from 'node:crypto';
import got from 'got';

import type { Clock } from '../model/clock.ts';
import { RestoreChannel } from './channel.ts';
import type { Channel } from './channel.ts';

export const BOT_KINDS = ['wecom', 'dingtalk', 'feishu', 'webhook'] as const;
export type BotKind = (typeof BOT_KINDS)[number];

export interface BotSettings {
  name: string;
  kind: BotKind;
  /** A secret: whoever knows it can post. */
  address: string;
  /** The signing key where the robot was set up with one (钉钉“加签”、飞书“签名校验”). */
  key: string | null;
}

/** Robots answer within a second; a proxy that swallows the request must not hold up the daemon. */
const TIMEOUT_MS = 10_000;

/**
 * Most bytes of a text message. 企业微信: 2,048 (《群机器人配置说明》 91770, read in November 2026); the others take more
 * than anybody reads on a telephone.
 */
const MOST_BYTES: Record<BotKind, number> = { wecom: 2048, dingtalk: 4000, feishu: 4000, webhook: 4000 };

interface Post {
  url: string;
  json: unknown;
}

/** What each robot is sent; as plain text. */
const POSTS: Record<BotKind, (settings: BotSettings, text: string, now: number) => Post> = {
  wecom: ({ address }, text) => ({ url: address, json: { msgtype: 'text', text: { content: text } } }),
  dingtalk: ({ address, key }, text, now) => {
    const url = new URL(address);
    if (key !== null) {
      url.searchParams.set('timestamp', String(now));
      url.searchParams.set('sign', createHmac('sha256', key).update(`${now}\n${key}`).digest('base64'));
    }
    return { url: url.href, json: { msgtype: 'text', text: { content: text } } };
  },
  feishu: ({ address, key }, text, now) => {
    const seconds = String(Math.floor(now / 1000));
    const sign =
      key === null ? {} : { timestamp: seconds, sign: createHmac('sha256', `${seconds}\n${key}`).digest('base64') };
    return { url: address, json: { ...sign, msg_type: 'text', content: { text } } };
  },
  webhook: ({ address }, text) => ({ url: address, json: { text } }),
};

/** A group's robot, or any address that takes `{"text": …}` by POST. */
export function openBot(settings: BotSettings, clock: Clock): Channel {
  const { name, kind } = settings;
  return {
    name,
    mostBytes: MOST_BYTES[kind],
    send: async (text) => {
      const { url, json } = POSTS[kind](settings, text, clock.now());
      const answer = await post(name, url, json);
      // The robots answer 200 to what they refuse, too: 企业微信 and 钉钉 say so in errcode, 飞书 in code.
      if (kind !== 'webhook') checkAnswer(name, answer);
    },
  };
}

async function post(name: string, url: string, json: unknown): Promise<string> {
  const { statusCode, body } = await got
    .post(url, {
      json,
      timeout: { request: TIMEOUT_MS },
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
      responseType: 'text',
    })
    .catch((cause: unknown) => {
      // The library's own message may name the address, which is a secret.
      throw new RestoreChannel(name, (cause as { code?: string }).code ?? '无法连接');
    });
  if (statusCode < 200 || statusCode > 299) throw new RestoreChannel(name, `对方返回 HTTP ${statusCode}`);
  return body;
}

function checkAnswer(name: string, body: string): void {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch (cause) {
    throw new RestoreChannel(name, '对方的应答不是机器人的应答', cause);
  }
  const { errcode, code, errmsg, msg } = (answer ?? {}) as Record<string, unknown>;
  const refusal = errcode ?? code;
  if (refusal === 0) return;
  throw new RestoreChannel(name, `对方拒收（${String(refusal)}）${String(errmsg ?? msg ?? '').slice(0, 200)}`);
}
