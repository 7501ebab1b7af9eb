import { z } from 'zod';

import type { SourceDefinition } from '../../src/model/source.ts';
import { channelOf } from '../shared/listing.ts';
import { optionsOf } from '../shared/options.ts';
import { channels } from './channels.ts';
import { readDetail } from './detail.ts';
import { listRequest, readList } from './list.ts';

const optionsSchema = z.strictObject({}).describe('此来源没有选项，请删去 options');

export const source: SourceDefinition = {
  id: 'landchina',
  name: '中国土地市场网',
  owner: '自然资源部',
  homepage: 'https://www.landchina.com',
  address: 'https://api.landchina.com',
  channels: channels.map(({ channel }) => channel),
  assertions: [
    { field: 'projectCode', atLeast: 0.9, reason: '宗地编号或电子监管号是供地记录的主键' },
    {
      field: 'publishDate',
      channels: ['transfer', 'deal'],
      atLeast: 0.99,
      reason: '出让公告与成交公示带发布时间；供地结果不带',
    },
    {
      field: 'amount',
      channels: ['deal'],
      atLeast: 0.8,
      reason: '成交公示须载明成交价；同批多宗的逐宗列出，不另计总价',
    },
  ],
  cadence: '每日一次：县级土地公告每月数条，出让公告期不少于二十日',
  defaults: {
    pace: {
      minIntervalMs: 1100,
      reason: '2026-10-03 实测列表 0.35 秒、详情 1.1 秒一次无异常，取较缓者；过快会得到重复页或跳转',
    },
    // Lists of deals took 30–45 s in the live test of 2026-10-03; twice the slowest.
    timeoutMs: 90_000,
    // Notices hold tables of parcels, some with inline pictures of the land.
    maxBodyBytes: 8 * 1024 * 1024,
    charset: null,
    quietHours: null,
    schedule: {
      visits: '40 9 * * *',
      sweep: '40 13 * * 0',
      // As long as corrections and silent edits cluster after publication: the days re-read at every run.
      overlapDays: 10,
      jitterMinutes: 10,
      reason: '县级土地公告每月数条，出让公告期不少于二十日，每日一次即可；周日通读全部列表，以便发现倒填日期的公告',
    },
    conditionalRequests: {
      use: false,
      reason: '公告由接口以 POST 查询返回，没有条件请求可言',
    },
  },
  regionFilter: '请求中以六位行政区划代码（xzqDm）限定，返回条目的代码须完全相同',
  create(settings, region) {
    optionsOf(optionsSchema, source.id, settings);
    const context = { settings, region };
    return {
      definition: source,
      settings,
      start: (channel, window) => [listRequest(context, channel.id, window, 1)],
      read(page) {
        channelOf(source.channels, page.request);
        return page.request.role === 'detail' ? readDetail(context, page) : readList(context, page);
      },
    };
  },
};
