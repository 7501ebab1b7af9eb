import { z } from 'zod';

import { NOTICE_KINDS } from '../../src/model/notice.ts';
import type { Channel, SourceDefinition } from '../../src/model/source.ts';
import { channelOf } from '../shared/listing.ts';
import { optionsOf } from '../shared/options.ts';
import { readDetail } from './detail.ts';
import { homeRequest, readHome } from './home.ts';
import { listRequest, readList } from './list.ts';
import { readWarmup, warmupRequest } from './warmup.ts';

const optionsSchema = z
  .strictObject({
    classes: z
      .record(
        z.string().regex(/^[a-z]+\d+$/),
        z.enum(NOTICE_KINDS).describe(`公告种类，取 ${NOTICE_KINDS.join('、')} 之一`),
      )
      .default({})
      .describe('公告类型代码到公告种类的对照，如 bxlx009: acceptance'),
  })
  .describe('classes 一项');

const channels: Channel[] = [
  { id: 'home', name: '首页结果公告', track: 'procurement', kind: 'result', mayBeEmpty: null },
  { id: 'list', name: '公告列表', track: 'procurement', kind: null, mayBeEmpty: null },
];

export const source: SourceDefinition = {
  id: 'yn_ccgp',
  name: '云南省政府采购网',
  owner: '云南省财政厅',
  homepage: 'http://www.ccgp-yunnan.gov.cn',
  address: 'http://www.ccgp-yunnan.gov.cn',
  channels,
  assertions: [
    { field: 'projectCode', atLeast: 0.95, reason: '政府采购公告按标准文本须载明项目编号，个别老公告漏填' },
    { field: 'purchaser', atLeast: 0.95, reason: '概要表固定有“采购单位”一栏' },
    { field: 'publishDate', atLeast: 0.99, reason: '概要表固定有“公告时间”一栏，列表也印日期' },
    {
      field: 'amount',
      kinds: ['result', 'contract'],
      atLeast: 0.85,
      reason: '结果与合同公告须载明金额；框架协议和按费率、单价成交的没有',
    },
  ],
  cadence: '每两小时一次：列表只给出全省最新 200 条（首页 20 条），取得稀了就会有缺口',
  defaults: {
    pace: {
      minIntervalMs: 8000,
      reason: '2026-08 实测以 8 秒一次采集无异常；2026-07 曾见该站对部分地址整站返回 403，不宜更快',
    },
    // No slow answer was reported in the tests of 2026-08; a reader would have given up after 30 s.
    timeoutMs: 30_000,
    // Template HTML with a style on every cell: a goods table of some thousand rows stays under it.
    maxBodyBytes: 8 * 1024 * 1024,
    charset: null,
    quietHours: null,
    schedule: {
      visits: '5 8-22/2 * * *',
      sweep: '5 10 * * 0',
      // As long as corrections and silent edits cluster after publication: the days re-read at every run.
      overlapDays: 10,
      jitterMinutes: 10,
      reason: '列表只给出全省最新 200 条，两小时一次才不会有缺口；夜间不发布；周日通读',
    },
    conditionalRequests: {
      use: true,
      reason: '网站给出 ETag 或 Last-Modified 的才用；是否可靠未核实，每周通读时整页核对',
    },
  },
  regionFilter:
    '公告列表按行政区划（codeName）；红河州本级、首页公告按标题，标题未写明的由详情页的采购单位与行政区域判定',
  create(settings, region) {
    const { classes } = optionsOf(optionsSchema, source.id, settings);
    const context = { settings, region, classes };
    return {
      definition: source,
      settings,
      start: (channel, window) =>
        channel.id === 'home'
          ? [homeRequest(settings, window)]
          : [warmupRequest(settings), listRequest(settings, window)],
      read(page) {
        const channel = channelOf(channels, page.request);
        if (page.request.role === 'warmup') return readWarmup(page, settings);
        if (page.request.role === 'detail') return readDetail(context, page);
        return channel.id === 'home' ? readHome(context, page) : readList(context, page);
      },
    };
  },
};
