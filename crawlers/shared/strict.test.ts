import { describe, expect, it } from 'vitest';

import { source as province } from '../yn_ccgp/source.ts';
import { Fixtures, replyTo } from './fixtures.ts';
import { oddSections } from './strict.ts';

const fixtures = new Fixtures(province);
const RESULT = 'detail-result.html';
const changed = (from: string | RegExp, to: string) => {
  const text = Buffer.from(fixtures.bytes(RESULT)).toString('utf8');
  const reply = text.replace(from, to);
  expect(reply).not.toBe(text);
  const reading = fixtures.adapter.read(replyTo(fixtures.request(RESULT), reply, 'text/html;charset=UTF-8'));
  return reading.role === 'detail' ? reading.oddities : undefined;
};

describe('a page that says something new', () => {
  it('is told from one that does not: nothing is odd in the pages that the sources know', () => {
    const details = fixtures.cases.filter(({ role }) => role === 'detail').map(({ file }) => file);
    for (const file of details) expect(fixtures.adapter.read(fixtures.page(file))).not.toHaveProperty('oddities');
  });

  it('names the label of the summary that no rule knows', () => {
    expect(changed('>项目联系人<', '>履约保证金形式<')).toEqual([{ code: 'UNKNOWN_LABEL', words: '履约保证金形式' }]);
  });

  it('names the numbered section that no standard text has', () => {
    expect(oddSections('一、项目编号：HH-1\n十一、绿色采购执行说明\n是')).toEqual([
      { code: 'UNKNOWN_SECTION', words: '绿色采购执行说明' },
    ]);
  });

  it('takes a numbered sentence for what it is', () => {
    expect(oddSections('一、经评审，云南康达医疗器械有限公司为成交供应商。')).toEqual([]);
  });
});
