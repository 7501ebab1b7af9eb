import { describe, expect, it } from 'vitest';

import { docx, pdf, zip } from '../../../test/portal/pages/files.ts';
import { attachmentText } from './text.ts';

const LINES = ['一、项目编号：HHZC2026-G1-00123', '采购人：开远市人民医院', '成交金额：118.5万元'];

describe('the text of an attached file', () => {
  it('is read from a PDF, lines that the page width broke put together', async () => {
    const long = `项目名称：${'开远市人民医院门诊楼改造'.repeat(8)}`;
    const { text } = await attachmentText('公告.pdf', pdf('公告', [...LINES, long, '公示期：3个工作日']));
    expect(text?.split('\n')).toEqual([...LINES, long, '公示期：3个工作日']);
  });

  it('is read from a Word document', async () => {
    const { text } = await attachmentText('公告.docx', docx(LINES));
    expect(text?.split(/\n+/)).toEqual(LINES);
  });

  it.each([
    ['a sealed tender file', '招标文件.ZCZBJ', Buffer.from('ZCZBJ\x00'), '格式 ZCZBJ 不能读取'],
    ['an old Word document', '公告.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '格式 doc 不能读取'],
    ['an archive', '附件.rar', Buffer.from('Rar!\x1a\x07'), '格式 rar 不能读取'],
    ['a zip that is no document', '附件.zip', Buffer.from(zip({ 'a.txt': '甲' })), '格式 zip 不能读取'],
    ['an error page under a file’s name', '公告.pdf', Buffer.from('<html>404</html>'), '格式 pdf 不能读取'],
    ['a scan', '扫描.pdf', Buffer.from(pdf('扫描')), '文件中没有文字，可能是扫描件'],
    ['a broken PDF', '坏.pdf', Buffer.from('%PDF-1.7 nothing'), '文件损坏或过于复杂'],
  ])('of %s is none, and why is said', async (_what, name, bytes, reason) => {
    expect(await attachmentText(name, bytes)).toEqual({ text: null, reason });
  });

  it('of a zip bomb is refused before it is unpacked', async () => {
    const bomb = zip({ 'word/document.xml': Buffer.alloc(60 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await attachmentText('公告.docx', bomb)).toEqual({ text: null, reason: '压缩包解开后超过 50 MB' });
  });

  it('of a zip that lies about its sizes is refused all the same', async () => {
    const bomb = Buffer.from(zip({ 'word/document.xml': Buffer.alloc(60 * 1024 * 1024) }));
    const directory = bomb.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bomb.writeUInt32LE(10, 22);
    bomb.writeUInt32LE(10, directory + 24);
    expect((await attachmentText('公告.docx', bomb)).reason).toBe('压缩包解开后超过 50 MB');
  });

  it('of a book is refused', async () => {
    const book = pdf(
      '书',
      Array.from({ length: 70 * 40 }, (_, i) => `第${i}行`),
    );
    expect((await attachmentText('书.pdf', book)).reason).toBe('页数 70 超过 60');
  });
});
