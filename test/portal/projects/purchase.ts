import { workdayAfter } from '../calendar.ts';
import type { County, WorldProject } from '../model.ts';
import { BUILDING_WORKS, agencyParty, houseOwner, party, purchaseOf } from '../names.ts';
import type { Random } from '../random.ts';
import type { Placement, Workshop } from '../workshop.ts';
import { bulletin, habits, plant, splitLots, when } from './common.ts';
import type { Order } from './common.ts';
import { layOut } from './contested.ts';

/** Goods and services from which a tender must be open, yuan. */
const OPEN_TENDER = 2_000_000;

/** An office that is not `other`, and what it buys. */
function wantedBy(
  random: Random,
  county: County,
  category: '货物' | '服务' | '工程',
  other: string | undefined,
): { buyer: string; thing: string } {
  for (;;) {
    const wanted =
      category === '工程'
        ? { buyer: houseOwner(random, county), thing: random.pick(BUILDING_WORKS) }
        : purchaseOf(random, county, category === '货物' ? 'goods' : 'services');
    if (wanted.buyer !== other) return wanted;
  }
}

/** Government procurement of goods, services and building works: no candidate publicity by law. */
export function buildPurchase(shop: Workshop, random: Random, order: Order, span = shop.span): WorldProject {
  const { county, scenario, lean, twinOf, siblingOf, platform = false } = order;
  const planned = scenario.course(random, span);
  const publicised = scenario.name === 'purchase-publicised';
  const result = workdayAfter(planned.evaluated, random.int(0, 2));
  const course = publicised
    ? planned
    : { ...planned, published: null, result, letter: result, signed: workdayAfter(result, random.int(4, 15)) };
  const category =
    siblingOf?.category ?? (platform || random.chance(0.45) ? '货物' : random.chance(0.7) ? '服务' : '工程');
  const year = course.evaluated.slice(0, 4);
  let buyer = siblingOf?.buyer ?? '';
  const name = shop.names.unused(() => {
    if (siblingOf !== undefined) return siblingOf.name;
    const wanted = wantedBy(random, county, category, twinOf?.notPurchaser);
    buyer = wanted.buyer;
    return `${buyer}${category !== '工程' && random.chance(0.45) ? `${year}年` : ''}${wanted.thing}`;
  });
  const usual =
    platform || random.chance(0.25)
      ? random.int(205, category === '工程' ? 390 : 680) * 10_000
      : random.int(150, 1900) * 1000;
  const budget = siblingOf?.budget ?? usual;
  const open = budget >= OPEN_TENDER && category !== '工程';
  const method = open
    ? '公开招标'
    : random.pick(['竞争性磋商', '竞争性磋商', '竞争性谈判', category === '货物' ? '询价' : '竞争性磋商']);
  const lots =
    !lean && scenario.nature === 'lawful' && random.chance(0.15) ? splitLots(random, random.int(2, 3), budget) : [];
  const agency = twinOf?.agency ?? siblingOf?.agency ?? agencyParty(random, county);
  const serial = shop.serial(`ynzc/${year}`);
  const letter = { 货物: 'G', 服务: 'S', 工程: 'C' }[category];
  // Agencies number their own projects too; two of them may come to the same number.
  const code =
    twinOf?.code ??
    (random.chance(0.2)
      ? `${random.pick(['YNDX', 'HHHC', 'DYZB', 'JCZX'])}${year}-${String(shop.serial(`agency/${year}`)).padStart(3, '0')}`
      : `YNZC${year}-${letter}${random.int(1, 3)}-${String(serial).padStart(5, '0')}-YN${random.pick(['ZZ', 'HH', 'KY', 'DX'])}-${String(random.int(1, 999)).padStart(4, '0')}`);
  const project: WorldProject = {
    id: order.id,
    family: 'purchase',
    track: 'procurement',
    county,
    name,
    code,
    purchaser: party(random, county, buyer),
    agency,
    method,
    category,
    subtype: category === '工程' ? '房屋修缮工程' : null,
    funding: random.pick(['财政资金', '财政性资金', '单位自有资金（财政性资金）']),
    budget,
    ceiling: random.chance(0.7) ? budget : Math.round(budget * 0.97),
    need: category === '服务' ? `${name}，服务内容及标准详见采购文件。` : `${name}，数量及技术参数详见采购文件。`,
    qualification:
      category === '工程'
        ? '具有建筑工程施工总承包叁级及以上或建筑装修装饰工程专业承包贰级及以上资质，具备有效的安全生产许可证。'
        : random.pick(['无', '本项目专门面向中小企业采购。', '供应商须具有与采购内容相适应的经营范围。']),
    term: category === '服务' ? '一年' : `合同签订后${random.pick([15, 20, 30, 45, 60])}日内`,
    lots,
    habits: habits(random, '包'),
    siblingOf: siblingOf?.id,
    notices: [],
    planted: [],
    nearMiss: null,
  };
  const onFinance = publicised || (!lean && random.chance(0.3));
  const onCity = !lean && random.chance(0.3);
  const onPlatform = platform || (!lean && open && random.chance(0.7));
  const hh = { site: 'hh_finance', channel: 'zfcg' } as const;
  const city = { site: 'ky_gov', channel: 'zfcg' } as const;
  const trade = (channel: string): Placement[] => when(onPlatform, { site: 'yn_ggzy', channel });
  layOut(shop, random, project, scenario, course, {
    firms: category,
    lead: open ? { days: 21 } : { workdays: method === '竞争性磋商' ? 10 : 5 },
    tender: [
      ...bulletin('bxlx001'),
      ...trade('zfcg_tender'),
      ...when(onFinance, hh),
      ...when(onCity, { ...city, lag: random.int(0, 1) }),
    ],
    tenderCorrection: [...bulletin('bxlx004'), ...trade('zfcg_change')],
    candidate: [hh],
    elsewhere: [city],
    result: [
      ...bulletin('bxlx007'),
      ...trade('zfcg_result'),
      ...when(onFinance, hh),
      ...when(onCity, { ...city, lag: random.int(0, 2) }),
    ],
    letter: [],
    contract: [...bulletin('bxlx014'), ...trade('zfcg_contract')],
    failed: [...bulletin('bxlx008'), ...trade('zfcg_abnormal')],
    terminated: [...bulletin('bxlx008'), ...trade('zfcg_abnormal')],
    lean,
  });
  plant(project, scenario, 'NONE');
  return project;
}
