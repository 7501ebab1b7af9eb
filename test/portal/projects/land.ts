import { addDays } from '../../../src/model/day.ts';
import type { LocalDay } from '../../../src/model/day.ts';
import { workdayAfter } from '../calendar.ts';
import type { County, Parcel, WorldProject } from '../model.ts';
import { agencyParty, firms, party, quarters, roads, towns } from '../names.ts';
import type { Random } from '../random.ts';
import type { Span } from '../scenarios.ts';
import { at, publish, workdayUpTo } from '../workshop.ts';
import type { Workshop } from '../workshop.ts';
import { habits, when } from './common.ts';

const USES = [
  { use: '工业用地', years: 50, price: [9, 20] },
  { use: '其他商服用地', years: 40, price: [45, 120] },
  { use: '城镇住宅用地', years: 70, price: [90, 220] },
  { use: '物流仓储用地', years: 50, price: [12, 28] },
  { use: '零售商业用地', years: 40, price: [60, 140] },
] as const;
const ALLOTTED = ['公路用地', '教育用地', '医疗卫生用地', '公用设施用地', '公园与绿地', '水工设施用地'] as const;

/** A place as land records describe it. */
function location(random: Random, county: County): string {
  return random.pick([
    `${county.name}${random.pick(roads(county))}${random.pick(['南侧', '北侧', '东侧', '中段西侧', '与规划道路交叉口'])}`,
    `${county.name}${random.pick(towns(county))}${random.pick(quarters(county))}`,
    `${county.name}${random.pick(quarters(county))}${random.pick(['地块', '以东', 'A-03地块', 'B-11地块'])}`,
  ]);
}

const supervision = (random: Random, county: County, year: string): string =>
  `${county.code}${year}${random.pick(['A', 'B'])}${String(random.int(1, 99999)).padStart(5, '0')}`;

function parcel(shop: Workshop, random: Random, county: County, year: string): Parcel {
  const { use, years, price } = random.pick(USES);
  const areaSqm = Math.round(random.int(1800, 68_000) + random.next() * 100);
  // 万元 a 亩 (666.67 ㎡), as starting prices are reckoned.
  const start = Math.round((areaSqm / 666.67) * random.int(price[0], price[1]));
  const step = Math.max(1, Math.round(start * 0.01));
  return {
    code: `${county.short[0] ?? ''}${year}-${String(shop.serial(`parcel/${county.code}/${year}`)).padStart(2, '0')}号`,
    location: location(random, county),
    areaSqm,
    use,
    years,
    start,
    deposit: Math.round(start * 0.2),
    step,
    deal: start + step * random.pick([0, 0, 1, 3, 8]),
    winner: firms(random, '土地', 1)[0] ?? '',
    supervision: supervision(random, county, year),
  };
}

function landProject(
  random: Random,
  id: string,
  county: County,
  name: string,
  code: string | null,
  method: string,
): WorldProject {
  return {
    id,
    family: 'land',
    track: 'land',
    county,
    name,
    code,
    purchaser: party(random, county, `${county.name}自然资源局`),
    agency: agencyParty(random, county, '红河州公共资源交易中心'),
    method,
    category: '土地',
    subtype: null,
    funding: '',
    budget: null,
    ceiling: null,
    need: '',
    qualification: '中华人民共和国境内外的法人、自然人和其他组织（法律另有规定者除外）均可申请参加。',
    term: '',
    lots: [],
    habits: { ...habits(random, '包'), unit: '万元' },
    notices: [],
    planted: [],
    nearMiss: null,
  };
}

/** Land offered by listing: notice, now and then a supplement, deal, supply result of each parcel. */
export function buildLand(shop: Workshop, random: Random, id: string, county: County, span: Span): WorldProject {
  const day = workdayAfter(addDays(span.from, random.int(0, Math.max(1, daysBetween(span)))), 0);
  const year = day.slice(0, 4);
  const parcels = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => parcel(shop, random, county, year));
  const number = `${county.short[0] ?? ''}自然资告字〔${year}〕${shop.serial(`land/${county.code}/${year}`)}号`;
  const project = landProject(random, id, county, parcels.map((p) => p.code).join('、'), number, '挂牌');
  const onCity = random.chance(0.6);
  const city = { site: 'ky_gov', channel: 'tdcr' } as const;
  // Notice at least 20 days before the listing, listing at least 10 days.
  const listFrom = workdayAfter(addDays(day, 20 + random.int(0, 4)), 0);
  const listTo = workdayAfter(addDays(listFrom, 10 + random.int(0, 3)), 0);
  publish(shop, random, project, {
    kind: 'tender',
    day,
    body: {
      form: 'land_offer',
      parcels,
      number,
      applyFrom: at(listFrom, '09:00'),
      applyTo: at(workdayAfter(listTo, -1), '17:00'),
      listFrom: at(listFrom, '09:00'),
      listTo: at(listTo, random.pick(['10:00', '15:00', '16:00'])),
    },
    places: [
      { site: 'landchina', channel: 'transfer' },
      { site: 'yn_ggzy', channel: 'td_notice' },
      ...when(onCity, { ...city, lag: random.int(0, 1) }),
    ],
  });
  if (random.chance(0.12)) {
    publish(shop, random, project, {
      kind: 'correction',
      day: workdayAfter(day, random.int(3, 8)),
      body: {
        form: 'land_supplement',
        number,
        ofDay: day,
        text: '原公告中竞买保证金到账截止时间由17时00分调整为17时30分，其他内容不变。',
      },
      places: [{ site: 'yn_ggzy', channel: 'td_supplement' }, ...when(onCity, city)],
    });
  }
  if (random.chance(0.08)) {
    publish(shop, random, project, {
      kind: 'terminated',
      day: workdayAfter(listFrom, -2),
      body: { form: 'terminated', reason: '因规划条件调整，终止上述宗地的挂牌出让活动。' },
      places: [{ site: 'yn_ggzy', channel: 'td_supplement' }, ...when(onCity, city)],
    });
    return project;
  }
  publish(shop, random, project, {
    kind: 'result',
    day: workdayAfter(listTo, random.int(1, 4)),
    body: { form: 'land_deal', parcels, number, deadline: workdayAfter(listTo, 12) },
    places: [
      { site: 'landchina', channel: 'deal' },
      { site: 'yn_ggzy', channel: 'td_result' },
      ...when(onCity && random.chance(0.5), { ...city, lag: 1 }),
    ],
  });
  for (const one of parcels) {
    const signed = workdayAfter(listTo, random.int(6, 10));
    publish(shop, random, project, {
      kind: 'contract',
      day: signed,
      body: { form: 'land_supply', parcel: one, signed, approver: `${county.name}人民政府` },
      places: [{ site: 'landchina', channel: 'result' }],
    });
  }
  return project;
}

/** Land allotted: one supply result and nothing else. */
export function buildAllotment(shop: Workshop, random: Random, id: string, county: County, span: Span): WorldProject {
  const day = workdayUpTo(addDays(span.from, random.int(0, Math.max(1, daysBetween(span)))));
  const year = day.slice(0, 4);
  const areaSqm = random.int(900, 120_000);
  const owner = random.pick(['教育体育局', '卫生健康局', '交通运输局', '住房和城乡建设局', '水务局']);
  const one: Parcel = {
    code: `${county.short[0] ?? ''}划${year}-${String(shop.serial(`allot/${county.code}/${year}`)).padStart(2, '0')}号`,
    location: location(random, county),
    areaSqm,
    use: random.pick(ALLOTTED),
    years: 0,
    start: 0,
    deposit: 0,
    step: 0,
    deal: 0,
    winner: `${county.name}${owner}`,
    supervision: supervision(random, county, year),
  };
  const project = landProject(random, id, county, one.code, null, '划拨');
  publish(shop, random, project, {
    kind: 'contract',
    day,
    body: { form: 'land_supply', parcel: one, signed: day, approver: `${county.name}人民政府` },
    places: [{ site: 'landchina', channel: 'result' }],
  });
  return project;
}

/** Whole days of a span. */
export function daysBetween(span: Span): number {
  const ms = (day: LocalDay): number => Date.parse(`${day}T00:00:00Z`);
  return Math.round((ms(span.to) - ms(span.from)) / 86_400_000);
}
