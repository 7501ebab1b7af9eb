import { describe, expect, it } from 'vitest';

import type { ChannelTally, ColumnNotice } from '../../storage/store.ts';
import type { FailureCode } from '../model/failure.ts';
import { SiteFailure } from '../model/failure.ts';
import type { Channel } from '../model/source.ts';
import { acceptRun } from './acceptance.ts';
import type { RunFacts } from './acceptance.ts';
import { recordOf } from './crawl-failure.ts';

type ListFacts = ChannelTally['lists'][number];

const CHANNEL: Channel = { id: 'zfcg', name: '政府采购', track: 'procurement', kind: null, mayBeEmpty: null };
const OTHER: Channel = { ...CHANNEL, id: 'gcjs', name: '工程建设' };

function list(page: number, keys: string[], parts: Partial<ListFacts> = {}): ListFacts {
  return {
    channelId: CHANNEL.id,
    page,
    listed: keys.length,
    inRegion: keys.length,
    passedOver: 0,
    siteTotal: null,
    reachesBackTo: null,
    rowKeys: keys,
    newest: '2026-03-20',
    ...parts,
  };
}

function held(publishDate: string, id = publishDate): ColumnNotice {
  return { id: `hh:${id}`, externalId: id, title: `公告${id}`, publishDate, lastSeenAt: 1, archiveId: 'r1' };
}

function tally(lists: ListFacts[], parts: Partial<ChannelTally> = {}): ChannelTally {
  return { channelId: CHANNEL.id, lists, fetched: 0, failed: 0, pending: 0, created: 0, changed: 0, ...parts };
}

function failed(code: FailureCode, channelId = CHANNEL.id) {
  return recordOf(new SiteFailure(code, 'http://site/x'), 1, { url: 'http://site/x', channelId }, null);
}

function accept(parts: Partial<RunFacts>) {
  return acceptRun({
    channels: [CHANNEL],
    assertions: [],
    tallies: [],
    readings: [],
    failures: [],
    window: { since: null, until: null },
    startDay: '2026-03-20',
    now: 1,
    endedEarly: null,
    held: new Map(),
    provenGone: new Set(),
    silences: new Map(),
    skewMs: null,
    ...parts,
  });
}

describe('a run is complete', () => {
  it('when every row the site counts was listed and nothing failed; it covers all days up to its start', () => {
    const { outcome, reason, channels } = accept({
      tallies: [tally([list(1, ['a', 'b'], { siteTotal: 3 }), list(2, ['c'], { siteTotal: 3 })])],
    });
    expect([outcome, reason]).toEqual(['complete', null]);
    expect(channels[0]).toMatchObject({ outcome: 'complete', siteTotal: 3, covers: { from: null, to: '2026-03-20' } });
  });

  it('and covers no more than its window', () => {
    const window = { since: '2026-03-01', until: '2026-03-10' };
    expect(accept({ window, tallies: [tally([list(1, ['a'])])] }).channels[0]?.covers).toEqual({
      from: '2026-03-01',
      to: '2026-03-10',
    });
  });

  it('and a window into the future covers no day that has not come', () => {
    const window = { since: '2026-03-01', until: '2026-12-31' };
    expect(accept({ window, tallies: [tally([list(1, ['a'])])] }).channels[0]?.covers?.to).toBe('2026-03-20');
  });

  it('and a list of the newest rows covers only the days it reaches back to, though the site counts more', () => {
    const newest = list(1, ['a', 'b'], { siteTotal: 9044, reachesBackTo: '2026-03-12' });
    const { outcome, channels } = accept({ tallies: [tally([newest])] });
    expect(outcome).toBe('complete');
    expect(channels[0]?.covers).toEqual({ from: '2026-03-12', to: '2026-03-20' });
  });

  it('and a window that the list does not reach covers nothing', () => {
    const newest = list(1, ['a'], { reachesBackTo: '2026-03-12' });
    const window = { since: '2026-01-01', until: '2026-02-01' };
    expect(accept({ window, tallies: [tally([newest])] }).channels[0]?.covers).toBeNull();
  });

  it('though a column is empty, where the window is closed or the column may be empty', () => {
    expect(accept({ window: { since: '2026-03-19', until: null }, tallies: [tally([list(1, [])])] }).outcome).toBe(
      'complete',
    );
    const channels = [{ ...CHANNEL, mayBeEmpty: '开远市一年仅数宗' }];
    expect(accept({ channels, tallies: [tally([list(1, [])])] }).outcome).toBe('complete');
  });

  it('where a column consists of several lists, against the sum of their counts', () => {
    const both = [list(1, ['a'], { siteTotal: 1 }), list(1, ['b', 'c'], { siteTotal: 2 })];
    expect(accept({ tallies: [tally(both)] }).outcome).toBe('complete');
    expect(accept({ tallies: [tally([both[0]!, list(1, ['b'], { siteTotal: 2 })])] }).outcome).toBe('incomplete');
  });

  it('planted rows are in the site’s count and carry no key', () => {
    const planted = list(1, ['a', 'b'], { listed: 3, passedOver: 1, siteTotal: 3 });
    expect(accept({ tallies: [tally([planted])] }).outcome).toBe('complete');
  });
});

describe('a run is incomplete', () => {
  it('one row short of the site’s count: PAGINATION_SHORT, and nothing is covered', () => {
    const { outcome, channels, failures } = accept({
      tallies: [tally([list(1, ['a', 'b'], { siteTotal: 4 }), list(2, ['b', 'c'], { siteTotal: 4 })])],
    });
    expect(outcome).toBe('incomplete');
    expect(failures.map((failure) => failure.code)).toEqual(['PAGINATION_SHORT']);
    expect(channels[0]).toMatchObject({ covers: null });
    expect(channels[0]?.reason).toContain('读到 3 条，网站称共 4 条');
  });

  it('when the list grew while it was read: the highest count stands', () => {
    const grew = [list(1, ['a', 'b'], { siteTotal: 3 }), list(2, ['b', 'c'], { siteTotal: 4 })];
    expect(accept({ tallies: [tally(grew)] }).outcome).toBe('incomplete');
  });

  it('when a detail page failed; the other column is complete and covers its days', () => {
    const { outcome, channels, reason } = accept({
      channels: [CHANNEL, OTHER],
      tallies: [tally([list(1, ['a'])], { failed: 1 }), tally([list(1, ['b'])], { channelId: OTHER.id })],
      failures: [failed('HTTP_4XX')],
    });
    expect(outcome).toBe('incomplete');
    expect(channels.map((c) => [c.outcome, c.covers === null])).toEqual([
      ['incomplete', true],
      ['complete', false],
    ]);
    expect(reason).toContain('政府采购：1 个页面未取得');
  });

  it('when a page repeats an earlier one', () => {
    const { outcome, reason } = accept({
      tallies: [tally([list(1, ['a'])], { failed: 1 })],
      failures: [failed('REPEATED_PAGE')],
    });
    expect(outcome).toBe('incomplete');
    expect(reason).toContain('翻页返回重复内容');
  });

  it('when pages were left unread', () => {
    const { channels } = accept({
      tallies: [tally([list(1, ['a'])], { pending: 3 })],
      endedEarly: '连续 8 个页面未取得，提前结束',
    });
    expect(channels[0]).toMatchObject({ outcome: 'incomplete', reason: '3 个页面未及采集' });
  });

  it('when one column could not be read at all and another could', () => {
    const { outcome, channels } = accept({
      channels: [CHANNEL, OTHER],
      tallies: [tally([], { failed: 1 }), tally([list(1, ['b'])], { channelId: OTHER.id })],
      failures: [failed('HTTP_5XX')],
    });
    expect(outcome).toBe('incomplete');
    expect(channels.map((c) => c.outcome)).toEqual(['rejected', 'complete']);
  });
});

describe('a day that a source lists no more in any column', () => {
  const other = (notice: ColumnNotice): ColumnNotice => ({ ...notice, id: `other:${notice.externalId}` });
  const columns = (listedOfDay: boolean) => {
    const lost = held('2026-03-12', 'p');
    const copy = other(held('2026-03-12', 'q'));
    const stays = [held('2026-03-11', 'r'), ...(listedOfDay ? [held('2026-03-12', 's')] : [])];
    return new Map([
      [CHANNEL.id, { held: [lost, ...stays], unlisted: [lost] }],
      [OTHER.id, { held: [copy, other(held('2026-03-10', 't'))], unlisted: [copy] }],
    ]);
  };
  const tallies = [tally([list(1, ['r'])]), tally([list(1, ['t'])], { channelId: OTHER.id })];

  it('is missing, although each column lacks one notice only', () => {
    const { outcome, failures } = accept({ channels: [CHANNEL, OTHER], tallies, held: columns(false) });
    expect(outcome).toBe('incomplete');
    expect(failures.map(({ code, channelId }) => [code, channelId])).toEqual([
      ['DAY_MISSING', CHANNEL.id],
      ['DAY_MISSING', OTHER.id],
    ]);
  });

  it('is not while one notice of it is listed: single ones may be withdrawn', () => {
    const { outcome, failures } = accept({ channels: [CHANNEL, OTHER], tallies, held: columns(true) });
    expect([outcome, failures]).toEqual(['complete', []]);
  });

  it('is not once the site says that what is missing is gone', () => {
    const provenGone = new Set(['hh:p', 'other:q']);
    const { outcome } = accept({ channels: [CHANNEL, OTHER], tallies, held: columns(false), provenGone });
    expect(outcome).toBe('complete');
  });
});

describe('a run is rejected', () => {
  it.each<FailureCode>(['LIST_EMPTY', 'LIST_STRUCTURE_CHANGED', 'CHALLENGE', 'BLOCKED', 'TLS_FAILED'])(
    'after %s, and no column of it covers a day',
    (code) => {
      const { outcome, reason, channels } = accept({
        channels: [CHANNEL, OTHER],
        tallies: [tally([], { failed: 1 }), tally([list(1, ['b'])], { channelId: OTHER.id })],
        failures: [failed(code)],
      });
      expect(outcome).toBe('rejected');
      expect(reason).toContain('http://site/x');
      expect(channels.map((c) => [c.outcome, c.covers])).toEqual([
        ['rejected', null],
        ['rejected', null],
      ]);
    },
  );

  it('when not one list page was read', () => {
    const { outcome, reason } = accept({ tallies: [tally([], { failed: 1 })], failures: [failed('TIMED_OUT')] });
    expect(outcome).toBe('rejected');
    expect(reason).toContain('响应超时');
  });

  it('when a column that is never empty is empty over an open window: LIST_EMPTY', () => {
    const { outcome, failures } = accept({ tallies: [tally([list(1, [])])] });
    expect(outcome).toBe('rejected');
    expect(failures.map((failure) => failure.code)).toEqual(['LIST_EMPTY']);
  });
});

describe('a list that comes back empty', () => {
  const bounded = { since: '2026-03-10', until: '2026-03-20' };

  it('over a few days in which nothing was ever seen is simply empty', () => {
    const { outcome } = accept({ window: bounded, tallies: [tally([list(1, [], { siteTotal: 0 })])] });
    expect(outcome).toBe('complete');
  });

  it('over days of which we hold notices is rejected: it must not prove that nothing was published', () => {
    const { outcome, failures, channels } = accept({
      window: bounded,
      tallies: [tally([list(1, [], { siteTotal: 0 })])],
      held: new Map([[CHANNEL.id, { held: [held('2026-03-12')], unlisted: [held('2026-03-12')] }]]),
    });
    expect([outcome, failures[0]?.code, channels[0]?.covers]).toEqual(['rejected', 'LIST_EMPTY', null]);
  });

  it('is believed once the site itself says that the only notice of those days is gone', () => {
    const { outcome } = accept({
      window: bounded,
      tallies: [tally([list(1, [], { siteTotal: 0 })])],
      held: new Map([[CHANNEL.id, { held: [held('2026-03-12')], unlisted: [held('2026-03-12')] }]]),
      provenGone: new Set(['hh:2026-03-12']),
    });
    expect(outcome).toBe('complete');
  });
});
