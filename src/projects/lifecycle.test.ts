import { describe, expect, it } from 'vitest';

import type { NoticeKind, Track } from '../model/notice.ts';
import { identityOfStored } from './identity.ts';
import { timelineOf } from './lifecycle.ts';
import { notice } from './testing/notices.ts';

type Step = NoticeKind | { kind: NoticeKind; title: string };

/** State and remark after each notice of one round. */
function life(track: Track, method: string | null, ...steps: Step[]): { states: string; remarks: string[] } {
  const events = steps.map((step, i) => {
    const fields = typeof step === 'string' ? { kind: step } : step;
    const id = `x:${i}`;
    const copies = [identityOfStored(notice(id, { track, ...fields }))];
    return {
      group: { id, noticeIds: [id] },
      copies,
      round: 1,
      day: `2026-03-${String(i + 1).padStart(2, '0')}`,
      lots: [],
    };
  });
  const entries = timelineOf(track, method, events);
  return {
    states: entries.map(({ state }) => state).join(' '),
    remarks: entries.flatMap(({ remark }) => remark ?? []),
  };
}

const open = 'open_tender';

describe('lawful ways through a lifecycle carry no remark', () => {
  it.each<[string, Track, string | null, Step[], string]>([
    [
      '建设工程招标：计划、预公示、资格预审、招标、开标、候选人、中标、合同、验收',
      'construction',
      open,
      ['plan', 'preview', 'prequalification', 'tender', 'opening', 'candidate', 'result', 'contract', 'acceptance'],
      'PLANNED DOC_PREVIEW PREQUALIFYING TENDERING OPENED CANDIDATES_PUBLICISED AWARDED CONTRACTED CLOSED',
    ],
    [
      '政府采购：意向、招标、开标、结果、合同、验收',
      'procurement',
      open,
      ['plan', 'tender', 'opening', 'result', 'contract', 'acceptance'],
      'PLANNED TENDERING OPENED AWARDED CONTRACTED CLOSED',
    ],
    [
      '竞争性谈判的本地做法：候选供应商公示后成交',
      'procurement',
      'competitive_negotiation',
      ['tender', 'candidate', 'result'],
      'TENDERING CANDIDATES_PUBLICISED AWARDED',
    ],
    [
      '单一来源：公示、成交、合同',
      'procurement',
      'single_source',
      ['single_source', 'result', 'contract'],
      'SS_PUBLICISED AWARDED CONTRACTED',
    ],
    [
      '框架协议：逐个订单成交、签订合同',
      'procurement',
      'framework',
      ['tender', 'result', 'contract', 'result', 'contract'],
      'TENDERING AWARDED CONTRACTED AWARDED CONTRACTED',
    ],
    [
      '土地挂牌：计划、出让公告、成交、合同、供地结果',
      'land',
      'listing',
      ['plan', 'tender', 'result', 'contract', { kind: 'result', title: '国有建设用地使用权供地结果' }],
      'PLANNED NOTICED DEAL CONTRACTED RESULT_PUBLISHED',
    ],
    [
      '协议出让：意向公示、合同、供地结果',
      'land',
      'agreement',
      ['tender', 'contract', 'result'],
      'INTENT_PUBLICISED CONTRACTED RESULT_PUBLISHED',
    ],
    [
      '国有产权竞价：挂牌、成交、合同',
      'asset',
      'bidding',
      ['tender', 'result', 'contract'],
      'LISTED AWARDED CONTRACTED',
    ],
    [
      '暂停后恢复',
      'construction',
      open,
      ['tender', 'suspended', { kind: 'correction', title: '恢复招标公告' }, 'candidate'],
      'TENDERING SUSPENDED TENDERING CANDIDATES_PUBLICISED',
    ],
    [
      '任何阶段都可以终止',
      'construction',
      open,
      ['tender', 'candidate', 'terminated'],
      'TENDERING CANDIDATES_PUBLICISED TERMINATED',
    ],
    [
      '投诉处理后重新评标，候选人再次公示',
      'construction',
      open,
      ['tender', 'candidate', 'result', 'complaint', 'candidate', 'result'],
      'TENDERING CANDIDATES_PUBLICISED AWARDED AWARDED CANDIDATES_PUBLICISED AWARDED',
    ],
    [
      '合同撤销后另行确定供应商（政府采购法实施条例第七十一条）',
      'procurement',
      open,
      ['tender', 'result', 'contract', 'complaint', 'result', 'contract'],
      'TENDERING AWARDED CONTRACTED CONTRACTED AWARDED CONTRACTED',
    ],
  ])('%s', (_way, track, method, steps, states) => {
    expect(life(track, method, ...steps)).toEqual({ states, remarks: [] });
  });
});

describe('a missing step or one out of order is remarked, as what the collected notices show', () => {
  it.each<[string, Track, string | null, Step[], string]>([
    [
      '开标后未公示候选人即中标',
      'construction',
      open,
      ['tender', 'opening', 'result'],
      '由“开标”直接进入“中标（成交）”，在已采集的公告中未见中标候选人公示',
    ],
    [
      '招标后未公示候选人即发中标通知书',
      'construction',
      open,
      ['tender', 'award_letter'],
      '由“招标（采购）”直接进入“中标（成交）”，在已采集的公告中未见中标候选人公示',
    ],
    ['未见招标公告的候选人公示', 'construction', open, ['candidate'], '在已采集的公告中，“候选人公示”之前未见招标公告'],
    [
      '中标之后才公示候选人，且没有投诉',
      'construction',
      open,
      ['tender', 'candidate', 'result', 'candidate'],
      '“候选人公示”发布在“中标（成交）”之后，次序颠倒',
    ],
    [
      '未见结果的合同',
      'procurement',
      open,
      ['tender', 'contract'],
      '由“招标（采购）”直接进入“签订合同”，在已采集的公告中未见中标（成交）结果公告',
    ],
    ['未见采购公告的成交结果', 'procurement', 'inquiry', ['result'], '在已采集的公告中，“结果公告”之前未见采购公告'],
    [
      '未见公示的单一来源成交',
      'procurement',
      'single_source',
      ['tender', 'result'],
      '由“招标（采购）”直接进入“中标（成交）”，在已采集的公告中未见单一来源公示',
    ],
    [
      '合同之后又发结果，且不是框架协议',
      'procurement',
      open,
      ['tender', 'result', 'contract', 'result'],
      '“结果公告”发布在“签订合同”之后，次序颠倒',
    ],
    ['未见出让公告的成交公示', 'land', 'listing', ['result'], '在已采集的公告中，“结果公告”之前未见出让公告'],
    [
      '未见成交公示的土地合同',
      'land',
      'auction',
      ['tender', 'contract'],
      '由“出让公告”直接进入“签订合同”，在已采集的公告中未见成交公示',
    ],
    [
      '未见意向公示的协议出让合同',
      'land',
      'agreement',
      ['contract'],
      '在已采集的公告中，“合同公告”之前未见供地意向公示',
    ],
    ['未见挂牌公告的竞价结果', 'asset', 'bidding', ['result'], '在已采集的公告中，“结果公告”之前未见挂牌（竞价）公告'],
    [
      '终止之后继续，且未注明重新采购',
      'procurement',
      open,
      ['tender', 'terminated', 'result'],
      '本轮已终止，之后又发布“结果公告”，且未注明重新招标（采购）',
    ],
    [
      '验收之前未见合同',
      'procurement',
      open,
      ['tender', 'result', 'acceptance'],
      '由“中标（成交）”直接进入“验收办结”，在已采集的公告中未见合同公告',
    ],
    [
      '签订合同之后终止',
      'procurement',
      open,
      ['tender', 'result', 'contract', 'terminated'],
      '“签订合同”之后又发布“终止公告”',
    ],
    ['不属于本类流程的公告', 'land', 'listing', ['tender', 'single_source'], '本类项目的流程中没有“单一来源公示”环节'],
  ])('%s', (_way, track, method, steps, remark) => {
    expect(life(track, method, ...steps).remarks).toEqual([remark]);
  });
});
