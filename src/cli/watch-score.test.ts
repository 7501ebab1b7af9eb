import { describe, expect, it } from 'vitest';

import type { PlantedTrouble } from '../../test/portal/truth.ts';
import { scoreWatch } from './watch-score.ts';
import type { Watched } from './watch-score.ts';

const down: PlantedTrouble = {
  class: 'down',
  site: 'ky_gov',
  from: '2026-03-10',
  to: '2026-03-12',
  says: ['CONNECTION_REFUSED'],
  shown: true,
};
const visit = (day: string, codes: string[], complete = false): Watched['visits'][number] => ({
  sourceId: 'ky_gov',
  day,
  complete,
  codes,
});
const score = (visits: Watched['visits'], troubles = [down]) =>
  scoreWatch({ troubles, events: [] }, { visits, events: new Map() });

describe('a site’s trouble', () => {
  it('is named when a run of its days carries its code; the days until then are counted', () => {
    const { troubles, classes } = score([
      visit('2026-03-10', ['TIMED_OUT']),
      visit('2026-03-11', ['CONNECTION_REFUSED']),
    ]);
    expect(troubles).toMatchObject({ planted: 1, named: 1, false: 0, share: 1 });
    expect(classes['down']?.medianDays).toBe(1);
  });

  it('is not named by another code, nor on another day', () => {
    expect(score([visit('2026-03-10', ['TIMED_OUT'])]).troubles.named).toBe(0);
    expect(score([visit('2026-03-13', ['CONNECTION_REFUSED'])]).troubles).toMatchObject({ named: 0, false: 1 });
  });

  it('is nothing to be named while no answer showed it', () => {
    const short = { ...down, class: 'pagination-short', says: ['PAGINATION_SHORT'], shown: false };
    expect(score([visit('2026-03-10', [], true)], [short]).troubles).toMatchObject({ planted: 0, named: 0, share: 1 });
    expect(score([visit('2026-03-10', ['PAGINATION_SHORT'])], [short]).troubles.false).toBe(0);
  });

  it('that there is none of is invented where a well column is called silent', () => {
    expect(score([visit('2026-03-20', ['SILENT_TOO_LONG'], true)]).troubles.false).toBe(1);
  });

  it('that is none counts as understood only while nothing is said of it', () => {
    const odd = { ...down, class: 'no-charset', says: [] };
    expect(score([visit('2026-03-10', [], true)], [odd]).troubles.named).toBe(1);
    expect(score([visit('2026-03-10', ['CHARSET_BROKEN'])], [odd]).troubles.named).toBe(0);
  });
});

describe('what happened to a page', () => {
  const events = [
    { class: 'gone-and-back', notice: 'a:1', copies: ['a:1'], from: '2026-03-10', knowable: true },
    { class: 'sites-disagree', notice: 'a:2', copies: ['a:2', 'b:2'], from: '2026-03-10', knowable: true },
  ];
  const found = (entries: Record<string, [string, string][]>) =>
    scoreWatch(
      { troubles: [], events },
      { visits: [], events: new Map(Object.entries(entries).map(([name, list]) => [name, new Map(list)])) },
    );

  it('counts once found, and its copies are no mistake', () => {
    const { events: of } = found({
      'sites-disagree': [
        ['a:2', '2026-03-11'],
        ['b:2', '2026-03-11'],
      ],
      'gone-and-back': [['a:1', '2026-03-12']],
    });
    expect(of).toEqual({ planted: 2, detected: 2, false: 0 });
  });

  it('is nothing to be found where its site could not be read, and no mistake if it is found', () => {
    const unreadable = { class: 'withdrawn', notice: 'a:3', copies: ['a:3'], from: '2026-03-10', knowable: false };
    const said = new Map([['withdrawn', new Map([['a:3', '2026-03-12']])]]);
    expect(scoreWatch({ troubles: [], events: [unreadable] }, { visits: [], events: new Map() }).events).toEqual({
      planted: 0,
      detected: 0,
      false: 0,
    });
    expect(scoreWatch({ troubles: [], events: [unreadable] }, { visits: [], events: said }).events.false).toBe(0);
  });

  it('makes copies differ where one of them is edited', () => {
    const edit = { class: 'silent-edit', notice: 'a:4', copies: ['a:4', 'b:4'], from: '2026-03-10', knowable: true };
    const said = new Map([['sites-disagree', new Map([['b:4', '2026-03-12']])]]);
    expect(scoreWatch({ troubles: [], events: [edit] }, { visits: [], events: said }).events.false).toBe(0);
  });

  it('is rightly called withdrawn until it is back; another page is a mistake', () => {
    expect(found({ withdrawn: [['a:1', '2026-03-11']] }).events.false).toBe(0);
    expect(found({ withdrawn: [['a:9', '2026-03-11']] }).events.false).toBe(1);
  });
});
