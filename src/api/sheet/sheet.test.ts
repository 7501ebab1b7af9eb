import ExcelJS from 'exceljs';
import mammoth from 'mammoth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openApiBench } from '../../../test/support/api.ts';
import type { ApiBench } from '../../../test/support/api.ts';
import { buildAlert, buildFinding, buildObservation, buildProject, MARCH_20 } from '../../../test/support/build.ts';
import { buildStep } from '../../../test/support/build.ts';
import { actOnCases, keepCases, openDoubtCase } from '../../cases/case-stage.ts';
import { calendar } from '../../compliance/test-facts.ts';
import { epochOf } from '../../model/day.ts';
import type { ReasonCode } from '../../model/finding.ts';
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
      '所依据的公告',
      '公告所载事实',
      '判定所用事实',
      '逐日核对',
      '所用日历',
      '归档页面',
      '查过哪些来源',
      '项目经过',
      '案件经过',
      '复核办法',
      '签署',
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

describe('the evidence sheet of a contract that was signed late', () => {
  let bench: ApiBench;
  let text: string;
  const hashes: string[] = [];
  beforeEach(async () => {
    bench = await openApiBench();
    const { store } = bench;
    const at = (hour: number) => MARCH_20 - (24 - hour) * 3_600_000;
    const contract = (hour: number, body: string, contractDate: string) => async () => {
      const record = await bench.keep({ body: Buffer.from(body), fetchedAt: at(hour) });
      hashes.push(record.sha256);
      const fields = {
        title: '采购合同公告',
        kind: 'contract' as const,
        method: 'competitive_consultation' as const,
        contractDate,
      };
      await store.notices.observe([
        buildObservation({ noticeId: 'yn_ccgp:c', archiveId: record.id, observedAt: at(hour), fields }),
      ]);
    };
    hashes.length = 0;
    await contract(8, '第一版', '2026-03-18')();
    await contract(9, '第二版', '2026-03-19')();
    await contract(23, '第三版', '2026-03-10')();
    const gone = await bench.keep({ status: 404, body: Buffer.from('没有此页') });
    hashes.push(gone.sha256);
    await store.vanishings.put([
      {
        id: 'yn_ccgp:c|run-9',
        noticeId: 'yn_ccgp:c',
        sourceId: 'yn_ccgp',
        channelId: 'list',
        state: 'withdrawn',
        missedBy: [{ runId: 'run-9', at: at(12) }],
        probes: [{ at: at(13), found: 'gone', status: 404, archiveId: gone.id }],
        lastSeenAt: at(9),
        openedAt: at(12),
        returnedAt: null,
      },
    ]);
    await store.projects.replace(['yn_ccgp:c'], [buildProject({ id: 'p1', noticeIds: ['yn_ccgp:c'] })]);
    const finding = buildFinding({
      projectId: 'p1',
      rule: 'GP-CONTRACT-30D',
      calendarVersion: calendar.version,
      codes: ['DEADLINE_MISSED'],
      severity: 'minor',
      computed: { anchor: '2026-02-10', deadline: '2026-03-12', resultDate: '2026-03-19' },
      evidence: [{ noticeId: 'yn_ccgp:c', role: 'contract' }],
      judgedAt: at(10),
      facts: {
        asOf: '2026-03-19',
        on: '2026-01-20',
        amounts: { budget: 860_000, estimate: null },
        method: 'competitive_consultation',
        category: 'works',
        coverage: 'partial',
        settings: 'abc123',
        notices: [['yn_ccgp:c', 2]],
      },
    });
    await store.findings.judge(['p1'], [finding], [buildAlert({ projectId: 'p1', finding })]);
    const deadlines = { pending: 5, investigating: 30, rectifying: 30, reply: 5 };
    await keepCases({ store, calendar, deadlines, clock: { now: () => MARCH_20 } });
    const reply = await bench.app.inject({ url: '/api/cases/KY-2026-0001/sheet.docx' });
    text = (await mammoth.extractRawText({ buffer: reply.rawPayload })).value;
  });
  afterEach(() => bench.close());

  it('calls its dates by what they are, and never a publicity or a result', () => {
    for (const words of ['起算日（中标、成交通知书发出）', '至迟应在', '2026年3月12日', '实际日期（合同签订）']) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/公示期核查单|公示起始日|结果日/);
  });

  it('names the State Council notice that the days were counted by, with its day of publication', () => {
    expect(text).toContain(calendar.noticeFor('2026-03-12')!.address);
    expect(text).toContain('2025年11月4日');
  });

  it('shows amounts, method, day and coverage that the verdict was given on, in words', () => {
    for (const words of ['860,000 元', '竞争性磋商', '2026年1月20日', '采集有缺口', 'abc123'])
      expect(text).toContain(words);
    expect(text).not.toContain('competitive_consultation');
  });

  it('holds every state of a page that was there when it was judged, each with its hash, and says that later ones exist', () => {
    expect(text).toContain(hashes[0]!);
    expect(text).toContain(hashes[1]!);
    expect(text).not.toContain(hashes[2]!);
    expect(text).toContain('在本结论作出之后另有 1 版');
    expect(text).toContain('与上一版不同：合同签订日期');
  });

  it('shows when a list ceased to show the page and that its own address answered 404', () => {
    for (const words of ['撤下与复查', '完整采集，列表未列出', '复查原网址：网站称没有此页', 'HTTP 404', hashes[3]!]) {
      expect(text).toContain(words);
    }
  });
});

describe('the evidence sheet of a doubt', () => {
  let bench: ApiBench;
  let now: number;
  beforeEach(async () => {
    now = MARCH_20;
    bench = await openApiBench({ clock: { now: () => now } });
    const { store } = bench;
    const record = await bench.keep({});
    const fields = { suppliers: ['甲公司', '乙公司'] };
    const seen = buildObservation({ noticeId: 'yn_ccgp:a', archiveId: record.id, fields });
    const suppliers = { words: '["甲公司","乙公司"]', rule: 'structured', confidence: 1 };
    const reading = { ...seen.reading, origins: { ...seen.reading.origins, suppliers } };
    await store.notices.observe([{ ...seen, reading }]);
    await store.projects.replace(['yn_ccgp:a'], [buildProject({ id: 'p1', noticeIds: ['yn_ccgp:a'] })]);
  });
  afterEach(() => bench.close());

  const openOn = async (codes: ReasonCode[], sentence: string) => {
    const finding = buildFinding({
      projectId: 'p1',
      verdict: 'undetermined',
      codes,
      severity: 'info',
      sentence,
      computed: {},
      evidence: codes.includes('APPLICABILITY_UNKNOWN') ? [] : [{ noticeId: 'yn_ccgp:a', role: 'result' }],
    });
    await bench.store.findings.judge(['p1'], [finding], []);
    const deadlines = { pending: 5, investigating: 30, rectifying: 30, reply: 5 };
    const desk = { store: bench.store, calendar, deadlines, clock: { now: () => now } };
    const by = { name: '李明', note: '两个网站所载日期不一，须调阅日志' };
    const { number } = await openDoubtCase(desk, by, finding.key);
    return { desk, number };
  };
  const textOf = async (number: string) => {
    const reply = await bench.app.inject({ url: `/api/cases/${number}/sheet.docx` });
    expect(reply.statusCode, reply.body).toBe(200);
    return (await mammoth.extractRawText({ buffer: reply.rawPayload })).value;
  };

  it('says 存疑, who opened it and why, the reason it could not be judged, and that it is no breach', async () => {
    const { number } = await openOn(['COVERAGE_GAP'], '栏目 yn_ccgp/list 尚未完整采集过，不能认定没有。');
    const text = await textOf(number);
    for (const words of [
      '存疑事项核查单',
      '存疑（证据不足以判定，不是违法认定）',
      '李明就无法判定的结论立案',
      '两个网站所载日期不一，须调阅日志',
      '不能判定的原因：说明：COVERAGE_GAP',
      '不计入违规',
      '栏目 “云南省政府采购网 公告列表” 尚未完整采集过',
      '故不从“没有找到”下结论',
      '承办人（签字）',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/违规告警|后来的证据|yn_ccgp\/list/);
  });

  it('lists the pages of the project where the finding names none, in words without a notation', async () => {
    const { number } = await openOn(['APPLICABILITY_UNKNOWN'], '不能判断是否适用。');
    const text = await textOf(number);
    expect(text).toContain('证据1\n');
    expect(text).toContain('甲公司；乙公司');
    expect(text).not.toContain('["甲公司');
  });

  it('says from when a deadline lies that the calendar does not reach yet, and with its weekday one that it does', async () => {
    const { desk, number } = await openOn(['COVERAGE_GAP'], '不能认定没有。');
    expect(await textOf(number)).toContain('2026年3月27日（周五）');
    now = epochOf('2026-12-30T09:00');
    const li = { kind: 'person', name: '李明' } as const;
    await actOnCases(desk, li, new Map([[number, 1]]), { action: 'started', note: '' });
    expect(await textOf(number)).toContain('待定：晚于2026年12月31日（周四），所涉年度的放假通知收录后确定');
  });

  it('names a question that the publisher has not answered, with its day, and once that is over', async () => {
    const { desk, number } = await openOn(['COVERAGE_GAP'], '不能认定没有。');
    const li = { kind: 'person', name: '李明' } as const;
    await actOnCases(desk, li, new Map([[number, 1]]), { action: 'started', note: '' });
    await actOnCases(desk, li, new Map([[number, 2]]), { action: 'asked', to: '采购中心', note: '请提供日志。' });
    expect(await textOf(number)).toContain('采购中心：请提供日志。（请于2026年3月27日（周五）前答复）');
    now = epochOf('2026-03-28T00:00');
    expect(await textOf(number)).toContain('前答复，逾期未答复）');
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
