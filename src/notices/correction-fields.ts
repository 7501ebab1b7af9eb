import type { NoticeFields } from '../model/notice.ts';
import { readCodes } from './codes.ts';
import { correctionWords, materialityOf, skipReasonIn } from './corrections.ts';
import { readDay } from './dates.ts';
import { found } from './found.ts';
import type { Readings } from './found.ts';
import type { Source } from './source.ts';
import { oneLine } from './text.ts';

/** What a notice says of earlier ones: what it corrects, what it touches, why the first candidate was passed over. */
export function readCorrection(source: Source, readings: Readings): void {
  const { kind, pairs, cells, grids, text } = source;
  const first = pairs.find(({ label }) => label === 'firstNotice') ?? pairs.find(({ label }) => label === 'tenderDate');
  const original = pairs.find(({ label, value }) => label === 'originalTitle' && value.length >= 6);
  const code = pairs.find(({ label, words }) => label === 'projectCode' && /^原/.test(words.replace(/\s/g, '')));
  const refersTo: NonNullable<NoticeFields['refersTo']> = {
    date: first === undefined ? null : readDay(first.value),
    title: original === undefined ? null : oneLine(original.value),
    code: code === undefined ? null : (readCodes(code.value)[0] ?? null),
  };
  if (refersTo.date !== null || refersTo.title !== null || refersTo.code !== null) {
    const words = [first, original, code]
      .flatMap((pair) => (pair === undefined ? [] : [`${pair.words}：${pair.value}`]))
      .join('；');
    readings.take('refersTo', [found(refersTo, words, 'label', 0.9)]);
  }
  if (kind === 'correction') {
    const words = correctionWords(grids, pairs, cells);
    const material = materialityOf(words);
    readings.fields.material = material;
    readings.origins.material = {
      words: words.slice(0, 200),
      rule: 'correction-words',
      confidence: material === null ? 0.5 : 0.8,
    };
  }
  if (kind === 'result' || kind === 'candidate' || kind === 'award_letter' || kind === 'failed') {
    const reason = skipReasonIn(text);
    if (reason !== null) readings.take('skipReason', [found(reason, reason, 'sentence', 0.8)]);
  }
}
