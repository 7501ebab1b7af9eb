import { describe, expect, it } from 'vitest';

import type { ColumnNotice } from '../../storage/store.ts';
import type { Channel } from '../model/source.ts';
import { lackIn } from './held.ts';

const COLUMN: Channel = { id: 'zfcg', name: '政府采购', track: 'procurement', kind: null, mayBeEmpty: null };
const TODAY = '2026-03-20';

function notice(id: string, publishDate: string): ColumnNotice {
  return { id, externalId: id, title: `公告${id}`, publishDate, lastSeenAt: 1, archiveId: 'r1' };
}
/** Two notices a day from the tenth to the nineteenth. */
const held = Array.from({ length: 20 }, (_, i) => notice(String(i), `2026-03-${10 + Math.floor(i / 2)}`));
const lack = (unlisted: ColumnNotice[], proven: string[] = []) =>
  lackIn(COLUMN, { held, unlisted }, new Set(proven), TODAY)?.code ?? null;

describe('a list held against what its column showed before', () => {
  it('lacks nothing when everything is listed', () => {
    expect(lack([])).toBeNull();
  });

  it('may lack a single notice: it can have been withdrawn', () => {
    expect(lack([held[4]!])).toBeNull();
  });

  it('lacks a day when all notices of that day are gone', () => {
    expect(lack([held[4]!, held[5]!])).toBe('DAY_MISSING');
  });

  it('lacks no day of which the site itself says that its notices are gone', () => {
    expect(lack([held[4]!, held[5]!], ['4', '5'])).toBeNull();
  });

  it('is too short when a third of it is gone', () => {
    expect(lack([held[0]!, held[2]!, held[4]!, held[6]!, held[8]!, held[10]!, held[12]!])).toBe('BELOW_MINIMUM');
    expect(lack([held[0]!, held[2]!, held[4]!, held[6]!])).toBeNull();
  });

  it('is too short when nothing of it is left', () => {
    expect(lack(held)).toBe('BELOW_MINIMUM');
  });

  it('says nothing about today, which is not over', () => {
    const today = [notice('a', `${TODAY}T09:00`), notice('b', TODAY)];
    expect(lackIn(COLUMN, { held: [...held, ...today], unlisted: today }, new Set(), TODAY)).toBeNull();
  });
});
