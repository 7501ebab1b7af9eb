import { describe, expect, it } from 'vitest';

import { extractFile } from './extract.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('extracting a saved page', () => {
  it('prints the contract with every key, absent values null', () => {
    expect(extractFile('a.txt', bytes('路灯工程成交公告\n发布时间：2026-03-16 17:03  信息来源：某网'), null)).toEqual({
      file: 'a.txt',
      kind: 'result',
      track: null,
      title: '路灯工程成交公告',
      projectName: '路灯工程',
      projectCode: null,
      purchaser: null,
      agency: null,
      suppliers: [],
      amount: null,
      amountKind: null,
      publishDate: '2026-03-16T17:03',
      publicityStart: null,
      publicityEnd: null,
      openingDate: null,
      region: null,
      lots: [],
      candidates: [],
    });
  });

  it('takes title, date and column from what lies beside the page, as a crawler would know them', () => {
    const meta = {
      title: '（招标）体育公园建设项目.BZBJ',
      date: '2026-03-16 00:00:00',
      infoType: '招标/资审文件澄清',
      business: '工程建设',
      region: '开远市',
    };
    expect(extractFile('a.txt', bytes('对文件澄清与修改的主要内容\n详见招标文件'), meta)).toMatchObject({
      kind: 'correction',
      track: 'construction',
      title: '（招标）体育公园建设项目.BZBJ',
      publishDate: '2026-03-16',
      region: '开远市',
    });
  });

  it('reads a page by its markup and takes no title from the name of the site', () => {
    const page =
      '<html><head><title>全国公共资源交易平台</title></head><body><h4>用车服务采购项目合同</h4><table><tr><th>采购人名称</th><td>开远市体育中心</td></tr></table></body></html>';
    expect(extractFile('b.html', bytes(page), null)).toMatchObject({
      kind: 'contract',
      title: '用车服务采购项目合同',
      purchaser: '开远市体育中心',
    });
  });
});
