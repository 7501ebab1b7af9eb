import { call, listingOf } from './looking.ts';
import { landForBids } from './scopes.ts';
import { MIN_COUNTING } from './statute.ts';
import type { Statute, Sight } from './statute.ts';
import type { ProjectLife } from '../../model/life.ts';

/** 出让公告至少提前 20 日. */
export const landNotice20d: Statute = {
  id: 'LAND-NOTICE-20D',
  version: '2',
  title: '土地出让公告在招标、拍卖、挂牌开始20日前发布',
  basis: [{ text: '《招标拍卖挂牌出让国有建设用地使用权规定》（国土资源部令第39号）第八条', checked: false }],
  track: 'land',
  methods: '招标、拍卖、挂牌',
  category: '土地使用权',
  amountLines: [],
  region: null,
  validity: { from: '2007-11-01', to: null },
  kind: 'min',
  period: { length: 20, unit: 'calendar' },
  start: '出让公告发布',
  end: '挂牌（拍卖、招标）开始',
  counting: MIN_COUNTING,
  severity: 'major',
  demand: '依据国土资源部令第39号第八条，应当至少在投标、拍卖或者挂牌开始日前20日发布公告',
  scope: landForBids,
  look: notice,
};

function notice(life: ProjectLife): Sight[] {
  const tender = call(life);
  if (tender === null) return [];
  const listing = listingOf(life, tender);
  if (listing === null || listing.span.from < tender.published) {
    // Of a tender the rule counts to the first day of bidding, which calls do not state; bids are opened later.
    const because = `公告未载明${life.project.method === 'auction' ? '拍卖时间' : '挂牌（投标）开始时间'}`;
    return [{ lot: null, is: 'doubt', code: 'FACTS_MISSING', because, events: [tender] }];
  }
  const words = listing.span.to === null ? '拍卖' : '挂牌开始';
  const start = { day: tender.published, words: '出让公告发布', event: tender };
  return [{ lot: null, is: 'period', start, end: { day: listing.span.from, words, event: listing.event } }];
}
