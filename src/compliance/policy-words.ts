import { CATEGORY_NAMES, METHOD_NAMES } from '../model/notice-names.ts';
import { plainDay } from '../model/day-words.ts';
import type { LocalDay } from '../model/day.ts';
import type { OpenTenderLine, Policy } from '../model/policy.ts';
import type { Rule } from './rules/rule.ts';
import { yuan } from './rules/rule.ts';
import type { Statute } from './statutes/statute.ts';

/** What the operator decides, as people call it, with the name it bears in config/. */
export const SETTING_NAMES: Record<keyof Policy, string> = {
  rollover: '最后一日顺延（rollover）',
  localHolidays: '地方放假日的处理（localHolidays）',
  localRule: '本地三日公示的执行期间（localRule）',
  enabled: '规则的启用与停用（enabled）',
  reviewAlert: '待核提示（reviewAlert）',
  designatedMedia: '指定发布媒介（designatedMedia）',
  regionCode: '本地区代码（region.code）',
  openTenderLines: '公开招标数额标准（openTenderLines）',
};

interface RuleSetting {
  setting: keyof Policy;
  /** What it is set to, in words. */
  value: string;
}

/** Whether findings are made by a rule under a policy. */
export function isOn({ id }: Rule | Statute, policy: Policy): boolean {
  if (id === 'KY-REVIEW-3D') return policy.reviewAlert !== 'off';
  return policy.enabled[id] !== false;
}

/** Every setting that a rule's verdicts depend on. `sourceName`: what a site is called. */
export function settingsOfRule(
  rule: Rule | Statute,
  policy: Policy,
  sourceName: (id: string) => string,
): RuleSetting[] {
  const { id } = rule;
  const settings: RuleSetting[] = [];
  const add = (setting: keyof Policy, value: string): void => void settings.push({ setting, value });
  if (id === 'KY-REVIEW-3D') {
    add('reviewAlert', reviewWords(policy.reviewAlert));
    add('regionCode', policy.regionCode);
  } else {
    add('enabled', isOn(rule, policy) ? '启用' : '停用');
  }
  if (id === 'KY-GP-3D' || id === 'GP-CANDIDATE') add('localRule', localRuleWords(policy.localRule));
  if (id === 'KY-GP-3D' || id === 'TB-CAND-3D') add('rollover', policy.rollover ? '顺延至下一工作日' : '不顺延');
  if (rule.period !== null && id !== 'KY-REVIEW-3D') add('localHolidays', LOCAL_HOLIDAYS[policy.localHolidays]);
  const media = MEDIA_OF[id];
  if (media !== undefined) add('designatedMedia', policy.designatedMedia[media].map(sourceName).join('、'));
  if (id === 'GP-SS-5WD' || id === 'GP-MEDIA') add('openTenderLines', policy.openTenderLines.map(lineWords).join('；'));
  return settings;
}

/** The review looks for the publicity of the local rule. */
const MEDIA_OF: Partial<Record<string, keyof Policy['designatedMedia']>> = {
  'KY-GP-3D': 'KY-GP-3D',
  'KY-REVIEW-3D': 'KY-GP-3D',
  'TB-CAND-3D': 'TB-CAND-3D',
  'GP-SS-5WD': 'GP-SS-5WD',
};

const LOCAL_HOLIDAYS: Record<Policy['localHolidays'], string> = {
  undetermined: '结论取决于地方放假日的，不下结论',
  ignore: '地方放假日不作为休息日',
  restDay: '地方放假日作为休息日',
};

function localRuleWords({ from, to, verifiedTo }: Policy['localRule']): string {
  const confirmed = verifiedTo === null ? '' : `，仅确认执行至${plainDay(verifiedTo)}`;
  return `${spanWords(from, to)}${confirmed}`;
}

function spanWords(from: LocalDay, to: LocalDay | null): string {
  return to === null ? `${plainDay(from)}起，未定终止日` : `${plainDay(from)}至${plainDay(to)}`;
}

const REVIEW_AS = { off: '不提示', review: '作待核提示', violation: '按违规告警' } as const;

function reviewWords(review: Policy['reviewAlert']): string {
  if (typeof review === 'string') return REVIEW_AS[review];
  const { as, methods, categories, from, minBudget } = review;
  const limits = [
    ...(methods === undefined ? [] : [methods.map((method) => METHOD_NAMES[method]).join('、')]),
    ...(categories === undefined ? [] : [categories.map((category) => CATEGORY_NAMES[category]).join('、')]),
    ...(from === undefined ? [] : [`${plainDay(from)}起`]),
    ...(minBudget === undefined ? [] : [`预算${yuan(minBudget)}以上（含本数）`]),
  ];
  return limits.length === 0 ? REVIEW_AS[as] : `${REVIEW_AS[as]}，限于${limits.join('，')}`;
}

function lineWords({ region, from, to, goods, services, source, checked }: OpenTenderLine): string {
  const where = region === '' ? '' : `区划代码以 ${region} 开头的地区，`;
  const mark = checked ? '' : '（未核对原文）';
  return `${where}${spanWords(from, to)}，货物${yuan(goods)}、服务${yuan(services)}以上（含本数），出处：${source}${mark}`;
}
