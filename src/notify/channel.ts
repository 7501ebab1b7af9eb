import { GongshiError } from '../model/errors.ts';

/** A way to people on duty. */
export interface Channel {
  /** As the operator named it. */
  name: string;
  /** More bytes of UTF-8 than this a message must not have. */
  mostBytes: number;
  /** Resolves once the other side has taken the text. Throws `RestoreChannel`. */
  send(text: string): Promise<void>;
}

/** The people on duty do not hear what they are told: put the channel right. What was to be said stays to be said. */
export class RestoreChannel extends GongshiError {
  constructor(channel: string, what: string, cause?: unknown) {
    super('CHANNEL_FAILED', `值守通知“${channel}”没有送达：${what}`, {
      advice: '请核对该途径的地址、密钥与网络，再用 gongshi notify --test 试发；未送达的内容会自动重发。',
      facts: { channel },
      cause,
    });
  }
}
