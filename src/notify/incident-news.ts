import { plainMoment } from '../model/day-words.ts';
import { FAILURES } from '../model/failure.ts';
import type { Incident } from '../model/incident.ts';

/** What is new on one channel. */
export interface IncidentNews {
  opened: readonly Incident[];
  closed: readonly Incident[];
  /** A process ended in the middle of sending some of this: it may have arrived already. */
  mayBeRepeated: boolean;
}

/** How people call a source and its columns. */
export type SourceNames = (sourceId: string, channelId: string | null) => string;

/** Of a site's words in one line no more than this: the page shows all of them. */
const MOST_CHARACTERS = 160;

/**
 * The news as one text of at most `mostBytes`: what is wrong first, since when and what to do, then what is well again.
 * What does not fit is counted in the last line.
 */
export function newsText(
  { opened, closed, mayBeRepeated }: IncidentNews,
  names: SourceNames,
  mostBytes: number,
): string {
  const counts = [
    ...(opened.length > 0 ? [`异常 ${opened.length} 项`] : []),
    ...(closed.length > 0 ? [`恢复 ${closed.length} 项`] : []),
  ];
  const head = `【公示】来源${counts.join('，')}${mayBeRepeated ? '（上次发送中断，可能重复）' : ''}`;
  const items = [
    ...opened.map(
      ({ sourceId, channelId, code, message, advice, openedAt }) =>
        `✗ ${names(sourceId, channelId)}：${titleOf(code)}，自${plainMoment(openedAt)}起。${harmless(message)}\n\u3000怎么办：${advice}`,
    ),
    ...closed.map(
      ({ sourceId, channelId, code, closedAt }) =>
        `✓ ${names(sourceId, channelId)}：${titleOf(code)}，${plainMoment(closedAt!)}已恢复。`,
    ),
  ];
  return fitting(head, items, mostBytes);
}

function fitting(head: string, items: string[], mostBytes: number): string {
  const all = [head, ...items].join('\n');
  if (Buffer.byteLength(all) <= mostBytes) return all;
  for (let shown = items.length - 1; shown >= 0; shown -= 1) {
    const text = [head, ...items.slice(0, shown), `另有 ${items.length - shown} 项，请看“来源”页面。`].join('\n');
    if (Buffer.byteLength(text) <= mostBytes || shown === 0) return text;
  }
  return head;
}

function titleOf(code: string): string {
  return code in FAILURES ? `${FAILURES[code as keyof typeof FAILURES].title}（${code}）` : code;
}

/**
 * What a site printed, in which no robot finds a mention (企业微信 reads `<@userid>` in texts, 飞书 `<at …>`), or an
 * address to make into a link.
 */
function harmless(text: string): string {
  const plain = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replaceAll('@', '＠')
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replaceAll('://', '：//');
  const characters = [...plain];
  return characters.length <= MOST_CHARACTERS ? plain : `${characters.slice(0, MOST_CHARACTERS).join('')}……`;
}
