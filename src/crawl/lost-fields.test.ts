import { describe, expect, it } from 'vitest';

import { buildNotice } from '../../test/support/build.ts';
import { readNotice } from '../notices/read.ts';
import { lostFields } from './lost-fields.ts';

const TITLE = '开远市人民医院医疗设备采购项目成交公告';
const BODY = [
  '一、项目编号：HHZC2026-C1-00123',
  '二、项目名称：开远市人民医院医疗设备采购项目',
  '三、成交信息',
  '供应商名称：云南康达医疗器械有限公司',
  '成交金额：1180000元',
  '采购人：开远市人民医院',
].join('\n');
const read = (text: string) => readNotice({ title: TITLE, text });
const stored = (() => {
  const { fields, origins, text } = read(BODY);
  return { ...buildNotice(), fields, origins, text };
})();

describe('a notice read again', () => {
  it('with all its fields has lost nothing', () => {
    expect(lostFields(stored, read(BODY))).toBeNull();
  });

  it('without a field whose words the page still prints is a step back of the reading', () => {
    const again = read(BODY);
    const lost = lostFields(stored, { ...again, fields: { ...again.fields, purchaser: null } });
    expect(lost).toMatchObject({ code: 'FIELDS_LOST' });
    expect(lost?.words).toContain('采购人（招标人）没有读到');
    expect(lost?.words).toContain('开远市人民医院');
  });

  it('without a field whose words the publisher took away was edited', () => {
    expect(lostFields(stored, read(BODY.replace('成交金额：1180000元\n', '')))).toBeNull();
  });

  it('cut to a sentence is the notice no more', () => {
    expect(lostFields(stored, read('系统升级中，请稍后访问。'))).toMatchObject({
      code: 'FIELDS_LOST',
      words: expect.stringContaining('正文仅余：系统升级中') as string,
    });
  });
});
