import { describe, expect, it } from 'vitest';

import { findDates, mendDates, readDate, readPeriod } from './dates.ts';

describe('dates of notices', () => {
  it.each([
    ['2026年07月12日 09点30分（北京时间）', '2026-07-12T09:30'],
    ['2026年3月9日', '2026-03-09'],
    ['2026/12/16', '2026-12-16'],
    ['2026.3.9', '2026-03-09'],
    ['2026-03-16T09:30:00', '2026-03-16T09:30'],
    ['2026-03-16 09:30:21', '2026-03-16T09:30'],
    ['20260313 - 09:30:00', '2026-03-13T09:30'],
    ['20260414090000', '2026-04-14T09:00'],
    ['20260414', '2026-04-14'],
    ['Mar 16, 2026', '2026-03-16'],
    ['Mar 16, 2026 2:30 PM', '2026-03-16T14:30'],
    ['二〇二六年三月十六日', '2026-03-16'],
    ['2026年3月27日下午2：30', '2026-03-27T14:30'],
    ['2026-03-2709点30分', '2026-03-27T09:30'],
    ['２０２６年３月９日', '2026-03-09'],
    ['二〇二六年三月十七日下午三时', '2026-03-17T15:00'],
    ['2026年3月17日上午九时三十分', '2026-03-17T09:30'],
    ['2026年3月17日下午2时半', '2026-03-17T14:30'],
  ])('reads %s', (printed, value) => {
    expect(readDate(printed)).toBe(value);
  });

  it('moves a time with a zone to Shanghai, and reads epoch milliseconds', () => {
    expect(readDate('2026-03-16T01:30:00Z')).toBe('2026-03-16T09:30');
    expect(readDate('2026-03-16T20:00:00+00:00')).toBe('2026-03-17T04:00');
    expect(readDate(String(Date.UTC(2026, 2, 16, 1, 30)))).toBe('2026-03-16T09:30');
  });

  it('takes 24时 for the last minute of the day', () => {
    expect(readDate('2026年3月18日24时')).toBe('2026-03-18T23:59');
  });

  it('passes over days that do not exist, codes and long numbers', () => {
    expect(findDates('2026年2月30日')).toEqual([]);
    expect(findDates('项目代码2404-532502-04-01-123456')).toEqual([]);
    expect(findDates('50023120260211001030101')).toEqual([]);
  });

  it('mends a date that spans tore over lines and leaves the next line alone', () => {
    expect(mendDates('202\n6\n年\n3\n月\n20\n日10\n：0\n0\n（北京时间）')).toBe('2026年3月20日10：00\n（北京时间）');
    expect(mendDates('2026年0 4 月20日09 时00分')).toBe('2026年04月20日09时00分');
    expect(mendDates('2026年07月20日 22:31\n评审专家')).toBe('2026年07月20日22:31\n评审专家');
  });
});

describe('publicity periods', () => {
  it.each([
    ['2026年03月16日至2026年03月18日', { from: '2026-03-16', to: '2026-03-18' }],
    ['自2026年3月30日起至4月2日止', { from: '2026-03-30', to: '2026-04-02' }],
    ['2026年3月16日至18日', { from: '2026-03-16', to: '2026-03-18' }],
    ['2026年3月16日9时00分至2026年3月19日17时00分', { from: '2026-03-16T09:00', to: '2026-03-19T17:00' }],
    ['2026-03-16 00:00 - 2026-03-19 23:59', { from: '2026-03-16T00:00', to: '2026-03-19T23:59' }],
    ['3个工作日', { from: null, to: null, workdays: 3, days: null }],
    ['三日', { days: 3, workdays: null }],
    ['自公示之日起3日', { from: null, days: 3 }],
    ['公示3日（2026-03-16至2026-03-18）', { from: '2026-03-16', to: '2026-03-18', days: 3 }],
    ['截止2026年3月18日', { from: null, to: '2026-03-18' }],
  ])('reads %s', (words, period) => {
    expect(readPeriod(words)).toMatchObject({ ...period, words });
  });

  it('reads a single date as the end where the label says 截止', () => {
    expect(readPeriod('2026年03月30日', true)).toMatchObject({ from: null, to: '2026-03-30' });
    expect(readPeriod('2026年03月30日')).toMatchObject({ from: '2026-03-30', to: null });
  });

  it('reads no period where the end precedes the beginning, or nothing is said', () => {
    expect(readPeriod('2026年03月18日至2026年03月16日')).toBeNull();
    expect(readPeriod('详见附件')).toBeNull();
  });
});
