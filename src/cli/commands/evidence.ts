import { writeFile } from 'node:fs/promises';

import { caseDetailReply } from '../../api/case-replies.ts';
import { sheetDocx } from '../../api/sheet/docx.ts';
import { evidenceSheet } from '../../api/sheet/sheet.ts';
import { sheetXlsx } from '../../api/sheet/xlsx.ts';
import { systemClock } from '../../model/clock.ts';
import { CorrectInput } from '../../model/errors.ts';
import { say } from '../output.ts';
import { apiContext } from '../server.ts';
import { openWorkshop } from '../workshop.ts';

/** `gongshi evidence CASE --out FILE`: the evidence sheet (核查单) as a document or a workbook. */
export async function evidence(options: { config: string; number: string; out: string }): Promise<void> {
  const { number, out } = options;
  const name = out.toLowerCase();
  const write = name.endsWith('.docx') ? sheetDocx : name.endsWith('.xlsx') ? sheetXlsx : null;
  if (write === null) throw new CorrectInput(`不知道写成哪种文件：${out}`, '请用 --out 给出 .docx 或 .xlsx 文件。');
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  try {
    const file = await workshop.store.cases.get(number);
    if (file === null) throw new CorrectInput(`没有案件 ${number}`, '请核对编号，如 KY-2026-0001。', { number });
    const context = apiContext(workshop);
    await put(out, await write(await evidenceSheet(context, await caseDetailReply(context, file))));
    say(`核查单已写入 ${out}。`);
  } finally {
    await workshop.close();
  }
}

/** Why a file cannot be written, by the system's code. */
const REFUSALS: Record<string, string> = {
  ENOENT: '所在文件夹不存在',
  ENOTDIR: '所在文件夹不存在',
  EACCES: '没有写入的权限',
  EPERM: '没有写入的权限',
  EISDIR: '这是一个文件夹',
  ENOSPC: '磁盘已满',
  EROFS: '磁盘只读',
};

/** Throws `CorrectInput` where the clerk named a place that cannot be written to. */
async function put(out: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(out, bytes);
  } catch (error) {
    const why = REFUSALS[(error as NodeJS.ErrnoException).code ?? ''];
    if (why === undefined) throw error;
    throw new CorrectInput(`写不进 ${out}：${why}`, '请另给一个可以写入的文件。', { out });
  }
}
