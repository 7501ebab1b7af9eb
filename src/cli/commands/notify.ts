import { systemClock } from '../../model/clock.ts';
import { plainMoment } from '../../model/day-words.ts';
import { CorrectInput } from '../../model/errors.ts';
import type { Channel } from '../../notify/channel.ts';
import { RestoreChannel } from '../../notify/channel.ts';
import type { Told } from '../../notify/tell-operators.ts';
import { openChannels, tellAlone } from '../operators.ts';
import { say, table } from '../output.ts';
import { openSources, openWorkshop } from '../workshop.ts';

/** `gongshi notify`: tells the people on duty what is new about the sources, or only that they can be told. */
export async function notify({ config, test }: { config: string; test: boolean }): Promise<void> {
  const channels = openChannels((await openSources({ config })).config, systemClock);
  if (channels.length === 0) {
    throw new CorrectInput('没有设置值守通知的途径', '请在 config/gongshi.yaml 的 operators.channels 中写入途径。');
  }
  const told = test ? await sendTest(channels) : await tellNews(config, channels);
  if (told.length === 0) return say('没有需要告知的变化，或尚在失败后的等待时间内。');
  process.stdout.write(
    `${table([
      ['途径', '结果'],
      ...told.map(({ channel, failure }) => [channel, failure === null ? '已送达' : failure.message]),
    ])}\n`,
  );
  const failed = told.flatMap(({ failure }) => failure ?? []);
  if (failed.length > 0) throw failed[0]!;
}

async function tellNews(config: string, channels: Channel[]): Promise<Told[]> {
  const workshop = await openWorkshop({ config, clock: systemClock });
  try {
    return await tellAlone(workshop, channels);
  } finally {
    await workshop.close();
  }
}

async function sendTest(channels: Channel[]): Promise<Told[]> {
  return Promise.all(
    channels.map(async (channel): Promise<Told> => {
      const result = { channel: channel.name, opened: 0, closed: 0 };
      try {
        await channel.send(`【公示】试发：${plainMoment(systemClock.now())}，收到本条即表示来源异常时能告知到这里。`);
        return { ...result, failure: null };
      } catch (error) {
        if (!(error instanceof RestoreChannel)) throw error;
        return { ...result, failure: error };
      }
    }),
  );
}
