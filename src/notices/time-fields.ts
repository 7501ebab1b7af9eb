import type { NoticeKind } from '../model/notice.ts';
import { correctedOpening, correctionWords } from './corrections.ts';
import { readDate } from './dates.ts';
import { found } from './found.ts';
import type { Readings } from './found.ts';
import type { Source } from './source.ts';
import { datesOf, openingOf, publicityOf, publishDates } from './times.ts';

/** A later notice may quote the publicity of candidates; that period is not its own. */
const QUOTING = new Set<NoticeKind>(['result', 'contract', 'award_letter', 'acceptance', 'tender', 'plan', 'opening']);
const LONGEST_LETTER = 20_000;
const OPENS = new Set<NoticeKind>(['tender', 'preview', 'prequalification']);

/** Dates and periods. */
export function readWhen(source: Source, readings: Readings): void {
  const { input, pairs, cells, grids, kind } = source;
  const { fields } = readings;
  const own = publishDates(pairs, cells);
  // Midnight is how sites write a day without an hour.
  const given = input.publishDate == null ? null : (readDate(input.publishDate)?.replace(/T00:00$/, '') ?? null);
  readings.take(
    'publishDate',
    [given === null ? null : found(given, input.publishDate ?? '', 'source', 0.98), ...own],
    sameDay,
  );

  const published = fields.publishDate?.slice(0, 10) ?? null;
  const periods = publicityOf(pairs, cells, QUOTING.has(kind)).filter(
    ({ value }) =>
      !QUOTING.has(kind) || published === null || (value.from ?? value.to ?? published).slice(0, 10) >= published,
  );
  readings.take('publicity', periods, (a, b) => a.from === b.from && a.to === b.to);

  // A letter that corrects without a heading is read from its beginning.
  const moved =
    kind === 'correction'
      ? correctedOpening(grids, correctionWords(grids, pairs, cells) || source.text.slice(0, LONGEST_LETTER))
      : null;
  readings.take(
    'openingDate',
    [
      moved === null ? null : found(moved, '', 'correction', 0.9),
      ...(kind === 'plan' || kind === 'contract' ? [] : openingOf(pairs, cells, OPENS.has(kind))),
    ],
    (a, b) => a.startsWith(b) || b.startsWith(a),
  );

  const days = (label: 'determined' | 'letterDate' | 'signed'): ReturnType<typeof datesOf> =>
    datesOf(pairs, label, 0.9).map((one) => ({ ...one, value: one.value.slice(0, 10) }));
  readings.take('determinedDate', days('determined'));
  readings.take('awardLetterDate', days('letterDate'));
  readings.take('contractDate', days('signed'));
  if (kind === 'award_letter' && fields.awardLetterDate === null) {
    // A letter is dated at its foot.
    const foot = cells
      .slice(-6)
      .flatMap(({ text }) => (text.length <= 24 ? [readDate(text)] : []))
      .find((date) => date !== null);
    if (foot != null) readings.take('awardLetterDate', [found(foot.slice(0, 10), foot, 'foot', 0.75)]);
  }
}

const sameDay = (a: string, b: string): boolean => a.slice(0, 10) === b.slice(0, 10);
