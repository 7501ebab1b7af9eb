import { z } from 'zod';

import type { SourceDefinition } from '../../src/model/source.ts';
import { channelOf } from '../shared/listing.ts';
import { optionsOf } from '../shared/options.ts';
import { readAttachments } from './attachments.ts';
import { channels } from './channels.ts';
import { readDetail } from './detail.ts';
import { listRequest, readList } from './list.ts';

const optionsSchema = z
  .strictObject({
    cityId: z
      .string()
      .regex(/^\d{3}$/)
      .default('015')
      .describe("三位地州代码，加引号，红河州为 '015'"),
  })
  .describe('cityId 一项');

export const source: SourceDefinition = {
  id: 'yn_ggzy',
  name: '云南省公共资源交易信息网',
  owner: '云南省公共资源交易中心（红河州建设工程交易信息网并入）',
  homepage: 'https://ggzy.yn.gov.cn',
  address: 'https://ggzy.yn.gov.cn',
  channels: channels.map(({ channel }) => channel),
  assertions: [
    {
      field: 'projectCode',
      channels: channels.flatMap(({ channel: { id, kind } }) => (kind === 'plan' ? [] : [id])),
      atLeast: 0.9,
      reason: '进场交易均有项目编号或标段编号；招标计划发布时尚无编号',
    },
    {
      field: 'purchaser',
      channels: channels.flatMap(({ channel: { id, track } }) => (track === 'land' ? [] : [id])),
      atLeast: 0.9,
      reason: '各类公告均载明招标人、采购人或转让方；土地公告的出让人为自然资源部门，常不另印',
    },
    { field: 'publishDate', atLeast: 0.99, reason: '列表与详情接口都带发布时间' },
    {
      field: 'amount',
      kinds: ['result', 'contract'],
      atLeast: 0.8,
      reason: '结果与合同载明金额；按下浮率、单价中标的没有',
    },
  ],
  cadence: '每四小时一次：接口可按日期查询，隔日补采也不会缺条；密一些是为了尽早看到候选人公示',
  defaults: {
    pace: { minIntervalMs: 1000, reason: '2023 至 2026-08 的实测未见频率限制；接口无公开约定，按每秒一次从缓' },
    // No slow answer was reported in the tests of 2026-08; a reader would have given up after 30 s.
    timeoutMs: 30_000,
    // Notices are written in Word and come with its styles, some with inline pictures.
    maxBodyBytes: 16 * 1024 * 1024,
    charset: null,
    quietHours: null,
    schedule: {
      visits: '20 8-20/4 * * *',
      sweep: '20 11 * * 0',
      // As long as corrections and silent edits cluster after publication: the days re-read at every run.
      overlapDays: 10,
      jitterMinutes: 10,
      reason: '上班时段每四小时一次，尽早看到候选人公示；周日网站清闲，通读全部列表，以便发现倒填日期的公告',
    },
    conditionalRequests: {
      use: true,
      reason: '网站给出 ETag 或 Last-Modified 的才用；是否可靠未核实，每周通读时整页核对',
    },
  },
  regionFilter:
    '请求限定红河州（cityId 015）；开远市按平台名称（jyptid）与标题判定，仍不能判定的由详情页的采购单位、行政区域与建设地点判定',
  create(settings, region) {
    const { cityId } = optionsOf(optionsSchema, source.id, settings);
    const context = { settings, region, cityId };
    return {
      definition: source,
      settings,
      start: (channel, window) => [listRequest(context, channel.id, window, 1)],
      read(page) {
        channelOf(source.channels, page.request);
        if (page.request.role === 'attachments') return readAttachments(context, page);
        return page.request.role === 'detail' ? readDetail(context, page) : readList(context, page);
      },
    };
  },
};
