import { STATUTE_BOOK, reprintOn } from '../rules/rule.ts';
import { awards } from './looking.ts';
import { always, unlessTenderedWorks } from './scopes.ts';
import { WORKDAY_COUNTING } from './statute.ts';
import type { Statute, Sight } from './statute.ts';
import type { ProjectLife } from '../../model/life.ts';

/** 结果公告不迟于确定供应商之日起 2 个工作日. */
export const gpResult2wd: Statute = {
  id: 'GP-RESULT-2WD',
  version: '3',
  title: '政府采购结果自确定供应商起2个工作日内公告',
  basis: [
    { text: '《中华人民共和国政府采购法实施条例》第四十三条', checked: true, readIn: STATUTE_BOOK },
    {
      text: '《政府采购货物和服务招标投标管理办法》（财政部令第87号）第六十九条',
      checked: true,
      readIn: reprintOn('caigou2003.com'),
    },
    {
      text: '《政府采购非招标采购方式管理办法》（财政部令第74号）第十八条',
      checked: true,
      readIn: reprintOn('biaoshula.com'),
    },
  ],
  track: 'procurement',
  methods: '各种政府采购方式',
  category: '货物、服务，以及招标以外方式采购的工程',
  amountLines: [],
  region: null,
  validity: { from: '2015-03-01', to: null },
  kind: 'max',
  period: { length: 2, unit: 'workday' },
  start: '中标、成交供应商确定',
  end: '结果公告发布',
  counting: WORKDAY_COUNTING,
  severity: 'minor',
  demand: '依据《政府采购法实施条例》第四十三条，应当自中标、成交供应商确定之日起2个工作日内公告结果',
  scope: unlessTenderedWorks(always),
  look: announced,
};

/** The first copy on any site counts: a later one on another site is the matter of the media rule. */
function announced(life: ProjectLife): Sight[] {
  return awards(life).map(({ lot, event }): Sight => {
    const { determined } = event;
    // A date after the notice that states it is a misreading.
    if (determined === null || determined > event.published) {
      return { lot, is: 'doubt', code: 'FACTS_MISSING', because: '结果公告未载明确定供应商的日期', events: [event] };
    }
    const start = { day: determined, words: '供应商确定', event };
    return { lot, is: 'period', start, end: { day: event.published, words: '结果公告发布', event } };
  });
}
