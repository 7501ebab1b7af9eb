import { STATUTE_BOOK } from '../rules/rule.ts';
import { awards, contractSight, contractsOf, letterOf } from './looking.ts';
import { always } from './scopes.ts';
import { MAX_COUNTING } from './statute.ts';
import type { Statute, Sight } from './statute.ts';
import type { ProjectLife } from '../../model/life.ts';

/** 中标通知书发出后 30 日内订立合同. */
export const tbContract30d: Statute = {
  id: 'TB-CONTRACT-30D',
  version: '3',
  title: '中标通知书发出后30日内订立书面合同',
  basis: [{ text: '《中华人民共和国招标投标法》第四十六条第一款', checked: true, readIn: STATUTE_BOOK }],
  track: 'construction',
  methods: '公开招标、邀请招标',
  category: '工程及与工程建设有关的货物、服务',
  amountLines: [],
  region: null,
  validity: { from: '2000-01-01', to: null },
  kind: 'max',
  period: { length: 30, unit: 'calendar' },
  start: '中标通知书发出',
  end: '合同签订',
  counting: MAX_COUNTING,
  severity: 'minor',
  demand: '依据《招标投标法》第四十六条，应当自中标通知书发出之日起30日内订立书面合同',
  scope: always,
  look: signing,
};

/** The letter's day alone counts: a result notice may stand before or after it. */
function signing(life: ProjectLife): Sight[] {
  return awards(life).flatMap((award): Sight[] => {
    const { lot, event } = award;
    const letter = letterOf(life, lot, event);
    if (letter !== null) return contractSight(life, award, letter);
    const contracts = contractsOf(life, lot);
    if (contracts.length === 0) return [];
    return [{ lot, is: 'doubt', code: 'FACTS_MISSING', because: '未见载明日期的中标通知书', events: contracts }];
  });
}
