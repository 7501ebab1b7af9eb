import { plainMoment } from '../model/day-words.ts';
import { isKept } from './pace-check.ts';
import type { PaceCheck } from './pace-check.ts';

/** Requests named one by one. */
const MOST_NAMED = 5;

/** What was checked in a host's log and what came of it, line by line. */
export function paceWords(check: PaceCheck): string[] {
  const { requests, first, last, limitMs, shortestMs, busiest, quiet, tooSoon } = check;
  if (first === null || last === null || busiest === null) return ['没有访问记录，无从核对'];
  const shortest = shortestMs === null ? '' : `，相邻两次最短间隔 ${seconds(shortestMs)}`;
  return [
    limitMs === 0 ? '限值：未设间隔' : `限值：两次访问至少间隔 ${seconds(limitMs)}`,
    `访问：${moment(first)} 至 ${moment(last)} 共 ${requests} 次${shortest}`,
    `最忙的一分钟：${moment(busiest.from)} 起 ${busiest.requests} 次${limitMs === 0 ? '' : `，限 ${busiest.allowed} 次`}`,
    quiet.hours.length === 0
      ? '免打扰时段：未设'
      : `免打扰时段（${quiet.hours.join('、')}）：${quiet.requests} 次访问中 ${quiet.broken.length} 次在时段内`,
    ...tooSoon.slice(0, MOST_NAMED).map(({ at, gapMs, limitMs: limit, betweenProcesses }) => {
      const why = betweenProcesses ? '（先后由两个进程发出，两机时钟可能不一致，请核对）' : '';
      return `过快：${moment(at)} 距上一次 ${seconds(gapMs)}，应至少 ${seconds(limit)}${why}`;
    }),
    ...more(tooSoon.length),
    ...quiet.broken.slice(0, MOST_NAMED).map((at) => `免打扰时段内：${moment(at)}`),
    ...more(quiet.broken.length),
    conclusion(check),
  ];
}

function conclusion(check: PaceCheck): string {
  if (isKept(check)) {
    const quiet = check.quiet.hours.length === 0 ? '' : '，免打扰时段内没有访问';
    return check.limitMs === 0 ? `结论：未设间隔${quiet}` : `结论：任何时段都没有超过限值${quiet}`;
  }
  const { tooSoon, quiet } = check;
  const parts = [
    ...(tooSoon.length > 0 ? [`过快 ${tooSoon.length} 次`] : []),
    ...(quiet.broken.length > 0 ? [`免打扰时段内访问 ${quiet.broken.length} 次`] : []),
  ];
  return `结论：不符，${parts.join('，')}`;
}

function more(found: number): string[] {
  return found > MOST_NAMED ? [`……另有 ${found - MOST_NAMED} 次`] : [];
}

function moment(at: number): string {
  const whole = Math.floor(at);
  return `${plainMoment(whole)}:${String(Math.floor(whole / 1000) % 60).padStart(2, '0')}`;
}

/** Cut, never rounded up: what is a little short of a limit must not look like it. */
function seconds(ms: number): string {
  return `${Math.floor(ms) / 1000} 秒`;
}
