import { describe, expect, it } from 'vitest';

import { pageOfHtml } from './html.ts';
import { pageOfText } from './page.ts';

const lines = (html: string): string[] => pageOfHtml(html).lines.map(({ text }) => text);

describe('reading HTML', () => {
  it('keeps the legal text that a display:none container hides and drops what the template editor adds', () => {
    const html =
      '<div style="display:none"><p>一、项目编号：KY-1</p></div><samp class="template-center-hide-state">1</samp><style>p{}</style><script>var myareaId="530000"</script>';
    expect(lines(html)).toEqual(['一、项目编号：KY-1']);
  });

  it('reads rows as cells and gives tables with their spans spread out', () => {
    const html =
      '<table><tr><td>标段</td><td>供应商名称</td></tr><tr><td rowspan="2">一标段</td><td>甲公司</td></tr><tr><td>乙公司</td></tr></table>';
    expect(lines(html)).toEqual(['标段 | 供应商名称', '一标段 | 甲公司', '一标段 | 乙公司']);
    expect(pageOfHtml(html).tables[0]?.rows).toEqual([
      ['标段', '供应商名称'],
      ['一标段', '甲公司'],
      ['一标段', '乙公司'],
    ]);
  });

  it('repairs cells without a row, rows without an end and quotes inside an attribute', () => {
    const html =
      '<table><tr><td class="title">代理机构地址</td><td style="font-family: 微软雅黑, "Microsoft YaHei"; x">昆明</td></tr><td>联系方式</td><td>0871</td></tr><tr><td>甲<td>乙</table>';
    expect(lines(html)).toEqual(['代理机构地址 | 昆明', '联系方式 | 0871', '甲 | 乙']);
  });

  it('keeps an empty value, so that the next label is not taken for it', () => {
    expect(pageOfHtml('<table><tr><td>第二名</td><td></td></tr></table>').lines[0]?.cells).toEqual(['第二名', '']);
  });

  it('joins spans that tear a word and parts blocks that follow each other', () => {
    expect(lines('<p><span>公示</span><span>期：</span></p><p>2026<span>年</span>3月16日&nbsp;至 18日</p>')).toEqual([
      '公示期：',
      '2026年3月16日 至 18日',
    ]);
    expect(lines('<p>采\u200b购\ufeff人：开远市水务局</p>')).toEqual(['采购人：开远市水务局']);
  });

  it('reads a table inside a table row by row', () => {
    expect(lines('<table><tr><td>外<table><tr><td>内</td><td>1</td></tr></table></td></tr></table>')).toEqual([
      '外',
      '内 | 1',
    ]);
  });

  it('reads on to the end of a page that is nested without end, hostile or not', () => {
    expect(lines(`<p>公示</p>${'<div>'.repeat(200_000)}`)).toEqual(['公示']);
    expect(lines(`<p>公示</p>${'<table><tr><td>'.repeat(60_000)}`)[0]).toBe('公示');
  });
});

describe('reading text copied from a page', () => {
  const text = (raw: string): string[] => pageOfText(raw).lines.map((line) => line.text);

  it('joins what spans tore over lines', () => {
    expect(text('灵泉公园改造工程\n--灯光工程\n（\n采购人\n）\n地\n址：开远市\n1\n.\n项目编号：\nKY-1\n。')).toEqual([
      '灵泉公园改造工程--灯光工程',
      '（采购人）',
      '地址：开远市',
      '1.项目编号：',
      'KY-1。',
    ]);
  });

  it('drops the identifiers that templates print between paragraphs', () => {
    expect(text('资金来源：国资\nb8eff6d8-6931-4573-a24d-40b9022ea1a3\n建设规模：一期')).toEqual([
      '资金来源：国资',
      '建设规模：一期',
    ]);
  });

  it('reads cells set apart by bars, empty ones too', () => {
    const page = pageOfText('招标人\n|\n开远市水务局\n|\n第二名\n|\n|\n招标\n方式 |\n公开\n招标 |\n工期\n|');
    expect(page.lines.map((line) => line.text)).toEqual([
      '招标人',
      '开远市水务局',
      '第二名',
      '',
      '招标方式',
      '公开招标',
      '工期',
      '',
    ]);
  });

  it('reads markdown rows as a table', () => {
    const page = pageOfText('四、标的\n| 序号 | 名称 |\n|---|---|\n| 1 | 路灯 |');
    expect(page.tables[0]?.rows).toEqual([
      ['序号', '名称'],
      ['1', '路灯'],
    ]);
  });
});
