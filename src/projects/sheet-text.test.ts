import { hash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import type { FactSheet } from '../model/fact-sheet.ts';
import type { Notice } from '../model/notice.ts';
import { assemble } from './assemble.ts';
import { factSheetOf } from './fact-sheet.ts';
import { identityOfStored } from './identity.ts';
import { linkNotices } from './link.ts';
import { sheetOfText, sheetText } from './sheet-text.ts';
import { notice } from './testing/notices.ts';

const [A, B] = ['云南恒泰建设工程有限公司', '红河州宏远市政工程有限公司'];
const lot = (id: string, supplier: string | null) => ({
  id,
  name: null,
  budget: 430_000.5,
  amount: null,
  suppliers: supplier === null ? [] : [supplier],
  failed: supplier === null,
});

/** A life with everything a sheet holds: lots, two lists of candidates, a correction, a letter, a day that was changed. */
function sheetOfEverything(): FactSheet {
  const facts = {
    category: 'works',
    subtype: 'municipal',
    method: 'competitive_negotiation',
    budget: 860_000,
  } as const;
  const listed = [
    { rank: 1, name: A, price: null, lot: '1' },
    { rank: 1, name: B, price: null, lot: '2' },
  ];
  const notices: Notice[] = [
    notice('yn_ggzy:1', {
      ...facts,
      channel: 'mirror_tender',
      lots: [lot('1', null), lot('2', null)],
      openingDate: '2026-03-10T09:00',
      text: '获取采购文件的时间：2026年3月2日至2026年3月6日',
    }),
    notice('hh_finance:2', {
      ...facts,
      kind: 'candidate',
      publishDate: '2026-03-11',
      lots: [lot('1', A), lot('2', B)],
      candidates: listed,
      publicity: { from: '2026-03-11', to: '2026-03-14T18:00', workdays: null, days: 3, words: '公示三日' },
    }),
    notice('hh_finance:3', { ...facts, kind: 'correction', publishDate: '2026-03-12', material: null }),
    notice('hh_finance:4', {
      ...facts,
      kind: 'result',
      publishDate: '2026-03-17',
      awardLetterDate: '2026-03-16',
      suppliers: [A, B],
      lots: [lot('1', A), lot('2', null)],
      skipReason: '放弃',
    }),
    notice('hh_finance:5', { ...facts, kind: 'contract', publishDate: null, suppliers: [A] }),
  ];
  const [linked] = linkNotices(notices.map(identityOfStored));
  return factSheetOf(assemble(linked!), notices, new Map());
}

describe('a sheet as the stores keep it', () => {
  it('is read as it was written', () => {
    const sheet = sheetOfEverything();
    expect(sheet.rounds[0]!.notices.length).toBeGreaterThan(4);
    expect(sheetOfText(sheetText(sheet))).toEqual(sheet);
    expect(sheetText(sheetOfText(sheetText(sheet))!)).toBe(sheetText(sheet));
  });

  it('raises its version when the same pages give another text: sheets that are stored would not be made anew', () => {
    // After raising VERSION in sheet-text.ts, put the new digest here.
    expect(hash('sha256', sheetText(sheetOfEverything())).slice(0, 16)).toBe('795682dead57f657');
  });

  it('of another version is not read', () => {
    expect(sheetOfText(sheetText(sheetOfEverything()).replace(/^\d+/, '0'))).toBeNull();
  });
});
