import { describe, expect, it } from 'vitest';

import { readNotice } from '../read.ts';
import { pointsToAttachment, withAttachment } from './fields.ts';

const TITLE = '开远市人民医院医疗设备采购项目成交公告';
const FILE = {
  name: '成交公告.pdf',
  text: '一、项目编号：HHZC2026-C1-00123\n二、项目名称：开远市人民医院医疗设备采购项目\n三、成交信息\n供应商名称：云南康达医疗器械有限公司\n成交金额：1180000元\n采购人：开远市人民医院',
};
const body = readNotice({ title: TITLE, text: '详见附件。', publishDate: '2026-03-16' });

describe('a notice whose body only points to its file', () => {
  it('is told from one that speaks for itself', () => {
    expect(pointsToAttachment(body)).toBe(true);
    expect(pointsToAttachment({ text: '公告内容详见公告文件' })).toBe(true);
    expect(pointsToAttachment({ text: FILE.text })).toBe(false);
    expect(pointsToAttachment({ text: `${'本项目评审已经结束，'.repeat(40)}评分详见附件。` })).toBe(false);
  });

  it('takes its fields from the file, and each says so', () => {
    const { fields, origins, text } = withAttachment(body, FILE, null);
    expect(fields).toMatchObject({
      projectCode: 'HHZC2026-C1-00123',
      purchaser: '开远市人民医院',
      suppliers: ['云南康达医疗器械有限公司'],
      amount: 1_180_000,
      publishDate: '2026-03-16',
    });
    expect(fields.codes).toContain('HHZC2026-C1-00123');
    expect(origins.purchaser).toMatchObject({ attachment: '成交公告.pdf' });
    expect(FILE.text).toContain(origins.purchaser!.words);
    expect(text).toContain('【附件：成交公告.pdf】');
  });

  it('keeps its own words where the file says otherwise, and shows both', () => {
    const own = readNotice({ title: TITLE, text: '采购人：开远市中医医院\n详见附件。' });
    const { fields, disagreements } = withAttachment(own, FILE, null);
    expect(fields.purchaser).toBe('开远市中医医院');
    expect(disagreements).toContainEqual(
      expect.objectContaining({
        field: 'purchaser',
        value: '开远市人民医院',
        origin: expect.objectContaining({ attachment: '成交公告.pdf' }) as object,
      }),
    );
  });
});
