import { expect, it } from 'vitest';

import { fieldText } from './field-text.ts';

it.each([
  ['kind', 'candidate', '候选人公示'],
  ['method', 'competitive_consultation', '竞争性磋商'],
  ['amount', 1234567.8, '1,234,567.8 元'],
  ['round', 2, '第2次'],
  ['stateFunded', true, '是'],
  ['purchaser', null, '未载明'],
  ['suppliers', [], '未载明'],
  ['suppliers', ['甲公司', '乙公司'], '甲公司、乙公司'],
  ['openingDate', '2026-04-09T09:18', '2026年4月9日 09:18'],
  ['projectCode', 'KYZC2026-JT-0005', 'KYZC2026-JT-0005'],
  [
    'candidates',
    [
      { rank: 1, name: '甲公司', price: 980000, lot: null },
      { rank: 2, name: '乙公司', price: null, lot: null },
    ],
    '第1名 甲公司，报价 980,000 元；第2名 乙公司',
  ],
  ['candidates', [{ rank: 1, name: '甲公司', price: null, lot: '2' }], '第2包第1名 甲公司'],
  [
    'lots',
    [
      { id: '1', name: '1标段', budget: null, amount: 500, suppliers: ['甲公司'], failed: false },
      { id: '2', name: null, budget: 300, amount: null, suppliers: [], failed: true },
    ],
    '1标段，甲公司，500 元；第2包，废标，预算 300 元',
  ],
  [
    'parcels',
    [{ code: 'KYS2026-1', location: null, areaSqm: 1, use: null, startPrice: 1, dealPrice: 2e6, winner: '丙公司' }],
    'KYS2026-1，丙公司，成交价 2,000,000 元',
  ],
  ['publicity', { from: '2026-03-16', to: null, workdays: null, days: 3, words: '公示3日' }, '2026年3月16日至未载明'],
  ['publicity', { from: null, to: null, workdays: null, days: 3, words: '公示3日' }, '公示3日'],
  ['refersTo', { date: '2026-03-01', title: null, code: 'X-1' }, '2026年3月1日，X-1'],
] as const)('prints %s as a reader would write it', (field, value, words) => {
  expect(fieldText(field, value)).toBe(words);
});
