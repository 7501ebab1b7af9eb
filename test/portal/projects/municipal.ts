import type { WorldProject } from '../model.ts';
import { MUNICIPAL_WORKS, agencyParty, municipalWorks, party } from '../names.ts';
import type { Random } from '../random.ts';
import type { Workshop } from '../workshop.ts';
import { bulletin, habits, plant, splitLots, when } from './common.ts';
import type { Order } from './common.ts';
import { layOut } from './contested.ts';

/** Local rule's line, 以下 includes the figure itself. */
const LINE = 1_000_000;

/** Municipal works up to a million yuan: negotiation, candidates publicised in the finance bureau's column, result, letter, contract. */
export function buildMunicipal(shop: Workshop, random: Random, order: Order, span = shop.span): WorldProject {
  const { county, scenario, lean } = order;
  const course = scenario.course(random, span);
  let buyer = '';
  const name = shop.names.unused(() => {
    const site = municipalWorks(random, county);
    buyer = site.buyer;
    return `${county.name}${site.place}${random.pick(MUNICIPAL_WORKS)}`;
  });
  const budget =
    scenario.amount === 'missing'
      ? null
      : scenario.amount === 'outside'
        ? random.int(105, 360) * 10_000
        : random.chance(0.08)
          ? LINE
          : random.int(180, 998) * 1000;
  const lots =
    scenario.shape === 'lots'
      ? splitLots(random, random.chance(0.8) ? 2 : 3, budget)
      : scenario.nature === 'lawful' && random.chance(0.06)
        ? splitLots(random, 2, budget)
        : [];
  const year = course.evaluated.slice(0, 4);
  const serial = shop.serial(`municipal/${year}`);
  const method = random.chance(0.75) ? '竞争性谈判' : '竞争性磋商';
  const project: WorldProject = {
    id: order.id,
    family: 'municipal',
    track: 'procurement',
    county,
    name,
    code: random.pick([
      `HHKYZC${year}-C1-${String(serial).padStart(5, '0')}`,
      `KYZC${year}-${method === '竞争性谈判' ? 'JT' : 'CS'}-${String(serial).padStart(4, '0')}`,
    ]),
    purchaser: party(random, county, buyer),
    agency: agencyParty(random, county),
    method,
    category: '工程',
    subtype: '市政工程',
    funding: random.pick(['财政资金', '本级财政资金', '财政性资金（城市维护费）']),
    budget,
    ceiling: budget === null ? null : random.chance(0.6) ? budget : Math.round(budget * 0.985),
    need: `${name}的施工，具体内容以工程量清单及施工图为准。`,
    qualification:
      '具有市政公用工程施工总承包叁级及以上资质，具备有效的安全生产许可证；拟派项目负责人具有市政公用工程专业贰级及以上注册建造师资格。',
    term: `${random.pick([30, 45, 60, 90, 120])}日历天`,
    lots,
    habits: habits(random, '包'),
    notices: [],
    planted: [],
    nearMiss: null,
  };
  const onBulletin = !lean && random.chance(0.4);
  const onCity = !lean && random.chance(0.45);
  const hh = { site: 'hh_finance', channel: 'zfcg' } as const;
  const city = { site: 'ky_gov', channel: 'zfcg' } as const;
  layOut(shop, random, project, scenario, course, {
    firms: '工程',
    lead: { workdays: method === '竞争性磋商' ? 10 : 5 },
    tender: [hh, ...when(onBulletin, ...bulletin('bxlx001')), ...when(onCity, { ...city, lag: random.int(0, 1) })],
    tenderCorrection: [hh, ...when(onBulletin, ...bulletin('bxlx004'))],
    candidate: [hh, ...when(onCity, { ...city, lag: random.int(0, 1) })],
    elsewhere: [city],
    result: [hh, ...when(onBulletin, ...bulletin('bxlx007')), ...when(onCity, { ...city, lag: random.int(0, 2) })],
    letter: [hh],
    contract: [hh, ...when(onBulletin, ...bulletin('bxlx014'))],
    failed: [hh, ...when(onBulletin, ...bulletin('bxlx008'))],
    terminated: [hh, ...when(onBulletin, ...bulletin('bxlx008'))],
    lean,
  });
  plant(project, scenario, 'KY-GP-3D');
  return project;
}
