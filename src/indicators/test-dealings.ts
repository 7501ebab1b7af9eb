import type { BidLot } from '../model/bidding.ts';
import type { Dealing } from '../model/dealing.ts';
import { DEFAULT_INDICATOR_SETTINGS } from '../model/lead.ts';
import type { IndicatorSettings, Lead } from '../model/lead.ts';
import { DEFAULT_OPEN_TENDER_LINES } from '../model/policy.ts';
import { gauge } from './gauge.ts';
import type { Indicator } from './indicator.ts';

// For tests only: dealings in as few words as an indicator needs.

let serial = 0;

export function deal(
  given: Omit<Partial<Dealing>, 'bidding'> & { bidding?: Partial<Dealing['bidding']>; lots?: Partial<BidLot>[] } = {},
): Dealing {
  serial++;
  const { bidding, lots, ...rest } = given;
  const purchaser = rest.purchaser ?? '开远市教育局';
  return {
    id: `p${String(serial).padStart(4, '0')}`,
    name: `办公设备采购（第${serial}批）`,
    track: 'procurement',
    method: 'competitive_negotiation',
    category: 'goods',
    purchaser,
    agency: '甲代理公司',
    regionCode: '532502',
    budget: 800_000,
    ceiling: null,
    estimate: null,
    award: null,
    ...rest,
    bidding: {
      buyer: purchaser,
      subject: '办公设备采购',
      called: '2026-03-02',
      opened: '2026-03-10',
      decided: '2026-03-12',
      lots: (lots ?? [{ winners: [`第${serial}公司`] }]).map((lot) => ({
        ...{ lot: null, bids: [], winners: [], amount: null },
        ...lot,
      })),
      ...bidding,
    },
  };
}

/** `count` dealings of other buyers, each of another thing, quiet under every indicator. */
export function others(count: number, given: Parameters<typeof deal>[0] = {}): Dealing[] {
  return Array.from({ length: count }, (_, i) =>
    deal({
      ...given,
      purchaser: `第${i + 1}局`,
      bidding: { subject: `第${i + 1}种设备`, ...given.bidding },
    }),
  );
}

export async function leadsOf(
  indicator: Indicator,
  dealings: readonly Dealing[],
  change: (settings: IndicatorSettings) => void = () => undefined,
): Promise<Lead[]> {
  const settings = structuredClone(DEFAULT_INDICATOR_SETTINGS);
  change(settings);
  const sorted = [...dealings].sort((a, b) => (a.bidding.buyer! < b.bidding.buyer! ? -1 : 1));
  const given = async function* (): AsyncGenerator<Dealing> {
    yield* sorted;
  };
  return gauge(given, [indicator], { settings, openTenderLines: DEFAULT_OPEN_TENDER_LINES }, 1);
}
