import ExcelJS from 'exceljs';
import mammoth from 'mammoth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openApiBench } from '../../../test/support/api.ts';
import type { ApiBench } from '../../../test/support/api.ts';
import { buildAlert, buildFinding, buildObservation, buildProject, MARCH_20 } from '../../../test/support/build.ts';
import { buildStep } from '../../../test/support/build.ts';
import { keepCases } from '../../cases/case-stage.ts';
import { calendar } from '../../compliance/test-facts.ts';
import { cellText, printable } from './printable.ts';

const HOSTILE = '=HYPERLINK("http://evil.test")\u0000\u202e<b>&';

describe('the evidence sheet of a case', () => {
  let bench: ApiBench;
  let sha256: string;
  beforeEach(async () => {
    bench = await openApiBench();
    const { store } = bench;
    const record = await bench.keep({});
    ({ sha256 } = record);
    const fields = { title: '成交结果公告', purchaser: HOSTILE, projectCode: 'KYZC2026-JT-0005' };
    await store.notices.observe([buildObservation({ noticeId: 'yn_ccgp:a', archiveId: record.id, fields })]);
    await store.projects.replace(['yn_ccgp:a'], [buildProject({ id: 'p1', noticeIds: ['yn_ccgp:a'] })]);
    const finding = buildFinding({
      projectId: 'p1',
      evidence: [{ noticeId: 'yn_ccgp:a', role: 'result' }],
      days: [{ day: '2026-03-16', mark: 'published', n: null, why: '周一', rest: false }],
    });
    await store.findings.judge(['p1'], [finding], [buildAlert({ projectId: 'p1', finding })]);
    const deadlines = { pending: 5, investigating: 30, rectifying: 30, reply: 5 };
    await keepCases({ store, calendar, deadlines, clock: { now: () => MARCH_20 } });
    const file = (await store.cases.get('KY-2026-0001'))!;
    await store.cases.append([buildStep(file, { action: 'commented', note: HOSTILE })]);
  });
  afterEach(() => bench.close());

  const sheet = async (kind: string) => {
    const reply = await bench.app.inject({ url: `/api/cases/KY-2026-0001/sheet.${kind}` });
    expect(reply.statusCode).toBe(200);
    return reply.rawPayload;
  };

  it('as a document holds facts, rule, days, archived pages with their hash, and who did what', async () => {
    const { value: text } = await mammoth.extractRawText({ buffer: await sheet('docx') });
    const expected = [
      '公示期核查单',
      'KY-2026-0001',
      '开远市政府采购结果公示不少于3日',
      '2026年3月16日',
      '周一',
      'KYZC2026-JT-0005',
      sha256,
      'HTTP 200',
      '立案',
      '李明',
      'gongshi verify KY-2026-0001',
    ];
    for (const words of expected) expect(text).toContain(words);
    expect(text).toContain('<b>&');
    expect(text).not.toContain('\u202e');
  });

  it('as a workbook has one sheet a part and no cell that a table program takes for a formula', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await sheet('xlsx')) as unknown as ArrayBuffer);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      '案件概况',
      '核查结论',
      '规则与依据',
      '事实',
      '逐日核对',
      '归档页面',
      '查过哪些来源',
      '项目经过',
      '案件经过',
      '复核办法',
    ]);
    const cells: string[] = [];
    workbook.eachSheet((one) => one.eachRow((row) => row.eachCell((cell) => void cells.push(cell.text))));
    expect(cells.join('\n')).toContain(sha256);
    expect(cells.some((text) => text.includes('HYPERLINK'))).toBe(true);
    for (const text of cells) expect(text).not.toMatch(/^\s*[=+\-@]/);
  });

  it('of a case that does not exist is not found', async () => {
    expect((await bench.app.inject({ url: '/api/cases/KY-2026-0009/sheet.docx' })).statusCode).toBe(404);
  });
});

describe('text on a sheet', () => {
  it('loses control characters and marks that turn the direction of writing, and is bounded', () => {
    expect(printable('甲\u0000\u0007乙\u202e丙\r\n丁')).toBe('甲乙丙\n丁');
    expect(printable('长'.repeat(5000))).toMatch(/^长{4000}……/);
    expect(printable('半\ud800字')).toBe('半\ufffd字');
  });

  it.each(['=1+1', '+1', '-1', '@SUM', ' =1'])('that begins like a formula (%j) begins with an apostrophe', (text) => {
    expect(cellText(text)).toBe(`'${text}`);
  });
});
