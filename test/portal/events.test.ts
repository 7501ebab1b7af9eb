import { describe, expect, it } from 'vitest';

import type { LocalDay } from '../../src/model/day.ts';
import { isKnowable } from './events.ts';
import type { EventKind, PageEvent } from './events.ts';
import type { Page, SiteId } from './model.ts';

const page = { site: 'ky_gov', at: '2026-03-02T10:00' } as Page;
const event = (kind: EventKind, from: LocalDay, to: LocalDay | null = null): PageEvent => ({
  kind,
  page,
  from,
  to,
  becomes: null,
});
const knows = (one: PageEvent, ...ill: LocalDay[]): boolean =>
  isKnowable(one, '2026-03-20', (site: SiteId, day: LocalDay) => site !== 'ky_gov' || !ill.includes(day));

describe('what happens to a page can be known by a daily look', () => {
  it('if it was seen before it was edited, and not if its site was unwell until then', () => {
    expect(knows(event('silent-edit', '2026-03-04'), '2026-03-02')).toBe(true);
    expect(knows(event('silent-edit', '2026-03-04'), '2026-03-02', '2026-03-03')).toBe(false);
  });

  it('if two evenings show that it is gone, and one that it is back', () => {
    const gone = event('gone-and-back', '2026-03-05', '2026-03-08');
    expect(knows(gone, '2026-03-05')).toBe(true);
    expect(knows(gone, '2026-03-05', '2026-03-06')).toBe(false);
  });

  it('if an evening between the date it bears and the day it was put up shows that it was not there', () => {
    const late = event('backdated', '2026-03-04');
    expect(knows(late, '2026-03-03')).toBe(true);
    expect(knows(late, '2026-03-02', '2026-03-03')).toBe(false);
  });

  it('from its first evening, or from the next if it was put up later than that', () => {
    const edit = { ...event('silent-edit', '2026-03-03'), page: { ...page, at: '2026-03-02T21:00' } };
    expect(knows(edit)).toBe(false);
    expect(knows(event('silent-edit', '2026-03-03'))).toBe(true);
  });
});
