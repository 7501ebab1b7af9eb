import { STATUTE_BOOK } from '../rules/rule.ts';
import { eventsOfKind } from './looking.ts';
import { always } from './scopes.ts';
import { WORKDAY_COUNTING } from './statute.ts';
import type { Statute, Sight } from './statute.ts';
import type { ProjectLife } from '../../model/life.ts';

/** 合同签订后 2 个工作日内公告. */
export const gpContractPub2wd: Statute = {
  id: 'GP-CONTRACT-PUB-2WD',
  version: '3',
  title: '政府采购合同自签订起2个工作日内公告',
  basis: [{ text: '《中华人民共和国政府采购法实施条例》第五十条', checked: true, readIn: STATUTE_BOOK }],
  track: 'procurement',
  methods: '各种政府采购方式',
  category: '货物、工程、服务',
  amountLines: [],
  region: null,
  validity: { from: '2015-03-01', to: null },
  kind: 'max',
  period: { length: 2, unit: 'workday' },
  start: '合同签订',
  end: '合同公告发布',
  counting: WORKDAY_COUNTING,
  severity: 'minor',
  demand: '依据《政府采购法实施条例》第五十条，应当自采购合同签订之日起2个工作日内公告合同',
  scope: always,
  look: published,
};

function published(life: ProjectLife): Sight[] {
  return eventsOfKind(life, 'contract').map((event): Sight => {
    const lot = event.outcomes.length === 1 ? event.outcomes[0]!.lot : null;
    if (event.signed === null || event.signed > event.published) {
      return { lot, is: 'doubt', code: 'FACTS_MISSING', because: '合同公告未载明签订日期', events: [event] };
    }
    const start = { day: event.signed, words: '合同签订', event };
    return { lot, is: 'period', start, end: { day: event.published, words: '合同公告发布', event } };
  });
}
