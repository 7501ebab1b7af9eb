import type { FailureCode } from './failure.ts';
import type { FieldName } from './notice.ts';

/** What showed a cause: the words as they stand in the page, and the reply that is kept of it. */
export interface IncidentSample {
  words: string;
  url: string | null;
  /** Archive record of the reply; null where none came. */
  archiveId: string | null;
  /** Epoch ms. */
  at: number;
}

/**
 * Something is wrong with a source, or new on it, and somebody has to look. One incident a cause (source, channel,
 * code) is open at a time, however many runs and pages show it; a good run closes it.
 */
export interface Incident {
  /** `source|channel|code|run that opened it` */
  id: string;
  sourceId: string;
  /** Null: the source as a whole. */
  channelId: string | null;
  /** A site failure, or a code of our own such as PARSER_BROKEN. */
  code: FailureCode | (string & {});
  state: 'open' | 'closed';
  /** As the last run that met it said. */
  message: string;
  advice: string;
  /** Epoch ms of the ends of runs: the first and the last that met it, and the one that closed it. */
  openedAt: number;
  lastSeenAt: number;
  closedAt: number | null;
  openedBy: string;
  lastRunId: string;
  closedBy: string | null;
  /** Runs that met it. */
  runs: number;
  /** A few, distinct in their words, oldest first. */
  samples: IncidentSample[];
}

/** What makes two sightings the same incident. */
export type IncidentCause = Pick<Incident, 'sourceId' | 'channelId' | 'code'>;

export function causeOf({ sourceId, channelId, code }: IncidentCause): string {
  return [sourceId, channelId ?? '', code].join('|');
}

/** Something on a page that the parsers do not know: it was read all the same, and somebody has to look. */
export interface Oddity {
  code: FailureCode;
  /** As the page prints it. */
  words: string;
}

/** What one page told about how well its source can still be read; kept until the run is closed. */
export interface ReadingFacts {
  channelId: string;
  title: string;
  kind: string;
  /** Of the fields that a source may assert, those that were read. */
  fields: FieldName[];
  oddities: Oddity[];
  url: string;
  archiveId: string;
}
