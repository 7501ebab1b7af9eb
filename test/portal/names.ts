import type { County, Party } from './model.ts';
import type { Random } from './random.ts';
import { chineseNumber } from './wording.ts';

/** Words the bench's world is made of. Offices are those a county has; firms and people are made up. */
const list = (words: string): string[] => words.trim().split(/\s+/);

export const KAIYUAN: County = { name: '开远市', short: '开远', code: '532502' };
/** Other counties of the prefecture: noise on every site that serves the whole of it. */
export const OTHER_COUNTIES: County[] = [
  { name: '个旧市', short: '个旧', code: '532501' },
  { name: '蒙自市', short: '蒙自', code: '532503' },
  { name: '弥勒市', short: '弥勒', code: '532504' },
  { name: '建水县', short: '建水', code: '532524' },
  { name: '石屏县', short: '石屏', code: '532525' },
  { name: '泸西县', short: '泸西', code: '532527' },
];

const KAIYUAN_ROADS = list(
  '灵泉东路 灵泉西路 灵泉中路 人民中路 人民南路 人民北路 建设东路 建设西路 西南路 东风路 文化路 智源路 兴远路 景山路 一行路 环城西路 市西路 彩云路 凤凰路 东兴路 泸江路 健民路 园丰路 龙潭路 通灵路',
);
const KAIYUAN_TOWNS = list('小龙潭镇 中和营镇 羊街乡 大庄回族乡 碑格乡 乐白道街道 灵泉街道');
const KAIYUAN_QUARTERS = list(
  '凤凰片区 知花片区 南洞片区 泸江新区 东城片区 西城片区 三合村 热水村 冷水沟村 仁者村 城南社区 城北社区 友谊社区 振兴社区 开远南站片区 灵泉公园片区',
);
const OTHER_ROADS = list(
  '朝阳路 人民路 文化路 建设路 新安路 北正街 环城路 银河路 迎晖路 学府路 天马路 锦华路 红烟路 明珠路',
);
const OTHER_TOWNS = list('鸡街镇 大屯镇 新安所街道 文澜街道 弥阳街道 临安镇 异龙镇 中枢镇 金马镇 曲江镇');

export const roads = (county: County): string[] => (county === KAIYUAN ? KAIYUAN_ROADS : OTHER_ROADS);
export const towns = (county: County): string[] => (county === KAIYUAN ? KAIYUAN_TOWNS : OTHER_TOWNS);
export const quarters = (county: County): string[] => (county === KAIYUAN ? KAIYUAN_QUARTERS : OTHER_TOWNS);

/** Municipal works as a street office or the city's housing bureau buys them. */
export const MUNICIPAL_WORKS = list(
  '人行道提升改造工程 市政道路修缮工程 路灯节能改造工程 雨污分流改造工程 排水管网疏浚及修复工程 市政绿化提升工程 公厕新建工程 道路标线及护栏安装工程 农贸市场周边道路硬化工程 背街小巷改造工程 检查井盖更换工程 停车泊位改造工程 市政给水管改造工程 中央隔离带改造工程 桥梁栏杆维修工程 内涝点整治工程',
);
export const BUILDING_WORKS = list(
  '办公楼屋面防水工程 教学楼维修改造工程 食堂改造工程 卫生间改造工程 业务用房装饰工程 活动室修缮工程 档案室改造工程 运动场翻新工程 门诊楼外墙维修工程 围墙及大门改建工程',
);
/** What kind of office buys what: a hospital buys no school desks. */
interface Trade {
  offices: string[];
  goods: string[];
  services: string[];
  single: string[];
}
const TRADES: Trade[] = [
  {
    offices: list('人民医院 中医医院 妇幼保健院 疾病预防控制中心 第二人民医院'),
    goods: list(
      '医疗设备采购项目 检验设备采购项目 康复设备采购项目 彩色多普勒超声诊断仪采购项目 医用耗材采购项目 信息化设备采购项目',
    ),
    services: list(
      '物业管理服务采购项目 医疗废物处置服务采购项目 安保服务采购项目 信息系统运维服务采购项目 被服洗涤服务采购项目',
    ),
    single: list(
      '医院信息系统升级服务采购项目 直线加速器维保服务采购项目 核磁共振设备维保服务采购项目 影像归档系统扩容采购项目',
    ),
  },
  {
    offices: list('第一中学校 第四中学校 职业高级中学 教育体育局 第一小学 灵泉小学'),
    goods: list(
      '教学设备采购项目 课桌椅采购项目 实验室仪器采购项目 食堂设备采购项目 图书采购项目 空调设备采购项目 体育器材采购项目',
    ),
    services: list('食堂劳务服务采购项目 安保服务采购项目 物业管理服务采购项目 教师培训服务采购项目 校服采购项目'),
    single: list('智慧教育平台续建服务采购项目 标准化考点系统升级采购项目 考试监控平台扩容采购项目'),
  },
  {
    offices: list('公安局 市场监督管理局 应急管理局 综合行政执法局 消防救援大队'),
    goods: list(
      '执法装备采购项目 监控设备采购项目 消防器材采购项目 执法记录仪采购项目 办公设备采购项目 应急物资采购项目',
    ),
    services: list('信息系统运维服务采购项目 公务用车租赁服务采购项目 食品安全抽检服务采购项目 物业管理服务采购项目'),
    single: list('公共视频监控平台续建服务采购项目 执法办案系统升级服务采购项目 应急广播系统扩容采购项目'),
  },
  {
    offices: list('自然资源局 林业和草原局 农业农村和科学技术局 水务局'),
    goods: list(
      '农机具采购项目 森林防火物资采购项目 水质监测仪器采购项目 信息化设备采购项目 苗木采购项目 农药采购项目',
    ),
    services: list(
      '国土空间规划编制服务采购项目 森林防火巡护服务采购项目 测绘服务采购项目 地质灾害监测服务采购项目 耕地质量评价服务采购项目',
    ),
    single: list('自然资源信息平台续保服务采购项目 森林火情监测系统扩容采购项目 山洪灾害预警平台维保服务采购项目'),
  },
  {
    offices: list('机关事务服务中心 融媒体中心 文化和旅游局 民政局 人力资源和社会保障局 卫生健康局 档案馆'),
    goods: list('办公设备采购项目 空调设备采购项目 信息化设备采购项目 融媒体采编设备采购项目 图书采购项目'),
    services: list(
      '物业管理服务采购项目 审计服务采购项目 法律顾问服务采购项目 绿化养护服务采购项目 档案整理服务采购项目 病媒生物防制服务采购项目',
    ),
    single: list('档案数字化系统续保服务采购项目 融媒体平台升级服务采购项目 社会保险系统维保服务采购项目'),
  },
];

/** An office and what it buys: the tail of a project's name. */
export function purchaseOf(
  random: Random,
  county: County,
  what: 'goods' | 'services' | 'single',
): { buyer: string; thing: string } {
  const trade = random.pick(TRADES);
  return { buyer: county.name + random.pick(trade.offices), thing: random.pick(trade[what]) };
}

/** Offices that have houses to repair. */
export const houseOwner = (random: Random, county: County): string =>
  county.name + random.pick(random.pick(TRADES).offices);

const CONSTRUCTIONS: { offices: string[]; works: string[] }[] = [
  {
    offices: list('住房和城乡建设局 城市建设投资有限责任公司'),
    works: list(
      '市政道路建设项目 老旧小区改造配套基础设施项目 污水处理厂提标改造工程 公共停车场建设项目 城市更新排水管网工程 保障性租赁住房建设项目',
    ),
  },
  {
    offices: list('城乡供水有限责任公司 水务局'),
    works: list('供水管网改造工程 河道治理工程 灌区续建配套工程 水库除险加固工程 农村供水保障工程'),
  },
  {
    offices: list('交通运输局 公路建设投资有限责任公司'),
    works: list('农村公路安全生命防护工程 乡村道路改造工程 客运站迁建项目 危桥改造工程'),
  },
  {
    offices: list('农业农村和科学技术局 乡村振兴投资有限责任公司'),
    works: list('高标准农田建设项目 冷链物流园建设项目 乡村振兴示范点基础设施项目 蔬菜育苗基地建设项目'),
  },
  { offices: list('教育体育局'), works: list('中学扩建项目 小学教学楼建设项目 学生宿舍建设项目 全民健身中心建设项目') },
  {
    offices: list('卫生健康局 民政局'),
    works: list('卫生院业务用房建设项目 养老服务中心建设项目 疾控中心实验楼建设项目'),
  },
  {
    offices: list('工业园区管理委员会 兴远国有资产经营有限责任公司'),
    works: list('标准厂房建设项目 产业园区道路工程 工业园区污水管网工程'),
  },
];

/** A tenderer and what it builds. */
export function constructionOf(random: Random, county: County): { buyer: string; works: string } {
  const { offices, works } = random.pick(CONSTRUCTIONS);
  return { buyer: county.name + random.pick(offices), works: random.pick(works) };
}

export const ASSETS = list(
  '临街商铺租赁权 国有房产租赁权 闲置校舍租赁权 停车场经营权 农贸市场摊位租赁权 报废车辆一批 仓库租赁权 广告位经营权 国有林木采伐销售权 旧设备一批',
);

const STREET_OFFICES = list(
  '乐白道街道办事处 灵泉街道办事处 小龙潭镇人民政府 中和营镇人民政府 羊街乡人民政府 大庄回族乡人民政府 碑格乡人民政府',
);
/** Streets of the town itself, whose offices look after its roads. */
const CITY_STREETS = STREET_OFFICES.slice(0, 2);
const OTHER_OFFICES = list('城关镇人民政府 文澜街道办事处 新安所街道办事处 鸡街镇人民政府');
const WORKS_BUREAUS = list('住房和城乡建设局 城市管理局 市政设施管理所 园林绿化管理站');
const ASSET_OWNERS = list(
  '兴远国有资产经营有限责任公司 机关事务服务中心 教育体育局 城市建设投资有限责任公司 供销合作社联合社',
);

/** A street or a town's works are its own office's; the rest is the city's. */
export function municipalWorks(random: Random, county: County): { buyer: string; place: string } {
  const home = county === KAIYUAN;
  if (home && random.chance(0.3)) {
    const town = random.pick(KAIYUAN_TOWNS);
    const office = STREET_OFFICES.find((name) => name.startsWith(town));
    if (office !== undefined) return { buyer: county.name + office, place: town };
  }
  const place = random.pick(random.chance(0.7) ? roads(county) : quarters(county));
  const office = random.chance(0.7) ? random.pick(WORKS_BUREAUS) : random.pick(home ? CITY_STREETS : OTHER_OFFICES);
  return { buyer: county.name + office, place };
}

export const assetOwner = (random: Random, county: County): string => county.name + random.pick(ASSET_OWNERS);

const AGENCY_STEMS = list('鼎信 恒策 滇源 锦程 正达 云岭 中諴 博咨 汇通 明科 昭信 佳建');
const AGENCY_KINDS = list('项目管理有限公司 招标代理有限公司 工程咨询有限公司 建设工程造价咨询有限公司');
const AGENCY_CITIES = list('云南 红河 昆明 红河州');
/** Twenty-four agencies: as in life, the same few serve a county. */
const AGENCIES: string[] = AGENCY_STEMS.flatMap((stem, i) =>
  [0, 1].map(
    (k) => `${AGENCY_CITIES[(i + k) % AGENCY_CITIES.length]}${stem}${AGENCY_KINDS[(i * 3 + k) % AGENCY_KINDS.length]}`,
  ),
);

const FIRM_PLACES = list('云南 红河 昆明 开远 蒙自 弥勒 玉溪 个旧 曲靖 建水');
const FIRM_STEMS = list(
  '宏远 恒基 泰森 众诚 华盛 锦泰 建达 通途 瑞丰 兴隆 金碧 方正 永昌 佳禾 天成 启明 蓝天 百川 德润 融创 中弘 旭日 盛元 立信 明德 鸿图 广源 新锐 长青 远航',
);
const FIRM_TAILS = list('东 达 通 泰 业 源 科 润 诚');
const WORKS_KINDS = list(
  '建筑工程有限公司 建设工程有限公司 市政工程有限公司 建设集团有限公司 园林绿化工程有限公司 路桥工程有限公司',
);
const GOODS_KINDS = list(
  '商贸有限公司 科技有限公司 医疗器械有限公司 办公设备有限公司 电子科技有限公司 信息技术有限公司',
);
const SERVICES_KINDS = list(
  '物业服务有限公司 技术服务有限公司 规划设计有限公司 环境服务有限公司 信息技术有限公司 安保服务有限公司',
);
const LAND_KINDS = list('房地产开发有限公司 实业有限公司 新能源有限公司 食品有限公司 置业有限公司 农业开发有限公司');

export type FirmKind = '工程' | '货物' | '服务' | '土地' | '资产';

/** Different firms, in the order drawn. */
export function firms(random: Random, kind: FirmKind, count: number): string[] {
  const kinds =
    kind === '工程' ? WORKS_KINDS : kind === '货物' ? GOODS_KINDS : kind === '服务' ? SERVICES_KINDS : LAND_KINDS;
  const drawn = new Set<string>();
  while (drawn.size < count) {
    // Some firms print brackets: （集团） is where full-width and half-width copies of one name come from.
    const group = random.chance(0.06) ? '（集团）' : '';
    const tail = random.chance(0.4) ? random.pick(FIRM_TAILS) : '';
    drawn.add(random.pick(FIRM_PLACES) + random.pick(FIRM_STEMS) + tail + group + random.pick(kinds));
  }
  return [...drawn];
}

export function firmAddress(random: Random, firm: string): string {
  const city = FIRM_PLACES.find((place) => firm.startsWith(place)) ?? '昆明';
  const seat =
    city === '云南' || city === '昆明'
      ? '云南省昆明市官渡区'
      : city === '红河'
        ? '云南省红河州蒙自市'
        : `云南省${city}${city === '建水' ? '县' : '市'}`;
  return `${seat}${random.pick(OTHER_ROADS)}${random.int(3, 288)}号${random.chance(0.5) ? `${random.int(1, 12)}幢${random.int(1, 28)}0${random.int(1, 8)}室` : ''}`;
}

const SURNAMES = list('李 王 张 杨 普 马 何 刘 陈 罗 白 周 赵 沙 龙 孔');
const GIVEN = list('丽 伟 建华 云 敏 海波 雪梅 志强 文 艳 俊 晓琳 国栋 春燕');
export const expert = (random: Random): string => random.pick(SURNAMES) + random.pick(GIVEN);
const contact = (random: Random): string => random.pick(SURNAMES) + random.pick(['老师', '先生', '女士', '工']);
const phone = (random: Random): string =>
  random.chance(0.6)
    ? `0873-71${random.int(20000, 39999)}`
    : `1${random.pick(['38', '59', '87', '35'])}8733${random.int(1000, 9999)}`;

export function party(random: Random, county: County, name: string): Party {
  return {
    name,
    address: `云南省红河州${county.name}${random.pick(roads(county))}${random.int(1, 320)}号`,
    contact: contact(random),
    phone: phone(random),
  };
}

export function agencyParty(random: Random, county: County, name: string = random.pick(AGENCIES)): Party {
  return {
    name,
    address: `云南省红河州${county.name}${random.pick(roads(county))}${random.int(1, 320)}号${random.int(2, 9)}楼`,
    contact: contact(random),
    phone: phone(random),
  };
}

/** Names already given away, so that no two projects of a world bear the same. */
export class NameBook {
  private readonly taken = new Set<string>();

  /** Draws until a name is free; when the words run out, a stage tells them apart, as in life. */
  unused(draw: () => string): string {
    for (let attempt = 0; attempt < 12; attempt++) {
      const name = draw();
      if (!this.taken.has(name)) {
        this.taken.add(name);
        return name;
      }
    }
    for (let stage = 2; ; stage++) {
      const name = `${draw()}（第${chineseNumber(stage)}期）`;
      if (!this.taken.has(name)) {
        this.taken.add(name);
        return name;
      }
    }
  }
}
