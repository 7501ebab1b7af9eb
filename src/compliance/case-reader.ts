import { z } from 'zod';

import { isLocalDay } from '../model/day.ts';
import { CorrectInput } from '../model/errors.ts';
import { NOTICE_KINDS } from '../model/notice.ts';
import { readTime } from './times.ts';

/** A case as the judge takes it, and what of it was not used or was understood otherwise than written: nothing passes in silence. */
export interface ReadCase<T> {
  value: T;
  remarks: string[];
}

const time = z
  .union([z.string(), z.number()])
  .refine((value) => readTime(value) !== null)
  .describe('日期、本地时间、带时区的 ISO 时间或毫秒时间戳');
const maybeTime = time.nullish();
const localDay = z.string().refine(isLocalDay).describe('日期，如 2024-03-04');
const yesNo = z.boolean().describe('true 或 false');
const text = z.string().describe('文字');
const amount = z.preprocess(plainNumber, z.number().nonnegative().nullish()).describe('金额（元），不小于 0，或 null');
const count = z.int().min(1).max(999);
const names = z.array(text);

const notice = z.looseObject({
  id: text,
  title: text,
  source: text,
  kind: z
    .enum(NOTICE_KINDS)
    .nullish()
    .describe(`公告种类：${NOTICE_KINDS.join('、')}`),
  publishedAt: time,
  firstSeenAt: maybeTime,
  absentAt: maybeTime,
  prevPublishedAt: maybeTime,
  eventDate: maybeTime,
  statedPeriod: z
    .looseObject({
      from: maybeTime,
      to: maybeTime,
      workdays: count.nullish().describe('工作日数 1–999'),
      days: count.nullish().describe('日数 1–999'),
      hours: z.number().positive().max(9999).nullish().describe('小时数'),
    })
    .nullish(),
  candidates: names.nullish().describe('候选人名称列表'),
  winner: z.union([text, names]).nullish().describe('中标（成交）人名称'),
  lots: names.nullish().describe('标段（包）编号列表'),
  round: z.int().min(1).max(99).nullish().describe('轮次，从 1 起'),
  corrects: z.string().nullish().describe('被更正公告的 id'),
  material: yesNo.nullish(),
  designated: yesNo.nullish(),
  unreachableDates: z.array(time).nullish(),
});

const policyPart = z.looseObject({
  rollover: yesNo.nullish(),
  localHolidays: z.enum(['undetermined', 'ignore', 'restDay']).nullish().describe('undetermined、ignore 或 restDay'),
  localRule: z
    .looseObject({ from: localDay.nullish(), to: localDay.nullish(), verifiedTo: localDay.nullish() })
    .nullish()
    .describe('from、to、verifiedTo'),
  reviewAlert: z.enum(['off', 'review', 'violation']).nullish(),
  enabled: z
    .looseObject({ 'KY-GP-3D': yesNo.optional(), 'TB-CAND-3D': yesNo.optional(), 'GP-SS-5WD': yesNo.optional() })
    .nullish(),
  localDays: z
    .array(z.union([localDay, z.string().regex(/^\d{4}-\d{2}-\d{2} \S+/), z.object({ day: localDay, name: text })]))
    .nullish()
    .describe('地方放假日列表，如 "2025-11-18 州庆"'),
  calendarBefore: z
    .union([z.int(), z.string().regex(/^\d{4}(-\d{2}-\d{2})?$/)])
    .nullish()
    .describe('年份或日期：只用此前发布的放假通知'),
});

const publicityCase = z.looseObject({
  id: text,
  project: z.looseObject({
    regime: text,
    method: z.string().nullish(),
    category: z.string().nullish(),
    subtype: z.string().nullish(),
    stateFunded: yesNo.nullish(),
    estimate: amount,
    budget: amount,
    aboveOpenTenderThreshold: yesNo.nullish(),
    city: z.string().nullish().describe('六位行政区划代码'),
    on: time,
    lots: names.nullish().describe('标段（包）编号列表'),
    skipExplained: yesNo.nullish(),
  }),
  policy: policyPart.nullish(),
  coverage: z.enum(['complete', 'partial']).describe('complete 或 partial'),
  asOf: maybeTime,
  notices: z.array(notice).describe('公告列表'),
});

const periodCase = z.looseObject({
  id: text,
  rule: text,
  start: time,
  end: maybeTime,
  kind: z.enum(['min', 'max', 'exact']).nullish().describe('min、max 或 exact'),
  length: count.nullish().describe('期限长度 1–999'),
  unit: z.enum(['calendar', 'workday']).nullish().describe('calendar 或 workday'),
  policy: policyPart.nullish(),
});

export type PublicityCase = z.infer<typeof publicityCase>;
export type PeriodCase = z.infer<typeof periodCase>;
export type PolicyPart = z.infer<typeof policyPart>;

/** Throws `CorrectInput` naming the case and the key that is wrong. */
export function readPublicityCase(one: Record<string, unknown>, label: string): ReadCase<PublicityCase> {
  const remarks: string[] = [];
  const notices = Array.isArray(one['notices'])
    ? (one['notices'] as unknown[]).flatMap((n, i) => plainNotice(n, i, remarks))
    : one['notices'];
  const project = isObject(one['project']) ? plainProject(one['project'], notices) : one['project'];
  const plain = {
    ...one,
    project,
    notices,
    policy: plainPolicy(one['policy']),
    coverage: plainCoverage(one['coverage'], remarks),
  };
  const value = read(publicityCase, plain, label);
  unused(plain, CASE_KEYS, '', remarks);
  unused(value.project, PROJECT_KEYS, 'project.', remarks);
  unused(value.policy ?? {}, POLICY_KEYS, 'policy.', remarks);
  unused(value.policy?.localRule ?? {}, LOCAL_RULE_KEYS, 'policy.localRule.', remarks);
  value.notices.forEach((n, i) => {
    unused(n, NOTICE_KEYS, `notices.${i}.`, remarks);
    unused(n.statedPeriod ?? {}, PERIOD_KEYS, `notices.${i}.statedPeriod.`, remarks);
  });
  return { value, remarks };
}

/** Throws `CorrectInput` naming the case and the key that is wrong. */
export function readPeriodCase(one: Record<string, unknown>, label: string): ReadCase<PeriodCase> {
  const remarks: string[] = [];
  const unit = typeof one['unit'] === 'string' ? (UNITS[one['unit']] ?? one['unit']) : one['unit'];
  const plain = { ...one, unit, policy: plainPolicy(one['policy']) };
  const value = read(periodCase, plain, label);
  unused(plain, PERIOD_CASE_KEYS, '', remarks);
  return { value, remarks };
}

// ---------------------------------------------------------------- other ways of writing the same

const UNITS: Record<string, string> = {
  workdays: 'workday',
  working: 'workday',
  working_day: 'workday',
  day: 'calendar',
  days: 'calendar',
  calendar_day: 'calendar',
};

/** Names of the stages that other systems give; the model's own names stand for themselves. */
const KINDS: Record<string, string> = {
  suspension: 'suspended',
  termination: 'terminated',
  cancelled: 'terminated',
  failure: 'failed',
  candidates: 'candidate',
  award: 'result',
  letter: 'award_letter',
  complaint_decision: 'complaint',
};

const CITIES: Record<string, string> = { 开远: '532502', 开远市: '532502' };

function plainNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

/** Lots written as numbers, or as objects with an id. */
function plainLots(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  if (!Array.isArray(value)) return value;
  return value.map((lot: unknown) => (isObject(lot) && 'id' in lot ? String(lot['id']) : plainText(lot)));
}

function plainText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

/** Names, or objects with a name; a stated rank orders them. */
function plainNames(value: unknown): unknown {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return value;
  const rank = (entry: unknown): number => (isObject(entry) && typeof entry['rank'] === 'number' ? entry['rank'] : 0);
  return value
    .toSorted((a, b) => rank(a) - rank(b))
    .map((entry: unknown) => (isObject(entry) ? (entry['name'] ?? entry['supplier'] ?? entry['firm']) : entry));
}

function plainProject(project: Record<string, unknown>, notices: unknown): Record<string, unknown> {
  const city = plainText(project['city'] ?? project['regionCode'] ?? null);
  return {
    ...without(project, ['regionCode']),
    city: typeof city === 'string' ? (CITIES[city] ?? city) : city,
    lots: plainLots(project['lots']),
    on: project['on'] ?? startOf(notices),
  };
}

/** The round's tender notice, else the first notice: the day a project is judged by where the case names none. */
function startOf(notices: unknown): unknown {
  if (!Array.isArray(notices)) return undefined;
  const dated = notices.filter(isObject).flatMap((n) => {
    const at = n['publishedAt'];
    const day = typeof at === 'string' || typeof at === 'number' ? readTime(at)?.day : undefined;
    return day === undefined ? [] : [{ day, tender: n['kind'] === 'tender' }];
  });
  const days = (only: boolean): string[] => dated.flatMap((n) => (only && !n.tender ? [] : [n.day])).sort();
  return days(true)[0] ?? days(false)[0];
}

function plainNotice(value: unknown, index: number, remarks: string[]): unknown[] {
  if (!isObject(value)) return [value];
  const kind = plainKind(value['kind'], index, remarks);
  const own: Record<string, unknown> = {
    ...without(value, ['winners', 'lot', 'medium']),
    id: value['id'] ?? `n${index + 1}`,
    title: value['title'] ?? '',
    source: value['source'] ?? '',
    kind,
    material: isUnknown(value['material']) ? null : value['material'],
    lots: plainLots(value['lots'] ?? value['lot']),
    publishedAt: value['publishedAt'] ?? value['firstSeenAt'] ?? value['eventDate'],
    winner: oneOrMore(value['winner'] ?? value['winners']),
  };
  if (value['publishedAt'] == null && own['publishedAt'] != null) {
    remarks.push(`notices.${index}.publishedAt 缺失，以首次见到日或事项日期代替`);
  }
  const { candidates } = value;
  if (!isObject(candidates)) return [{ ...own, candidates: plainNames(candidates) }];
  // Lists by lot: one notice, as many lists.
  return Object.entries(candidates).map(([lot, list]) => ({
    ...own,
    id: `${String(own['id'])}#${lot}`,
    lots: [lot],
    candidates: plainNames(list),
  }));
}

/** A kind that the model does not have says nothing: then the title does. */
function plainKind(value: unknown, index: number, remarks: string[]): unknown {
  if (typeof value !== 'string') return value;
  const kind = KINDS[value] ?? value;
  if (NOTICE_KINDS.some((known) => known === kind)) return kind;
  remarks.push(`notices.${index}.kind “${value.slice(0, 40)}”不是认识的公告种类，改按标题判断`);
  return null;
}

function isUnknown(value: unknown): boolean {
  return typeof value === 'string' && ['unknown', 'unclear', '不明', '未知'].includes(value.trim().toLowerCase());
}

function oneOrMore(value: unknown): unknown {
  const named = plainNames(value);
  return Array.isArray(named) && named.length === 1 ? named[0] : named;
}

/** `{"localRule.to": …}` as well as `{localRule: {to: …}}`; days off declared under any of the usual names. */
function plainPolicy(value: unknown): unknown {
  if (!isObject(value)) return value;
  const plain: Record<string, unknown> = {};
  for (const [key, given] of Object.entries(value)) {
    const [part, field] = key.split('.');
    if (field === undefined || part === undefined)
      plain[key] = isObject(given) ? { ...asObject(plain[key]), ...given } : given;
    else plain[part] = { ...asObject(plain[part]), [field]: given };
  }
  const declared = ['declaredLocalDays', 'declaredLocalHolidays', 'localHolidayDates', 'localRestDays'];
  const days = plain['localDays'] ?? declared.map((key) => plain[key]).find((given) => given !== undefined);
  return { ...without(plain, declared), ...(days === undefined ? {} : { localDays: days }) };
}

/** One word, or one for each site: a gap at one site is a gap. What is not stated is not proven. */
function plainCoverage(value: unknown, remarks: string[]): unknown {
  if (value === undefined || value === null) {
    remarks.push('coverage 缺失，按采集不完整（partial）处理');
    return 'partial';
  }
  if (value === true || value === 'full') return 'complete';
  if (value === false || value === 'none' || value === 'unknown' || value === 'gap') return 'partial';
  if (!isObject(value)) return value;
  const sites = Object.values(value);
  return sites.length > 0 && sites.every((site) => site === 'complete' || site === true) ? 'complete' : 'partial';
}

// ---------------------------------------------------------------- what is not used

/** Words for the reader of a case; they never bear on the verdict. */
const WORDS = ['title', 'note', 'description', 'reason', 'comment'];
const CASE_KEYS = [
  ...['id', 'project', 'policy', 'coverage', 'asOf', 'notices', ...WORDS],
  ...['group', 'expected', 'alt', 'certainty'],
];
const PROJECT_KEYS = [
  ...['id', 'name', 'code', 'regime', 'method', 'category', 'subtype', 'stateFunded', 'estimate', 'budget'],
  ...['aboveOpenTenderThreshold', 'city', 'on', 'lots', 'skipExplained', 'purchaser', 'agency', ...WORDS],
];
const POLICY_KEYS = ['rollover', 'localHolidays', 'localRule', 'reviewAlert', 'enabled', 'localDays', 'calendarBefore'];
const LOCAL_RULE_KEYS = ['id', 'from', 'to', 'verifiedTo', ...WORDS];
const NOTICE_KEYS = [
  ...['id', 'source', 'kind', 'publishedAt', 'firstSeenAt', 'absentAt', 'prevPublishedAt', 'eventDate', 'url'],
  ...['statedPeriod', 'candidates', 'winner', 'lots', 'round', 'corrects', 'material', 'designated', ...WORDS],
  ...['unreachableDates', 'text', 'expectedKind'],
];
const PERIOD_KEYS = ['from', 'to', 'workdays', 'days', 'hours', 'text'];
const PERIOD_CASE_KEYS = [
  ...['id', 'rule', 'start', 'end', 'kind', 'length', 'unit', 'policy', 'startEvent', 'endEvent', ...WORDS],
  ...['expected', 'certainty', 'group', 'alt'],
];

function unused(object: object, known: readonly string[], place: string, remarks: string[]): void {
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined && !known.includes(key)) remarks.push(`${place}${key} 不是认识的字段，没有用于核查`);
  }
}

// ---------------------------------------------------------------- refusing

function read<T extends z.ZodType>(schema: T, one: unknown, label: string): z.output<T> {
  const result = schema.safeParse(one);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const key = issue.path.map(String).join('.');
  throw new CorrectInput(`案例 ${label} 的 ${key} 缺失或取值不对`, `请修改 ${key}${allowed(schema, issue.path)}。`, {
    case: label,
    key,
  });
}

/** ：允许的取值, from the schema's own words. */
function allowed(schema: z.ZodType, path: readonly PropertyKey[]): string {
  let here: z.ZodType | null = schema;
  for (const step of path) {
    while (here instanceof z.ZodOptional || here instanceof z.ZodNullable) here = here.unwrap() as z.ZodType;
    if (here instanceof z.ZodObject) here = (here.shape as Record<string, z.ZodType>)[String(step)] ?? null;
    else if (here instanceof z.ZodArray) here = here.element as z.ZodType;
    else here = null;
    if (here === null) return '';
  }
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable) {
    if (here.description !== undefined) break;
    here = here.unwrap() as z.ZodType;
  }
  return here?.description === undefined ? '' : `；允许的取值：${here.description}`;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function without(object: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
