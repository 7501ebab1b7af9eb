import { epochOf } from '../../../src/model/day.ts';
import type { LocalMoment } from '../../../src/model/day.ts';

/** Seconds that a page's moment had: the world keeps minutes, sites print seconds. Fixed by the id. */
export function secondsOf(id: string): string {
  let sum = 0;
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) % 60;
  return String(sum).padStart(2, '0');
}

/** 2026-03-16T09:30 and an id → 2026-03-16 09:30:07 */
export const spaced = (moment: LocalMoment, id: string): string => `${moment.replace('T', ' ')}:${secondsOf(id)}`;

export const iso = (moment: LocalMoment, id: string): string => `${moment}:${secondsOf(id)}`;

/** 20260316093007 */
export const compact = (moment: LocalMoment, id: string): string => spaced(moment, id).replace(/\D/g, '');

export const epoch = (moment: LocalMoment): number => epochOf(moment);

/** The three forms in which one and the same list gives its times; which one, the id decides. */
export function mixed(moment: LocalMoment, id: string): string | number {
  const turn = Number(secondsOf(id)) % 5;
  if (turn === 3) return compact(moment, id);
  if (turn === 4) return epoch(moment);
  return spaced(moment, id);
}
