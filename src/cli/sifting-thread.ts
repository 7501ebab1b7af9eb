import { parentPort, workerData } from 'node:worker_threads';

import { SheetReader } from '../../storage/sqlite/sheet-reader.ts';
import type { SheetRange } from '../../storage/sqlite/sheet-reader.ts';
import type { JudgedBy } from '../cases/judge-round.ts';
import { addTally, emptyTally } from '../cases/judged-tally.ts';
import { groundOf } from '../cases/said.ts';
import { sift } from '../cases/sift.ts';
import type { Sieve, Sifted } from '../cases/sift.ts';
import { Calendar } from '../compliance/calendar.ts';
import { RestartProgram } from '../model/errors.ts';
import { wordOf } from './thread-failure.ts';
import type { FailureWord } from './thread-failure.ts';

/** What a thread is given: the sieve, with the calendar as its files read, and the file to read. */
export interface SiftingTask {
  database: string;
  calendar: { national: unknown; local: unknown };
  by: Omit<JudgedBy, 'calendar'>;
  ground: string;
  concerned: ReadonlySet<string>;
}

/** What it answers to each range, in their order. */
export type SiftingAnswer = { sifted: Sifted } | { failure: FailureWord };

const { database, calendar, ground, concerned, by } = workerData as SiftingTask;

let at: { sieve: Sieve; reader: SheetReader } | null = null;

/** At the first range: what goes wrong is then told like anything else. */
function begin(): { sieve: Sieve; reader: SheetReader } {
  const sieve: Sieve = {
    by: { ...by, calendar: Calendar.load(calendar.national, calendar.local) },
    ground,
    concerned,
  };
  if (groundOf(sieve.by) !== ground) throw new RestartProgram();
  return { sieve, reader: new SheetReader(database) };
}

function siftRange(range: SheetRange): Sifted {
  const { sieve, reader } = (at ??= begin());
  const whole: Sifted = { judged: 0, suspects: [], again: [], tally: emptyTally() };
  for (const rows of reader.rows(range)) {
    const { judged, suspects, again, tally } = sift(rows, sieve);
    whole.judged += judged;
    whole.suspects.push(...suspects);
    whole.again.push(...again);
    addTally(whole.tally, tally);
  }
  return whole;
}

parentPort?.on('message', (range: SheetRange) => {
  let answer: SiftingAnswer;
  try {
    answer = { sifted: siftRange(range) };
  } catch (error) {
    answer = { failure: wordOf(error) };
  }
  parentPort?.postMessage(answer);
});
