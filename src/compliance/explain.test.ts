import { describe, expect, it } from 'vitest';

import { REASON_CODES } from '../model/finding.ts';
import { codeText, severityName, verdictName } from './code-texts.ts';
import { candidate, facts, localWorks, notice, result, sentenceOf, singleSource, tender } from './test-facts.ts';

describe('the sentence a clerk can check with a calendar in hand', () => {
  it('names publication, each day, the end, the result and what is missing', () => {
    expect(sentenceOf(facts([candidate('2024-03-04'), result('2024-03-07')]))).toBe(
      '中标候选人公示于2024年3月4日（周一）发布（当日不计）；' +
        '第1日3月5日（周二）、第2日3月6日（周三）、第3日3月7日（周四），至2024年3月7日24时期满，结果最早应在2024年3月8日（周五）；' +
        '结果公告于2024年3月7日（周四）发布，少1日；' +
        '依据《招标投标法实施条例》第五十四条，中标候选人公示期不得少于3日。',
    );
  });

  it('says why the last day moves, by the law of its time', () => {
    const on = (at: string, to: string) =>
      sentenceOf(facts([candidate(at), result(to)], { project: { ...tender, on: at } }));
    expect(on('2024-02-07', '2024-02-18')).toContain(
      '第3日2月10日（周六，春节），最后一日为休息日，依《民法典》第二百零三条顺延至2024年2月18日（周日，调休上班）',
    );
    expect(on('2019-04-29', '2019-05-03')).toContain('依《民法总则》第二百零三条');
    expect(on('2016-09-30', '2016-10-08')).toContain('依《民法通则》第一百五十四条');
  });

  it('lists working days only, worked Sundays among them', () => {
    const given = facts([notice('single_source', '2024-09-26'), result('2024-09-30')], { project: singleSource });
    expect(sentenceOf(given)).toContain(
      '第1个工作日9月27日（周五）、第2个工作日9月29日（周日，调休上班）、第3个工作日9月30日（周一）、第4个工作日10月8日（周二）、第5个工作日10月9日（周三），休息日不计',
    );
    expect(sentenceOf(given)).toContain('少3个工作日');
  });

  it('says what was searched where nothing was found', () => {
    const given = facts([candidate('2024-03-01', { designated: false }), result('2024-03-08')], {
      project: localWorks,
    });
    expect(sentenceOf(given)).toContain('规定媒体均已完整采集，未见本轮的成交候选供应商公示');
    expect(sentenceOf(given)).toContain('2024年3月1日（周五）在非规定媒体的公示不能代替');
  });

  it('names letter and contract by their own dates', () => {
    const given = facts([candidate('2024-03-04'), notice('award_letter', '2024-03-11', { eventDate: '2024-03-06' })], {
      project: localWorks,
    });
    expect(sentenceOf(given)).toContain('成交通知书日期为2024年3月6日（周三），少2日');
  });

  it('gives the bound of the observed clock', () => {
    const given = facts([
      candidate('2024-07-01', { absentAt: '2024-07-03 06:00', firstSeenAt: '2024-07-04 06:00' }),
      result('2024-07-05'),
    ]);
    expect(sentenceOf(given)).toContain(
      '在2024年7月3日（周三）结束的完整采集中仍不存在，2024年7月4日（周四）才首次见到',
    );
  });

  it('says that unknown local days were not counted', () => {
    const given = facts([candidate('2025-03-03'), result('2025-03-07')], { project: { ...tender, on: '2025-03-03' } });
    expect(sentenceOf(given)).toContain('2025年红河州地方放假日未掌握，按全国日历计算');
    expect(sentenceOf({ ...given, project: { ...given.project, city: '530102' } })).not.toContain('红河州');
  });

  it('names the lot', () => {
    const given = facts([candidate('2024-03-04', { lots: ['1'] }), result('2024-03-08', { lots: ['1', '2'] })], {
      project: { ...tender, lots: ['1', '2'] },
    });
    expect(sentenceOf(given)).toMatch(/^标段（包）1：/);
  });

  it('keeps hostile names on one line and short', () => {
    const winner = `坏\u202e公司\n<b>${'长'.repeat(200)}`;
    const given = facts([candidate('2024-03-04', { candidates: ['甲'] }), result('2024-03-08', { winner })]);
    const sentence = sentenceOf(given);
    expect(sentence).not.toMatch(/[\n\u202e]/);
    expect(sentence.length).toBeLessThan(400);
  });
});

describe('an undetermined sentence', () => {
  const undetermined: [string, ReturnType<typeof facts>, string][] = [
    ['PENDING', facts([candidate('2024-03-04')]), '结果公布'],
    ['APPLICABILITY_UNKNOWN', facts([], { project: { ...tender, estimate: null } }), '补充合同估算价'],
    [
      'COVERAGE_GAP',
      facts([result('2024-03-08')], { coverage: 'partial', coverageReason: '3月5日未采集' }),
      '补齐采集',
    ],
    ['LOCAL_HOLIDAY_DEPENDENT', facts([candidate('2024-11-15'), result('2024-11-19')]), 'localHolidays'],
    [
      'CORRECTION_MATERIALITY_UNKNOWN',
      facts([
        candidate('2024-06-03', { id: 'n1' }),
        notice('correction', '2024-06-05', { corrects: 'n1' }),
        result('2024-06-07'),
      ]),
      '查看更正附件',
    ],
    [
      'HOUR_COUNT_AMBIGUOUS',
      facts([candidate('2024-05-06', { statedPeriod: { to: '2024-05-09 09:00' } }), result('2024-05-10')]),
      '核实公示的实际起止时刻',
    ],
    [
      'LOT_UNRESOLVED',
      facts([candidate('2024-03-04'), result('2024-03-08')], { project: { ...tender, lots: ['1', '2'] } }),
      '查明各公告所属标段（包）',
    ],
    ['CALENDAR_MISSING', facts([candidate('2026-12-29'), result('2027-01-03')]), '补录该年度国务院放假通知'],
    [
      'BACKDATING_SUSPECTED',
      facts([candidate('2024-07-01', { firstSeenAt: '2024-07-05' }), result('2024-07-05')]),
      '核实实际发布时间',
    ],
    [
      'NOTICE_UNREACHABLE',
      facts([candidate('2024-03-04', { unreachableDates: ['2024-03-05'] }), result('2024-03-08')]),
      '是否被撤下',
    ],
    [
      'FIRST_CANDIDATE_SKIPPED',
      facts([candidate('2024-03-04', { candidates: ['甲', '乙'] }), result('2024-03-08', { winner: '乙' })]),
      '未中标的理由',
    ],
  ];

  it.each(undetermined)('for %s says 因为, and what would settle it', (_code, given, settledBy) => {
    const sentence = sentenceOf(given);
    expect(sentence).toContain('因为');
    expect(sentence).toContain(settledBy);
    expect(sentence).toMatch(/后即可判定。$/);
  });
});

describe('texts', () => {
  it('stand for every code, severity and verdict', () => {
    expect(REASON_CODES.filter((code) => !/[\u4e00-\u9fff]/.test(codeText(code)))).toEqual([]);
    expect([severityName('critical'), severityName('none'), verdictName('violation')]).toEqual(['严重', '无', '违规']);
  });

  it('of the review never speak of a violation', () => {
    for (const code of ['REVIEW_NO_PUBLICITY', 'REVIEW_PUBLICITY_SHORT'] as const) {
      expect(codeText(code)).toMatch(/待核，本地惯例/);
      expect(codeText(code)).not.toMatch(/违/);
    }
  });
});
