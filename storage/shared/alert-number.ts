import { dayOf } from '../../src/model/day.ts';

/** The year that an alert is numbered in: that of Kaiyuan's calendar on the day it was opened (epoch ms). */
export function yearOf(openedAt: number): number {
  return Number(dayOf(openedAt).slice(0, 4));
}

/** `KY-2026-0001` */
export function alertNumber(year: number, n: number): string {
  return `KY-${year}-${String(n).padStart(4, '0')}`;
}
