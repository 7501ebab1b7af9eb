import { SiteFailure } from '../model/failure.ts';
import type { ReadingFacts } from '../model/incident.ts';
import type { FailureRecord } from '../model/run.ts';
import type { Channel, FieldAssertion } from '../model/source.ts';
import { recordOf } from './crawl-failure.ts';

const NAMES: Record<FieldAssertion['field'], string> = {
  projectCode: '项目编号',
  purchaser: '采购人（招标人）',
  publishDate: '发布日期',
  amount: '金额',
};

/** Fewer notices say nothing about a source: those of one project lack the same field together. */
const FEWEST_NOTICES = 5;
/** Chance alone makes a share look this bad in one of a thousand columns read. */
const TOO_UNLIKELY = 0.001;

/** Columns whose notices carry a field less often than their source asserts, each with a page that lacks it. */
export function lowCoverage(
  channels: readonly Channel[],
  assertions: readonly FieldAssertion[],
  readings: readonly ReadingFacts[],
  now: number,
): FailureRecord[] {
  return channels.flatMap((channel) =>
    assertions
      .filter((assertion) => assertion.channels?.includes(channel.id) ?? true)
      .flatMap((assertion) => {
        const own = readings.filter(({ channelId, kind }) => {
          return channelId === channel.id && (assertion.kinds?.some((asserted) => asserted === kind) ?? true);
        });
        const lacking = own.filter(({ fields }) => !fields.includes(assertion.field));
        return isBelow(own.length - lacking.length, own.length, assertion.atLeast)
          ? [record(channel, assertion, own.length, lacking, now)]
          : [];
      }),
  );
}

/** Whether so few of `n` are too unlikely for a share of `atLeast`: the lower tail of the binomial distribution. */
export function isBelow(found: number, n: number, atLeast: number): boolean {
  if (n < FEWEST_NOTICES || found / n >= atLeast) return false;
  if (atLeast >= 1) return true;
  let term = n * Math.log(1 - atLeast);
  let tail = Math.exp(term);
  for (let k = 1; k <= found; k++) {
    term += Math.log((n - k + 1) / k) + Math.log(atLeast / (1 - atLeast));
    tail += Math.exp(term);
  }
  return tail < TOO_UNLIKELY;
}

function record(
  channel: Channel,
  { field, atLeast, reason }: FieldAssertion,
  n: number,
  lacking: ReadingFacts[],
  now: number,
): FailureRecord {
  const [sample] = lacking;
  const what =
    `${channel.name}的${NAMES[field]}读到 ${n - lacking.length}/${n} 条，` +
    `该来源承诺不低于 ${Math.round(atLeast * 100)}%（${reason}）`;
  const failure = new SiteFailure('FIELD_COVERAGE_LOW', what, { field, sample: sample?.title });
  const where = { url: sample?.url ?? '', channelId: channel.id };
  return recordOf(failure, now, where, sample?.archiveId ?? null);
}
