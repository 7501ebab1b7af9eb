import { describe, expect, it } from 'vitest';

import { epochOf } from '../model/day.ts';
import type { ListRow } from '../model/source.ts';
import { mayBeLeft } from './recheck.ts';

const NOW = epochOf('2026-03-20T09:00');

function left(row: Partial<ListRow>, known: { title?: string; publishDate?: string | null } | null): boolean {
  const full: ListRow = {
    externalId: '1',
    title: '开远市人民医院采购项目成交公告',
    publishDate: '2026-03-01',
    region: null,
    inRegion: true,
    detail: { key: 'd', channelId: 'c', role: 'detail', method: 'GET', url: 'http://site/1', expects: 'html' },
    ...row,
  };
  const stored =
    known === null
      ? undefined
      : { title: '开远市人民医院采购项目成交公告', publishDate: '2026-03-01', lastSeenAt: 0, ...known };
  return mayBeLeft(full, stored, 10, NOW);
}

describe('a detail page is read again', () => {
  it.each<[string, Partial<ListRow>, Parameters<typeof left>[1]]>([
    ['when the notice is not known', {}, null],
    ['on the tenth day after publication', { publishDate: '2026-03-10' }, { publishDate: '2026-03-10' }],
    ['when the list shows another title', { title: '开远市人民医院采购项目成交公告（更正）' }, {}],
    ['when the list shows another date: a backdating would be seen', { publishDate: '2026-02-20' }, {}],
    ['when nobody says how old it is', { publishDate: null }, { publishDate: null }],
    ['when a cut title begins otherwise', { title: '蒙自市人民医院…' }, {}],
  ])('%s', (_name, row, known) => {
    expect(left(row, known)).toBe(false);
  });
});

describe('a detail page is left alone', () => {
  it.each<[string, Partial<ListRow>, Parameters<typeof left>[1]]>([
    ['on the eleventh day, the list unchanged', { publishDate: '2026-03-09' }, { publishDate: '2026-03-09' }],
    ['when the page states a minute and the list a day', {}, { publishDate: '2026-03-01T09:30' }],
    ['when the list cuts the title', { title: '开远市人民医院采购…' }, {}],
    ['when widths and spaces differ', { title: '开远市人民医院 采购项目成交公告' }, {}],
    ['when the list has no date and the page is old', { publishDate: null }, {}],
  ])('%s', (_name, row, known) => {
    expect(left(row, known)).toBe(true);
  });
});
