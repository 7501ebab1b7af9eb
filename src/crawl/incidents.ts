import type { Incident, IncidentSample, ReadingFacts } from '../model/incident.ts';
import { causeOf } from '../model/incident.ts';
import { FAILURES } from '../model/failure.ts';
import type { FailureCode } from '../model/failure.ts';
import type { FailureRecord, Run } from '../model/run.ts';

/** What a run met of one cause. */
export interface Sighting {
  channelId: string | null;
  code: string;
  message: string;
  advice: string;
  samples: IncidentSample[];
}

/** Enough to see what is meant; the report of the run has the rest. */
const MOST_SAMPLES = 5;

/** Causes that only a page can show: a run that read none of a column's pages cannot say that they are gone. */
const SHOWN_BY_PAGES: ReadonlySet<string> = new Set<FailureCode>([
  'UNKNOWN_LABEL',
  'UNKNOWN_SECTION',
  'FIELD_COVERAGE_LOW',
  'FIELDS_LOST',
  'FIELD_MISSING',
]);

/** One sighting a column and code: the run's failures, and what its pages held that nobody registered. */
export function sightingsOf(
  failures: readonly FailureRecord[],
  readings: readonly ReadingFacts[],
  acceptedWords: readonly string[],
  at: number,
): Sighting[] {
  const failed = [...Map.groupBy(failures, ({ channelId, code }) => `${channelId ?? ''}|${code}`).values()].map(
    (same): Sighting => {
      const [first] = same;
      const more = same.length > 1 ? `（本次共 ${same.length} 处）` : '';
      const { channelId, code, message, advice } = first!;
      return { channelId, code, message: message + more, advice, samples: distinct(same.map(sampleOfFailure)) };
    },
  );
  const odd = readings.flatMap(({ channelId, oddities, url, archiveId, title }) =>
    oddities
      .filter(({ words }) => !acceptedWords.includes(words))
      .map(({ code, words }) => ({ channelId, code, title, sample: { words, url, archiveId, at } })),
  );
  const news = [...Map.groupBy(odd, ({ channelId, code }) => `${channelId}|${code}`).values()].map((same): Sighting => {
    const { channelId, code, title } = same[0]!;
    const samples = distinct(same.map(({ sample }) => sample));
    const words = samples.map((sample) => `“${sample.words}”`).join('、');
    const message = `${FAILURES[code].title}：${words}，见于《${title}》${same.length > 1 ? `等 ${same.length} 处` : ''}`;
    return { channelId, code, message, advice: FAILURES[code].advice, samples };
  });
  return [...failed, ...news];
}

/**
 * How the incidents of a source stand after a run: those met are opened or continued, those that a good run no longer
 * met are closed. Pure; a repetition with the same run gives the same.
 * @param open the source's open incidents
 * @param run as it will be finished
 * @param lasting codes that a run which does not meet them says nothing about
 * @returns the incidents that changed
 */
export function settleIncidents(
  open: readonly Incident[],
  sightings: readonly Sighting[],
  run: Pick<Run, 'id' | 'sourceId' | 'outcome' | 'channels'>,
  now: number,
  lasting: ReadonlySet<string> = new Set(),
): Incident[] {
  const known = new Map(open.map((incident) => [causeOf(incident), incident]));
  const met = sightings.map((sighting): Incident => {
    const cause = causeOf({ sourceId: run.sourceId, ...sighting });
    const before = known.get(cause);
    known.delete(cause);
    if (before === undefined) return opened(sighting, run, now, cause);
    const { message, advice, samples } = sighting;
    return {
      ...before,
      message,
      advice,
      lastSeenAt: now,
      lastRunId: run.id,
      runs: before.runs + (before.lastRunId === run.id ? 0 : 1),
      samples: distinct([...before.samples, ...samples]),
    };
  });
  const gone = [...known.values()].filter((incident) => !lasting.has(incident.code) && isDisproved(incident, run));
  return [
    ...met,
    ...gone.map((incident): Incident => ({ ...incident, state: 'closed', closedAt: now, closedBy: run.id })),
  ];
}

function opened(
  { channelId, code, message, advice, samples }: Sighting,
  run: Pick<Run, 'id' | 'sourceId'>,
  now: number,
  cause: string,
): Incident {
  return {
    id: `${cause}|${run.id}`,
    sourceId: run.sourceId,
    channelId,
    code,
    state: 'open',
    message,
    advice,
    openedAt: now,
    lastSeenAt: now,
    closedAt: null,
    openedBy: run.id,
    lastRunId: run.id,
    closedBy: null,
    runs: 1,
    samples,
  };
}

/** A good run of the column, or of the whole source, in which the cause would have shown. */
function isDisproved(incident: Incident, run: Pick<Run, 'outcome' | 'channels'>): boolean {
  if (incident.channelId === null) return run.outcome === 'complete';
  const channel = run.channels.find(({ channelId }) => channelId === incident.channelId);
  if (channel === undefined) return run.outcome === 'complete';
  return channel.outcome === 'complete' && (channel.fetched > 0 || !SHOWN_BY_PAGES.has(incident.code));
}

function sampleOfFailure({ message, sample, url, archiveId, at }: FailureRecord): IncidentSample {
  return { words: sample ?? message, url, archiveId, at };
}

/** The first of each words, so many at most. */
function distinct(samples: IncidentSample[]): IncidentSample[] {
  const firsts = new Map<string, IncidentSample>();
  for (const sample of samples) if (!firsts.has(sample.words)) firsts.set(sample.words, sample);
  return [...firsts.values()].slice(0, MOST_SAMPLES);
}
