import { workdayAfter } from '../calendar.ts';
import type { Award, WorldProject } from '../model.ts';
import { agencyParty, firmAddress, firms, party, purchaseOf } from '../names.ts';
import type { Random } from '../random.ts';
import { printPeriod, publish } from '../workshop.ts';
import type { Workshop } from '../workshop.ts';
import { bulletin, habits, plant, when } from './common.ts';
import type { Order } from './common.ts';
import { contractNumber, price } from './candidates.ts';

/** Single-source procurement: publicity of the reason, five working days, result, contract. */
export function buildSingleSource(shop: Workshop, random: Random, order: Order, span = shop.span): WorldProject {
  const { county, scenario, lean } = order;
  const course = scenario.course(random, span);
  let buyer = '';
  const name = shop.names.unused(() => {
    const wanted = purchaseOf(random, county, 'single');
    buyer = wanted.buyer;
    return `${buyer}${wanted.thing}`;
  });
  // Far from the line on either side: no reading of the province's figure moves it across.
  const budget = scenario.amount === 'outside' ? random.int(35, 95) * 10_000 : random.int(430, 980) * 10_000;
  const year = course.result.slice(0, 4);
  const firm = firms(random, '服务', 1)[0] ?? '';
  const project: WorldProject = {
    id: order.id,
    family: 'single_source',
    track: 'procurement',
    county,
    name,
    code: `YNZC${year}-D${random.int(1, 3)}-${String(shop.serial(`ynzc/${year}`)).padStart(5, '0')}-YNKY-${String(random.int(1, 999)).padStart(4, '0')}`,
    purchaser: party(random, county, buyer),
    agency: agencyParty(random, county),
    method: '单一来源',
    category: '服务',
    subtype: null,
    funding: '财政资金',
    budget,
    ceiling: budget,
    need: `${name}。`,
    qualification: '无',
    term: '一年',
    lots: [],
    habits: habits(random, '包'),
    notices: [],
    planted: [],
    nearMiss: null,
  };
  const award: Award = {
    lot: null,
    firm,
    firmAddress: firmAddress(random, firm),
    price: price(random, budget, [0.94, 0.995]),
  };
  const city = { site: 'ky_gov', channel: 'zfcg', lag: 1 } as const;
  const onCity = !lean && random.chance(0.3);
  if (course.published !== null) {
    publish(shop, random, project, {
      kind: 'single_source',
      day: course.published,
      minutes: random.int(9 * 60, 11 * 60),
      body: {
        form: 'single_source',
        firm,
        firmAddress: award.firmAddress,
        reason:
          '该系统由拟定供应商独家开发并持有源代码及数据接口，为保证与原有采购项目一致性和服务配套要求，只能从唯一供应商处采购。',
        period: printPeriod(random, project, course, course.published),
      },
      places: [...bulletin('bxlx005'), ...when(onCity, city)],
    });
  }
  publish(shop, random, project, {
    kind: 'result',
    day: course.result,
    minutes: random.int(14 * 60 + 30, 16 * 60),
    body: { form: 'result', awards: [award], determined: course.result, letter: null, skipReason: null, quoted: null },
    places: [...bulletin('bxlx007'), ...when(onCity, city)],
  });
  if (random.chance(lean ? 0.3 : 0.7)) {
    publish(shop, random, project, {
      kind: 'contract',
      day: workdayAfter(course.signed, 1),
      body: {
        form: 'contract',
        award,
        signed: course.signed,
        number: contractNumber(random, course.signed),
        term: project.term,
      },
      places: bulletin('bxlx014'),
    });
  }
  plant(project, scenario, 'GP-SS-5WD');
  return project;
}
