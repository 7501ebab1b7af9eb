import { GongshiError } from '../model/errors.ts';
import { FAILURES, SiteFailure } from '../model/failure.ts';
import type { FailureCode, Remedy } from '../model/failure.ts';
import type { FailureRecord } from '../model/run.ts';
import type { SourceRequest } from '../model/source.ts';

/** Our own parser failed on a page: a defect, reported with the archived reply, while the run goes on. */
export class ParserBroken extends GongshiError {
  readonly remedy: Remedy = 'leave';

  constructor(what: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super('PARSER_BROKEN', `解析程序出错：${what}（${reason}）`, {
      advice: '请把报告中的归档编号交给维护人员。',
      cause,
    });
  }
}

/** What may go wrong with one request; the remedy says what follows. */
export type CrawlFailure = SiteFailure | ParserBroken;

export function isCrawlFailure(error: unknown): error is CrawlFailure {
  return error instanceof SiteFailure || error instanceof ParserBroken;
}

/** Turns what a source's own code throws into a failure of that page; a `SiteFailure` stays what it is. */
export function guarded<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw isCrawlFailure(error) ? error : new ParserBroken(what, error);
  }
}

export function recordOf(
  failure: CrawlFailure,
  at: number,
  request: Pick<SourceRequest, 'url' | 'channelId'> | null,
  archiveId: string | null,
): FailureRecord {
  return {
    code: failure.code,
    message: failure.message,
    advice: failure.advice,
    url: request?.url ?? null,
    channelId: request?.channelId ?? null,
    at,
    archiveId,
    ...(typeof failure.facts['sample'] === 'string' && { sample: failure.facts['sample'] }),
  };
}

/** What a recorded failure meant for the run; a code of our own (PARSER_BROKEN) costs one page. */
export function remedyOf(record: FailureRecord): Remedy {
  return record.code in FAILURES ? FAILURES[record.code as FailureCode].remedy : 'leave';
}
