import type { NoticeKind, Track } from '../../src/model/notice.ts';
import type { Channel } from '../../src/model/source.ts';

/** One column: its API paths and the names its fields bear (they differ from list to list; grade A, 2026-08). */
export interface GgzyChannel {
  channel: Channel;
  listPath: string;
  detailPath: string;
  /** Query fields beside the common ones. */
  query: Record<string, string>;
  title: string;
  date: string;
  body: string;
  /** Group number in the public page's address. */
  colCode: string;
}

const API = '/ynggfwpt-home-api';
const CENTRE = `${API}/jyzyCenter/jyInfo`;

/** Columns in which a month without a row is ordinary in one prefecture. */
const RARE = {
  plan: '招标计划为提前发布的自选步骤，部分项目没有',
  change: '没有更正的月份属于正常',
  abnormal: '没有废标、终止的月份属于正常',
  contract: '合同公示由招标人自行上传，部分地区长期没有',
  supplement: '没有补充公告的月份属于正常',
  asset: '国有产权交易数量少，部分年份没有',
  single: '单一来源采购数量少',
};

type Fields = readonly [title: string, date: string, body: string];

const PLAIN: Fields = ['title', 'publishTime', 'content'];
const EXCEPTION: Fields = ['exceptionName', 'fabutime', 'exceptionInfor'];
const CONTRACT: Fields = ['contractName', 'createtime', 'contractContent'];
const CHANGE: Fields = ['changetitle', 'modificationstarttime', 'changecontent'];
const RESULT: Fields = ['winbidbulletintitle', 'winbidbulletinstarttime', 'winbidbulletincontent'];
const LAND: Fields = ['announcementTitle', 'gongshiTime', 'announcementConnect'];

function group(prefix: string, track: Track, colCode: string, query: Record<string, string>) {
  return (
    id: string,
    name: string,
    kind: NoticeKind | null,
    mayBeEmpty: string | null,
    [list, detail]: readonly [string, string],
    [title, date, body]: Fields,
    more: Record<string, string> = {},
  ): GgzyChannel => ({
    channel: { id, name, track, kind, mayBeEmpty },
    listPath: `${prefix}/${list}`,
    detailPath: `${prefix}/${detail}`,
    query: { ...query, ...more },
    title,
    date,
    body,
    colCode,
  });
}

const gcjs = group(`${CENTRE}/gcjs`, 'construction', '1', { tradeType: 'gcjs' });
const zfcg = group(`${CENTRE}/zfcg`, 'procurement', '2', {});
const mirror = group(`${API}/zfchw`, 'procurement', '21', {});
const land = group(`${CENTRE}/tdsyq`, 'land', '3', {});
const asset = group(`${CENTRE}/cqjy`, 'asset', '4', {});

/** One list a class: the mirror of yn_ccgp, without the captcha that ends the site's own list at its first page. */
function mirrored(
  id: string,
  name: string,
  kind: NoticeKind,
  bulletinclass: string,
  mayBeEmpty: string | null,
): GgzyChannel {
  return mirror(
    id,
    name,
    kind,
    mayBeEmpty,
    ['getggList', 'findggByGuid'],
    ['bulletinTitle', 'finishDay', 'fileContent'],
    {
      bulletinclass,
    },
  );
}

export const channels: readonly GgzyChannel[] = [
  gcjs(
    'gcjs_plan',
    '招标计划',
    'plan',
    RARE.plan,
    ['getTenserPlanList', 'getTenserPlanDetail'],
    ['tenderProjectName', 'publishTime', 'content'],
  ),
  gcjs(
    'gcjs_tender',
    '招标公告',
    'tender',
    null,
    ['getZbggList', 'findZbggByGuid'],
    ['bulletinname', 'bulletinissuetime', 'bulletincontent'],
  ),
  gcjs('gcjs_change', '变更公告', 'correction', RARE.change, ['getGzsxList', 'findGzsxByGuid'], CHANGE),
  // getPbbgList, not getZbwjygsList (预公示): right by name and by the majority of crawlers.
  gcjs(
    'gcjs_candidate',
    '中标候选人公示',
    'candidate',
    null,
    ['getPbbgList', 'findPbbgByGuid'],
    ['publicityname', 'publicitystarttime', 'publicitycontent'],
  ),
  gcjs('gcjs_result', '中标结果公告', 'result', null, ['getZbJgGgList', 'findZbJgGgByGuid'], RESULT),
  gcjs('gcjs_contract', '合同公示', 'contract', RARE.contract, ['getContractList', 'getGcjsContractDetail'], CONTRACT),
  gcjs('gcjs_abnormal', '异常公告', null, RARE.abnormal, ['getZbycList', 'findZbycByGuid'], EXCEPTION),

  zfcg(
    'zfcg_tender',
    '采购公告',
    'tender',
    null,
    ['getCgggList', 'findCgggByGuid'],
    ['bulletintitle', 'bulletinstarttime', 'bulletincontent'],
  ),
  zfcg('zfcg_change', '更正公告', 'correction', RARE.change, ['getGzsxList', 'findGzsxByGuid'], CHANGE),
  zfcg('zfcg_result', '结果公告', 'result', null, ['getZbjgList', 'findZbjgByGuid'], RESULT),
  zfcg('zfcg_contract', '合同公告', 'contract', RARE.contract, ['getHtgsList', 'findHtgsByGuid'], CONTRACT),
  zfcg('zfcg_abnormal', '异常公告', null, RARE.abnormal, ['getYcggList', 'findYcggByGuid'], EXCEPTION),

  mirrored('mirror_tender', '政府采购网·采购公告', 'tender', 'bxlx001', null),
  mirrored('mirror_change', '政府采购网·更正公告', 'correction', 'bxlx004', RARE.change),
  mirrored('mirror_single', '政府采购网·单一来源公示', 'single_source', 'bxlx005', RARE.single),
  mirrored('mirror_result', '政府采购网·采购结果公告', 'result', 'bxlx007', null),
  mirrored('mirror_abnormal', '政府采购网·终止公告', 'terminated', 'bxlx008', RARE.abnormal),
  mirrored('mirror_contract', '政府采购网·合同公告', 'contract', 'bxlx014', RARE.contract),

  land('td_notice', '出让公告', 'tender', null, ['getTdsyqList', 'findTdsyqByGuid'], LAND, { bulletinNature: '1' }),
  land('td_supplement', '补充公告', 'correction', RARE.supplement, ['getTdsyqList', 'findTdsyqByGuid'], LAND, {
    bulletinNature: '2',
  }),
  land(
    'td_result',
    '成交宗地',
    'result',
    null,
    ['getTdcjzdList', 'findTdcjzdByGuid'],
    ['title', 'gongshiTime', 'ggNeirong'],
  ),

  asset('cq_listing', '挂牌披露', 'tender', RARE.asset, ['getGpggList', 'findGpggByGuid'], PLAIN),
  asset('cq_result', '交易结果', 'result', RARE.asset, ['getJyjgList', 'findJyjgByGuid'], PLAIN),
];

export function ggzyChannel(id: string): GgzyChannel {
  const found = channels.find(({ channel }) => channel.id === id);
  if (found === undefined) throw new Error(`yn_ggzy has no channel ${id}`);
  return found;
}
