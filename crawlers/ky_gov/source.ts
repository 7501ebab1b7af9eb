import type { Channel } from '../../src/model/source.ts';
import { columnSite } from '../shared/column-site/site.ts';

/** Columns mix the kinds of their track, so that none is stated; the title says it. */
const channels: Channel[] = [
  { id: 'gcjs', name: '工程建设', track: 'construction', kind: null, mayBeEmpty: null },
  { id: 'zfcg', name: '政府采购', track: 'procurement', kind: null, mayBeEmpty: null },
  { id: 'tdcr', name: '土地出让', track: 'land', kind: null, mayBeEmpty: null },
  {
    id: 'cqjy',
    name: '国有产权与竞价',
    track: 'asset',
    kind: null,
    mayBeEmpty: '县级国有产权交易数量少，新设栏目可能尚无条目（网站须写明共 0 条）',
  },
];

export const source = columnSite({
  id: 'ky_gov',
  name: '开远市人民政府网',
  owner: '开远市人民政府办公室',
  homepage: 'http://www.hhky.gov.cn',
  address: 'http://www.hhky.gov.cn',
  channels,
  assertions: [
    { field: 'publishDate', atLeast: 0.99, reason: '列表与文章页都印日期' },
    {
      field: 'purchaser',
      channels: ['gcjs', 'zfcg', 'cqjy'],
      atLeast: 0.8,
      reason: '公告载明招标人、采购人或转让方；只放附件而附件无法读取的没有',
    },
    {
      field: 'projectCode',
      channels: ['gcjs', 'zfcg', 'cqjy'],
      atLeast: 0.8,
      reason: '公告载明项目编号；只放附件而附件无法读取的没有',
    },
    {
      field: 'amount',
      channels: ['gcjs', 'zfcg', 'cqjy'],
      kinds: ['result'],
      atLeast: 0.75,
      reason: '结果公告载明金额；按费率、单价中标和只放附件的没有',
    },
  ],
  cadence: '每四小时一次：县级公告每日数条，候选人公示期只有三日，宜当日看到',
  defaults: {
    pace: { minIntervalMs: 2000, reason: '县级政府网站容量未知，也未公布频率限制；每分钟不超过三十次，首次运行后再核' },
    // The site's speed is unknown until the first live run; a reader would have given up after 30 s.
    timeoutMs: 30_000,
    // Pages with pictures pasted into the text reach some megabytes.
    maxBodyBytes: 8 * 1024 * 1024,
    charset: null,
    quietHours: null,
    schedule: {
      visits: '12 8-20/4 * * *',
      sweep: '12 12 * * 0',
      // As long as corrections and silent edits cluster after publication: the days re-read at every run.
      overlapDays: 10,
      jitterMinutes: 10,
      reason: '县级公告每日数条，候选人公示期只有三日，宜当日看到；周日网站清闲，通读全部列表',
    },
    conditionalRequests: {
      use: true,
      reason: '静态网页多带 ETag 或 Last-Modified，未变的正文不必重传；是否可靠未核实，每周通读时整页核对',
    },
  },
  regionFilter: '本市政府网站，全部条目都属于本地区',
  scope: 'own-region',
});
