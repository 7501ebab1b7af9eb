import { STATUTE_BOOK } from '../rules/rule.ts';
import { awards, contractSight, letterOf } from './looking.ts';
import { always, isTenderedWorks } from './scopes.ts';
import { MAX_COUNTING } from './statute.ts';
import type { Statute, Sight } from './statute.ts';
import type { ProjectLife } from '../../model/life.ts';

/** 合同在通知书发出后 30 日内签订. */
export const gpContract30d: Statute = {
  id: 'GP-CONTRACT-30D',
  version: '3',
  title: '政府采购合同自成交（中标）通知书发出起30日内签订',
  basis: [
    { text: '《中华人民共和国政府采购法》第四十六条第一款', checked: true, readIn: STATUTE_BOOK },
    { text: '《政府采购货物和服务招标投标管理办法》（财政部令第87号）第七十一条', checked: true },
  ],
  track: 'procurement',
  methods: '各种政府采购方式',
  category: '货物、工程、服务',
  amountLines: [],
  region: null,
  validity: { from: '2003-01-01', to: null },
  kind: 'max',
  period: { length: 30, unit: 'calendar' },
  start: '中标、成交通知书发出',
  end: '合同签订',
  counting: MAX_COUNTING,
  severity: 'minor',
  demand: '依据《政府采购法》第四十六条，应当在中标、成交通知书发出之日起30日内签订采购合同',
  scope: always,
  look: signing,
};

/**
 * Since 2015-03-01 the letter goes out together with the result notice (实施条例 art. 43): the notice's day stands for a letter without one.
 * Tendered works follow another law there: only a dated letter counts.
 */
function signing(life: ProjectLife): Sight[] {
  return awards(life).flatMap((award) => {
    const { lot, event } = award;
    const own = letterOf(life, lot, event);
    if (own === null && isTenderedWorks(life)) return [];
    const letter = own ?? {
      day: event.published,
      words: '结果公告发布（通知书同时发出）',
      event,
    };
    return contractSight(life, award, letter);
  });
}
