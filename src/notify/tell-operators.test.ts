import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createModelStore } from '../../test/conformance/model.ts';
import { buildIncident, MARCH_20 } from '../../test/support/build.ts';
import { RestoreChannel } from './channel.ts';
import type { Channel } from './channel.ts';
import { tellOperators } from './tell-operators.ts';

const MINUTE = 60_000;
const names = (sourceId: string, channelId: string | null): string => `${sourceId}·${channelId ?? ''}`;
const open = buildIncident();
const closed = buildIncident({ state: 'closed', closedAt: MARCH_20 + MINUTE, closedBy: 'run-9' });

describe('people on duty', () => {
  let store: ReturnType<typeof createModelStore>;
  let now: number;
  let texts: string[];
  let refusal: string | null;
  const group: Channel = {
    name: '值班群',
    mostBytes: 2048,
    send: async (text) => {
      texts.push(text);
      if (refusal !== null) throw new RestoreChannel('值班群', refusal);
    },
  };
  const look = (channels = [group]) => tellOperators({ store, channels, clock: { now: () => now }, names });
  beforeEach(() => {
    store = createModelStore();
    now = MARCH_20;
    texts = [];
    refusal = null;
  });
  afterEach(() => store.close());

  it('hear once of what is wrong, however often it is looked', async () => {
    await store.incidents.put([open]);
    expect(await look()).toEqual([{ channel: '值班群', opened: 1, closed: 0, failure: null }]);
    expect(await look()).toEqual([]);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('异常 1 项');
  });

  it('hear once that it is over', async () => {
    await store.incidents.put([open]);
    await look();
    await store.incidents.put([closed]);
    await look();
    await look();
    expect(texts).toHaveLength(2);
    expect(texts[1]).toContain('恢复 1 项');
    expect(await store.tellings.pending('值班群')).toEqual([]);
  });

  it('hear of it again when it opens anew', async () => {
    await store.incidents.put([open]);
    await look();
    await store.incidents.put([closed]);
    await look();
    await store.incidents.put([buildIncident({ openedBy: 'run-9' })]);
    await look();
    expect(texts.map((text) => /异常|恢复/.exec(text)?.[0])).toEqual(['异常', '恢复', '异常']);
  });

  it('hear nothing of what was over before anybody could be told', async () => {
    refusal = 'HTTP 502';
    await store.incidents.put([open]);
    await look();
    refusal = null;
    await store.incidents.put([closed]);
    now += 60 * MINUTE;
    expect(await look()).toEqual([]);
    expect(texts).toHaveLength(1);
    expect(await store.tellings.pending('值班群')).toEqual([]);
  });

  it('are told of incidents of long ago only while they are open', async () => {
    await store.incidents.put([closed]);
    expect(await look()).toEqual([]);
  });

  it('are told again what their channel did not take: after one minute, then five', async () => {
    refusal = 'HTTP 502';
    await store.incidents.put([open]);
    expect((await look())[0]?.failure?.message).toContain('HTTP 502');
    now += MINUTE - 1;
    expect(await look()).toEqual([]);
    now += 1;
    expect(await look()).toHaveLength(1);
    now += 5 * MINUTE - 1;
    expect(await look()).toEqual([]);
    refusal = null;
    now += 1;
    expect(await look()).toMatchObject([{ failure: null }]);
    expect(texts.at(-1)).not.toContain('可能重复');
  });

  it('are told that it may be a repetition when a process ended in the middle of sending', async () => {
    await store.incidents.put([open]);
    const killed: Channel = { ...group, send: () => Promise.reject(new Error('killed')) };
    await expect(look([killed])).rejects.toThrow('killed');
    await look();
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('可能重复');
    expect(await look()).toEqual([]);
  });

  it('hear on every channel, also where another one fails', async () => {
    const broken: Channel = {
      ...group,
      name: '坏的',
      send: () => Promise.reject(new RestoreChannel('坏的', 'HTTP 404')),
    };
    await store.incidents.put([open]);
    expect((await look([broken, group])).map(({ failure }) => failure === null)).toEqual([false, true]);
  });
});
