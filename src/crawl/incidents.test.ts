import { describe, expect, it } from 'vitest';

import { buildChannelOutcome, buildRun } from '../../test/support/build.ts';
import type { ReadingFacts } from '../model/incident.ts';
import type { FailureRecord, Run } from '../model/run.ts';
import { settleIncidents, sightingsOf } from './incidents.ts';

const failure = (given: Partial<FailureRecord> = {}): FailureRecord => ({
  code: 'LIST_STRUCTURE_CHANGED',
  message: '列表结构改变：没有找到条目',
  advice: '网站可能改版',
  url: 'http://site/list',
  channelId: 'list',
  at: 5,
  archiveId: 'r1',
  sample: '<div class="new">',
  ...given,
});
const odd = (words: string, given: Partial<ReadingFacts> = {}): ReadingFacts => ({
  channelId: 'list',
  title: '某项目成交公告',
  kind: 'result',
  fields: [],
  oddities: [{ code: 'UNKNOWN_LABEL', words }],
  url: `http://site/${words}`,
  archiveId: `r-${words}`,
  ...given,
});
const good = (id: string, channel: Parameters<typeof buildChannelOutcome>[0] = {}): Run =>
  buildRun({ id, outcome: 'complete', channels: [buildChannelOutcome({ fetched: 3, ...channel })] });
const bad = (id: string): Run =>
  buildRun({ id, outcome: 'rejected', channels: [buildChannelOutcome({ outcome: 'rejected', covers: null })] });

describe('an incident of a source', () => {
  it('opens with the words and the archived page that showed it', () => {
    const [incident] = settleIncidents([], sightingsOf([failure()], [], [], 9), bad('run-1'), 9);
    expect(incident).toMatchObject({
      id: 'yn_ccgp|list|LIST_STRUCTURE_CHANGED|run-1',
      state: 'open',
      openedAt: 9,
      runs: 1,
      samples: [{ words: '<div class="new">', url: 'http://site/list', archiveId: 'r1', at: 5 }],
    });
  });

  it('is one for a column and a code, however many pages and runs show it', () => {
    const first = settleIncidents([], sightingsOf([failure(), failure({ url: 'b' })], [], [], 9), bad('run-1'), 9);
    expect(first).toHaveLength(1);
    const second = settleIncidents(first, sightingsOf([failure({ sample: '别的' })], [], [], 20), bad('run-2'), 20);
    expect(second).toHaveLength(1);
    expect(second[0]).toMatchObject({ id: first[0]!.id, runs: 2, openedAt: 9, lastSeenAt: 20, lastRunId: 'run-2' });
    expect(second[0]?.samples.map(({ words }) => words)).toEqual(['<div class="new">', '别的']);
  });

  it('is the same when a run is closed twice after a crash', () => {
    const once = settleIncidents([], sightingsOf([failure()], [], [], 9), bad('run-1'), 9);
    expect(settleIncidents(once, sightingsOf([failure()], [], [], 9), bad('run-1'), 9)).toEqual(once);
  });

  it('closes by itself after a good run of its column', () => {
    const open = settleIncidents([], sightingsOf([failure()], [], [], 9), bad('run-1'), 9);
    expect(settleIncidents(open, [], good('run-2'), 30)).toMatchObject([
      { id: open[0]!.id, state: 'closed', closedAt: 30, closedBy: 'run-2', openedAt: 9 },
    ]);
  });

  it('stays open after a run that could not see: incomplete, or without a page where only pages show it', () => {
    const open = settleIncidents([], sightingsOf([], [odd('履约保证金形式')], [], 9), good('run-1'), 9);
    expect(settleIncidents(open, [], bad('run-2'), 30)).toEqual([]);
    expect(settleIncidents(open, [], good('run-2', { fetched: 0 }), 30)).toEqual([]);
    expect(settleIncidents(open, [], good('run-2', { fetched: 1 }), 30)).toHaveLength(1);
  });

  it('of the whole source closes only when every column was complete', () => {
    const open = settleIncidents([], sightingsOf([failure({ channelId: null })], [], [], 9), bad('run-1'), 9);
    expect(settleIncidents(open, [], bad('run-2'), 30)).toEqual([]);
    expect(settleIncidents(open, [], good('run-3'), 40)).toMatchObject([{ state: 'closed' }]);
  });

  it('keeps five samples of different words, the oldest', () => {
    const readings = ['一', '二', '二', '三', '四', '五', '六'].map((words) => odd(words));
    const [sighting] = sightingsOf([], readings, [], 9);
    expect(sighting?.samples.map(({ words }) => words)).toEqual(['一', '二', '三', '四', '五']);
    expect(sighting?.message).toContain('出现未登记的字段名：“一”');
  });

  it('is not raised by words that the operator has accepted', () => {
    expect(sightingsOf([], [odd('履约保证金形式')], ['履约保证金形式'], 9)).toEqual([]);
  });
});
