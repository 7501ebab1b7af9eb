import { call, eventsOfKind, listingOf } from './looking.ts';
import { landForBids } from './scopes.ts';
import { WORKDAY_COUNTING } from './statute.ts';
import type { Statute, Sight } from './statute.ts';
import type { ProjectLife } from '../../model/life.ts';

/** 出让结果 10 个工作日内公布. */
export const landResult10wd: Statute = {
  id: 'LAND-RESULT-10WD',
  version: '3',
  title: '土地出让结果在活动结束后10个工作日内公布',
  basis: [{ text: '《招标拍卖挂牌出让国有建设用地使用权规定》（国土资源部令第39号）第二十三条', checked: false }],
  track: 'land',
  methods: '招标、拍卖、挂牌',
  category: '土地使用权',
  amountLines: [],
  region: null,
  validity: { from: '2007-11-01', to: null },
  kind: 'max',
  period: { length: 10, unit: 'workday' },
  start: '招标、拍卖、挂牌活动结束',
  end: '出让结果公布',
  counting: WORKDAY_COUNTING,
  severity: 'minor',
  demand: '依据国土资源部令第39号第二十三条（条文序号未核对），应当在活动结束后10个工作日内公布结果',
  scope: landForBids,
  look: made,
};

/** 供地结果 follows the contract and is another duty. */
const SUPPLY = /供地|供应/;

function made(life: ProjectLife): Sight[] {
  const deal = eventsOfKind(life, 'result').find((event) => !SUPPLY.test(event.title));
  if (deal === undefined) return [];
  const tender = call(life);
  const listing = tender === null ? null : listingOf(life, tender);
  const day = deal.determined ?? listing?.span.to ?? null;
  if (day === null || day > deal.published) {
    return [{ lot: null, is: 'doubt', code: 'FACTS_MISSING', because: '公告未载明成交或挂牌截止日期', events: [deal] }];
  }
  const event = deal.determined === null && listing !== null ? listing.event : deal;
  const start = { day, words: deal.determined === null ? '挂牌截止' : '成交', event };
  return [{ lot: null, is: 'period', start, end: { day: deal.published, words: '出让结果公布', event: deal } }];
}
