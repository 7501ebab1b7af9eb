import { SiteFailure } from '../../src/model/failure.ts';
import type { FailureCode } from '../../src/model/failure.ts';
import type { FetchedPage } from '../../src/model/source.ts';

/** Enough of a body to recognise it in a report, little enough to be printed in one. */
const SAMPLE_CHARACTERS = 200;

/** A sample for a failure's facts: one line, cut. */
function sampleOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.replace(/\s+/g, ' ').slice(0, SAMPLE_CHARACTERS);
}

/** A `SiteFailure` about this page; `sample` is what was met in place of what was expected. */
export function failure(
  code: FailureCode,
  page: FetchedPage,
  what: string,
  sample: unknown,
  facts: Record<string, unknown> = {},
): SiteFailure {
  return new SiteFailure(code, `${what}（${page.request.url}）`, {
    url: page.request.url,
    channelId: page.request.channelId,
    ...facts,
    sample: sampleOf(sample),
  });
}
