import { describe, expect, it } from 'vitest';

import { FixConfiguration } from '../model/errors.ts';
import { readLocal, readNational } from './calendar-data.ts';
import { rawLocal, rawNational } from './test-facts.ts';

const year = (y: number, more: object = {}): object => ({
  year: y,
  published: `${y - 1}-12-01`,
  address: '',
  amends: false,
  holidays: [],
  worked: [],
  ...more,
});

function keyOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof FixConfiguration) return error.facts.key;
    throw error;
  }
  return 'accepted';
}

describe('config/calendar.json', () => {
  it('is accepted as shipped', () => {
    expect(readNational(rawNational).notices).toHaveLength(13);
  });

  it.each([
    ['a day that does not exist', { notices: [year(2024, { worked: ['2024-02-30'] })] }, 'notices.0.worked.0'],
    [
      'a holiday that ends before it begins',
      { notices: [year(2024, { holidays: [{ name: '元旦', from: '2024-01-02', to: '2024-01-01' }] })] },
      'notices.0.holidays.0',
    ],
    ['a year left out', { notices: [year(2022), year(2024)] }, 'notices.1.year'],
    ['an amendment without its notice', { notices: [year(2024, { amends: true })] }, 'notices.0.amends'],
    ['notices out of order', { notices: [year(2024), year(2025, { published: '2023-01-01' })] }, 'notices.1.published'],
    ['an unknown key', { notices: [year(2024, { hoidays: [] })] }, 'notices.0.hoidays'],
    ['nothing', null, '（整个文件）'],
  ])('refuses %s and names the key', (_what, data, key) => {
    expect(keyOf(() => readNational(data))).toBe(key);
  });
});

describe('config/calendar-local.yaml', () => {
  it('is accepted as shipped, each year known or unknown', () => {
    const years = readLocal(rawLocal).years;
    expect(Object.keys(years)).toHaveLength(11);
    expect(Object.entries(years).flatMap(([y, entry]) => (entry.known ? [y] : []))).toEqual(['2023', '2024']);
  });

  it('refuses a day under another year', () => {
    const data = {
      name: '红河州',
      regionPrefix: '5325',
      years: { 2025: { known: true, source: '文号', days: [{ day: '2024-11-18', name: '州庆' }] } },
    };
    expect(keyOf(() => readLocal(data))).toBe('years.2025.days.0.day');
  });

  it('refuses days without saying where they were announced', () => {
    const data = { name: '红河州', regionPrefix: '5325', years: { 2025: { known: true, days: [] } } };
    expect(keyOf(() => readLocal(data))).toBe('years.2025.source');
  });
});
