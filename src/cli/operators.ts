import type { Config } from '../../config/load.ts';
import { CorrectInput, LeaveToOtherWorker } from '../model/errors.ts';
import type { Clock } from '../model/clock.ts';
import type { SourceDefinition } from '../model/source.ts';
import { openBot } from '../notify/bots.ts';
import type { Channel } from '../notify/channel.ts';
import type { SourceNames } from '../notify/incident-news.ts';
import { tellOperators } from '../notify/tell-operators.ts';
import type { Told } from '../notify/tell-operators.ts';
import { secretFile } from './secret-file.ts';
import type { Workshop } from './workshop.ts';

/** One process at a time tells people, so that nobody hears the same twice. */
const TELLING = 'telling';

/** The channels that the settings name, with their secrets. Throws `CorrectInput` where one has none. */
export function openChannels({ operators, folder }: Config, clock: Clock): Channel[] {
  return operators.channels.map(({ name, kind, secretFile: variable }) => {
    const [address, key = null] = (secretFile(variable) ?? '').split('\n').map((line) => line.trim());
    if (!isAddress(address)) {
      throw new CorrectInput(
        `值守通知“${name}”没有可用的地址`,
        `请把机器人的地址（https:// 开头）写入一个只有本服务可读的文件（第二行可写签名密钥），用环境变量 ${variable} 指出该文件；不用该途径时从 ${folder} 的 gongshi.yaml 中删去。`,
        { channel: name, variable },
      );
    }
    return openBot({ name, kind, address, key: key === '' ? null : key }, clock);
  });
}

/** Tells the channels what is new about the sources. Empty where another process is at it. */
export async function tellAlone({ store, leases, clock, definitions }: Workshop, channels: Channel[]): Promise<Told[]> {
  if (channels.length === 0) return [];
  const held = await leases.take(TELLING);
  if (held === null) return [];
  try {
    await held.confirm();
    return await tellOperators({ store: store.fenced(held.lease), channels, clock, names: namesOf(definitions) });
  } catch (error) {
    if (error instanceof LeaveToOtherWorker) return [];
    throw error;
  } finally {
    // Where the store does not answer the lease lapses by itself.
    await held.release().catch(() => undefined);
  }
}

function namesOf(definitions: readonly SourceDefinition[]): SourceNames {
  return (sourceId, channelId) => {
    const source = definitions.find(({ id }) => id === sourceId);
    const column = source?.channels.find(({ id }) => id === channelId);
    return [source?.name ?? sourceId, ...(channelId === null ? [] : [column?.name ?? channelId])].join('·');
  };
}

function isAddress(text: string | undefined): text is string {
  return text !== undefined && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
