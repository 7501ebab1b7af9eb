import { isBeyondReview } from '../review-reach.ts';
import { APPLIES, notApplicable, RESULT_KINDS } from './rule.ts';
import type { Rule } from './rule.ts';

/**
 * 待核提示. National procurement law knows no candidate publicity (87号令 art. 69: the result is announced for one
 * working day), so this is local practice put to a person, and never a breach of law unless the operator raises it.
 */
export const kyReview3d: Rule = {
  id: 'KY-REVIEW-3D',
  version: '1',
  title: '政府采购结果未见满3日候选公示（待核，本地惯例）',
  basis: [{ text: '本地惯例，非法定要求；国家政府采购制度未规定候选人公示', checked: true }],
  track: 'procurement',
  methods: '各种政府采购方式',
  category: '工程、货物、服务',
  amountLines: [],
  region: '532502',
  validity: { from: '2016-01-01', to: null },
  period: { length: 3, unit: 'calendar' },
  counting: '发布当日不计，数日历日，不顺延；更正不重新起算，任何网站的公示都算',
  severity: 'info',
  grades: '待人工判断；本单位设为按违规处理的，未见公示为严重，少两日以上为较重，少一日为轻微',
  startKinds: ['candidate', 'single_source'],
  endKinds: RESULT_KINDS,
  words: {
    publicity: '候选公示',
    awardLetter: '成交通知书',
    demand: '本地惯例为候选供应商公示满3日后再公布结果',
  },

  scope(project, on, policy) {
    if (policy.reviewAlert === 'off') return notApplicable('待核提示已在配置中关闭');
    if (project.regime !== 'gov_procurement') return notApplicable('不属于政府采购');
    if (project.city !== policy.regionCode) return notApplicable('采购人不属于本地区');
    return isBeyondReview(project, on, policy) ? notApplicable('不在本单位设定的待核提示范围内') : APPLIES;
  },
};
