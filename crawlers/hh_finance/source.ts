import { columnSite } from '../shared/column-site/site.ts';

export const source = columnSite({
  id: 'hh_finance',
  name: '红河州财政局政府采购信息',
  owner: '红河州财政局',
  homepage: 'http://czj.hh.gov.cn',
  address: 'http://czj.hh.gov.cn',
  // One column of mixed kinds: 采购公告、成交候选供应商公示、结果、成交通知书、合同、更正. The title says which.
  channels: [{ id: 'zfcg', name: '政府采购信息', track: 'procurement', kind: null, mayBeEmpty: null }],
  assertions: [
    { field: 'publishDate', atLeast: 0.99, reason: '列表与文章页都印日期' },
    { field: 'purchaser', atLeast: 0.85, reason: '政府采购公告须载明采购人；通知类文章偶有混入' },
    { field: 'projectCode', atLeast: 0.85, reason: '政府采购公告须载明项目编号；通知类文章偶有混入' },
    {
      field: 'amount',
      kinds: ['result', 'contract'],
      atLeast: 0.8,
      reason: '结果与合同公告须载明金额；框架协议和按费率、单价成交的没有',
    },
  ],
  cadence: '每四小时一次：候选供应商公示期只有三日，宜当日看到',
  defaults: {
    pace: { minIntervalMs: 2000, reason: '州级部门网站容量未知，也未公布频率限制；每分钟不超过三十次，首次运行后再核' },
    // The site's speed is unknown until the first live run; a reader would have given up after 30 s.
    timeoutMs: 30_000,
    // Pages with pictures pasted into the text reach some megabytes.
    maxBodyBytes: 8 * 1024 * 1024,
    // The charset stands only in <meta>; stated here, so that a short page is not left to a guess.
    charset: 'gb18030',
    quietHours: null,
    schedule: {
      visits: '32 8-20/4 * * *',
      sweep: '32 12 * * 0',
      // As long as corrections and silent edits cluster after publication: the days re-read at every run.
      overlapDays: 10,
      jitterMinutes: 10,
      reason: '候选供应商公示期只有三日，宜当日看到；周日网站清闲，通读全部列表',
    },
    conditionalRequests: {
      use: true,
      reason: '静态网页多带 ETag 或 Last-Modified，未变的正文不必重传；是否可靠未核实，每周通读时整页核对',
    },
  },
  regionFilter: '全州条目：标题写明其他县市的略过，写明开远的采集，未写明的由详情页的采购单位与项目地点判定',
  scope: 'mixed',
});
