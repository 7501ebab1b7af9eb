import type { Channel } from '../../src/model/source.ts';

/** One column with the API paths and field names behind it (live test of 2026-10-03, grade A). */
export interface LandChannel {
  channel: Channel;
  listPath: string;
  detailPath: string;
  /** Field that identifies a row, and the key a detail is asked by. GUIDs carry a prefix (`gygg…`): kept whole. */
  guid: 'gyggGuid' | 'cjgsGuid' | 'gdGuid';
  /** `type` of the public page's address. */
  publicType: string;
}

export const channels: readonly LandChannel[] = [
  {
    channel: { id: 'transfer', name: '出让公告', track: 'land', kind: 'tender', mayBeEmpty: null },
    listPath: '/tGygg/transfer/list',
    detailPath: '/tGygg/transfer/detail',
    guid: 'gyggGuid',
    publicType: '出让公告',
  },
  {
    channel: { id: 'deal', name: '成交公示', track: 'land', kind: 'result', mayBeEmpty: null },
    listPath: '/tCjgs/deal/list',
    detailPath: '/tCjgs/deal/detail',
    guid: 'cjgsGuid',
    publicType: '地块公示',
  },
  {
    channel: { id: 'result', name: '供地结果', track: 'land', kind: 'result', mayBeEmpty: null },
    listPath: '/tGdxm/result/list',
    detailPath: '/tGdxm/result/detail',
    guid: 'gdGuid',
    publicType: '供地结果',
  },
];
