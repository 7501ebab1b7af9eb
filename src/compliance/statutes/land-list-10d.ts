import { call, listingOf } from './looking.ts';
import { landForBids } from './scopes.ts';
import { MIN_COUNTING } from './statute.ts';
import type { Statute, Sight } from './statute.ts';
import type { ProjectLife } from '../../model/life.ts';

/** 挂牌不少于 10 日. */
export const landList10d: Statute = {
  id: 'LAND-LIST-10D',
  version: '2',
  title: '挂牌时间不少于10日',
  basis: [{ text: '《招标拍卖挂牌出让国有建设用地使用权规定》（国土资源部令第39号）第十八条', checked: false }],
  track: 'land',
  methods: '挂牌',
  category: '土地使用权',
  amountLines: [],
  region: null,
  validity: { from: '2007-11-01', to: null },
  kind: 'min',
  period: { length: 10, unit: 'calendar' },
  start: '挂牌开始',
  end: '挂牌截止',
  counting: MIN_COUNTING,
  severity: 'major',
  demand: '依据国土资源部令第39号第十八条，挂牌时间不得少于10日',
  scope: landForBids,
  look: listed,
};

function listed(life: ProjectLife): Sight[] {
  const tender = call(life);
  const listing = tender === null ? null : listingOf(life, tender);
  if (listing?.span.to == null) return [];
  const start = { day: listing.span.from, words: '挂牌开始', event: listing.event };
  return [{ lot: null, is: 'period', start, end: { day: listing.span.to, words: '挂牌截止', event: listing.event } }];
}
