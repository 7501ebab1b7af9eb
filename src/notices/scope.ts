import type { Category, Method, Track } from '../model/notice.ts';
import { squash } from './text.ts';

/** Facts that decide which body of law a project falls under: method, category, subtype, funding, track. */

const METHODS: readonly [RegExp, Method][] = [
  [/单一来源/, 'single_source'],
  [/竞争性磋商|磋商/, 'competitive_consultation'],
  [/竞争性谈判|竞谈|谈判/, 'competitive_negotiation'],
  [/询价|询比/, 'inquiry'],
  [/框架协议/, 'framework'],
  [/邀请招标/, 'invited_tender'],
  [/公开招标|公开招投标/, 'open_tender'],
  [/挂牌/, 'listing'],
  [/拍卖/, 'auction'],
  [/协议出让/, 'agreement'],
  [/划拨/, 'allocation'],
  [/竞价/, 'bidding'],
];

/** 竞争性磋商 → competitive_consultation. Null: no method named. */
export function methodOf(text: string): Method | null {
  return METHODS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** A purchase titled 招标公告 is an open tender unless the page says otherwise. */
export function methodOfTitle(title: string): Method | null {
  const named = methodOf(title);
  if (named !== null) return named;
  return /招标公告|招标文件|中标候选人|中标结果|中标公告/.test(title) && !/更正|终止|废标|失败/.test(title)
    ? 'open_tender'
    : null;
}

/** Stated classes: 品目 (工程/房屋施工/…), 项目类别 (工程（市政工程）), 工程类别, 采购类型. */
const STATED_CATEGORY: readonly [RegExp, Category][] = [
  [/^(?:货物|A)/, 'goods'],
  [/^(?:服务|C)/, 'services'],
  [/监理|勘察|设计(?!施工)|咨询|检测|服务/, 'services'],
  [/^(?:工程|B)|工程|施工|房屋建筑|市政/, 'works'],
  [/货物|设备|材料/, 'goods'],
];

/** Services around a building site are services, whatever is being built: 监理 before 工程. */
const TITLE_CATEGORY: readonly [RegExp, Category][] = [
  [/租赁权|招租|出租|经营权/, 'lease'],
  [
    /(?:监理|勘察|勘测|设计|检测|造价|审计|测绘|咨询|评估|编制|规划|全过程(?:工程)?咨询)(?:服务)?(?:项目|采购项目|采购|服务采购项目|单位|机构)?(?:[（(].*[)）])?$/,
    'services',
  ],
  [/设计[、，,]?(?:采购)?[、，,]?施工|施工总承包|EPC|工程总承包/i, 'works'],
  [
    /(?:服务|运维|维保|保险|物业|保洁|安保|养护|劳务|培训|租赁|巡护|防制|编制|测绘|审计|顾问|运营|配送|宣传|监测)(?:[\p{Script=Han}]{0,4})?(?:采购)?(?:项目)?(?:[（(].*[)）])?$/u,
    'services',
  ],
  [
    /(?:设备|器材|仪器|物资|车辆|家具|办公用品|课桌椅|图书|装备|药品|试剂|耗材|软件|服装|用品|种子|肥料|电梯|空调|农机具|系统|厨具|食材|粮油)(?:[\p{Script=Han}]{0,6})?(?:采购|购置|更新)?(?:项目)?(?:[（(].*[)）])?$/u,
    'goods',
  ],
  [/工程|施工|修缮|改造|建设项目|新建|扩建|改建|装修|装饰|加固|整治|硬化|绿化提升|维修/, 'works'],
  [/采购|购置/, 'goods'],
];

/** Municipal facilities of a city: roads, bridges, drains, lamps, pavements, pipes, greenery (市政基础设施). */
const MUNICIPAL =
  /市政|人行道|路灯|雨污|排水|污水管|管网|给水管|供水管网|检查井|道路|街巷|桥梁|隔离带|停车泊位|公共停车|绿化提升|园林绿化|公厕|标线|内涝|照明|亮化|护栏|河道景观|燃气管|垃圾中转|环卫设施|背街/;
/** Works that are none, even where they have a road or a drain. */
const OTHER_WORKS =
  /房屋建筑|办公楼|教学楼|宿舍|食堂|医院|门诊|学校|中学|小学|幼儿园|厂房|业务用房|屋面|装修|装饰|维修改造(?!.*路)|卫生间|水利|水库|灌区|堤防|农田|公路|高速|桥涵|农村公路|国道|省道|电力|光伏|输变电|矿山|围墙|运动场|档案室|活动室|冷链|养老|体育/;

export function categoryOf(
  stated: readonly string[],
  title: string,
  projectName: string | null,
  track: Track | null,
): Category | null {
  if (track === 'land') return 'land';
  for (const text of stated) {
    const found = STATED_CATEGORY.find(([pattern]) => pattern.test(squash(text)));
    if (found !== undefined) return found[1];
  }
  const name = (projectName ?? title)
    .replace(/[（(](?:[^（）()]{0,4}次|[^（）()]{0,6}(?:包|标段|标项)[^（）()]{0,20})[)）]/g, '')
    .replace(/第[一二三四五六七八九十\d]{1,2}次(?:招标|采购)?$/, '');
  const found = TITLE_CATEGORY.find(([pattern]) => pattern.test(name))?.[1] ?? null;
  if (track === 'asset') return found === 'lease' ? 'lease' : 'asset';
  return found;
}

/** municipal where stated or plain from the name, other where it clearly is something else, null where neither is. */
export function subtypeOf(
  stated: readonly string[],
  projectName: string | null,
  title: string,
  category: Category | null,
): 'municipal' | 'other' | null {
  if (category !== 'works') return null;
  for (const text of stated) {
    if (/市政/.test(text)) return 'municipal';
    if (/房屋|建筑|水利|公路|交通|农田|电力|装修|装饰|修缮/.test(text)) return 'other';
  }
  const name = projectName ?? title;
  const municipal = MUNICIPAL.test(name);
  const other = OTHER_WORKS.test(name);
  return municipal === other ? null : municipal ? 'municipal' : 'other';
}

const PUBLIC_MONEY =
  /财政|国有|国资|政府|专项债|债券|一般债|中央|省级|州级|市级|县级|预算内|专项资金|补助资金|国债|公共预算|上级资金|一般公共|地方配套|农发行|涉农|统筹资金/;
const PRIVATE_MONEY = /民间|私营|民营|社会资本(?![^\n]{0,80}政府)|外商|外资\s*100|个人自筹/;

/**
 * 资金来源 as stated. 自筹 alone proves neither: a state-owned firm's own money is 国有资金 too.
 */
export function stateFundedOf(values: readonly string[]): boolean | null {
  for (const value of values) {
    if (PUBLIC_MONEY.test(value)) return true;
    if (PRIVATE_MONEY.test(value)) return false;
  }
  return null;
}

const TRACK_WORDS: readonly [RegExp, Track][] = [
  [/国有建设用地|土地使用权|宗地编号|出让公告|供地结果|地块编号/, 'land'],
  [/产权交易|产权转让|租赁权|招租|经营权(?:转让|出租)|资产转让|处置.{0,10}(?:资产|车辆|设备)|赞助项目/, 'asset'],
  [/政府采购|采购人|采购方式|成交供应商|磋商|采购单位|采购项目编号/, 'procurement'],
  [/招标人|招标投标法|工程建设|建设单位|中标候选人|标段/, 'construction'],
];

export function trackOf(title: string, text: string): Track | null {
  const head = `${title}\n${text.slice(0, 4000)}`;
  return TRACK_WORDS.find(([pattern]) => pattern.test(head))?.[1] ?? null;
}

/** A first guess at what the words of a site's own columns mean: 政府采购, 工程建设, 土地使用权. */
export function trackOfColumn(words: string): Track | null {
  if (/土地|用地|矿业权|供地/.test(words)) return 'land';
  if (/产权|资产|竞价/.test(words)) return 'asset';
  if (/采购/.test(words)) return 'procurement';
  return /工程|建设|房建|市政/.test(words) ? 'construction' : null;
}

/** The 13 counties of Honghe, and the prefecture. */
const HONGHE: readonly (readonly [code: string, name: string, short: string])[] = [
  ['532501', '个旧市', '个旧'],
  ['532502', '开远市', '开远'],
  ['532503', '蒙自市', '蒙自'],
  ['532504', '弥勒市', '弥勒'],
  ['532523', '屏边苗族自治县', '屏边'],
  ['532524', '建水县', '建水'],
  ['532525', '石屏县', '石屏'],
  ['532527', '泸西县', '泸西'],
  ['532528', '元阳县', '元阳'],
  ['532529', '红河县', '红河县'],
  ['532530', '金平苗族瑶族傣族自治县', '金平'],
  ['532531', '绿春县', '绿春'],
  ['532532', '河口瑶族自治县', '河口'],
];

/** Short names that are also words of other places: counted only with 县 or the people's name behind. */
const AMBIGUOUS = new Set(['红河县', '河口', '元阳']);

/** County of Honghe that a text names: full name, or a short name that can mean nothing else. Null: none or several. */
export function regionIn(text: string): { region: string; regionCode: string } | null {
  const found = HONGHE.filter(
    ([, name, short]) =>
      text.includes(name) ||
      (AMBIGUOUS.has(short) ? new RegExp(`${short.replace('县', '')}(?:县|瑶族)`).test(text) : text.includes(short)),
  );
  const [first] = found;
  return found.length === 1 && first !== undefined ? { region: first[1], regionCode: first[0] } : null;
}

/** Code of a region as printed: 开远市 → 532502, 红河州 → 532500; null for places outside. */
export function regionCodeOf(region: string): string | null {
  const county = HONGHE.find(
    ([, name, short]) => region.includes(name) || (region.includes(short) && !AMBIGUOUS.has(short)),
  );
  if (county !== undefined) return county[0];
  return /红河(?:哈尼族彝族自治)?州/.test(region) ? '532500' : null;
}
