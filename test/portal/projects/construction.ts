import { addDays } from '../../../src/model/day.ts';
import type { WorldProject } from '../model.ts';
import { agencyParty, constructionOf, party, quarters, towns } from '../names.ts';
import type { Random } from '../random.ts';
import { publish, workdayUpTo } from '../workshop.ts';
import type { Placement, Workshop } from '../workshop.ts';
import { habits, plant, splitLots, when } from './common.ts';
import type { Order } from './common.ts';
import { layOut } from './contested.ts';

/** Yuan from which a tender is a legal duty since 2018-06-01, by category. */
const MUST_TENDER = { 工程: 4_000_000, 货物: 2_000_000, 服务: 1_000_000 } as const;

/** Some pages give the ceiling alone: it must not stand on the other side of the line than the estimate. */
function ceilingBelow(estimate: number, line: number): number {
  const ceiling = Math.round(estimate * 98.6) / 100;
  return estimate >= line ? Math.max(line, ceiling) : ceiling;
}

/** Construction tenders on the provincial trading site, with copies on the city's. */
export function buildConstruction(shop: Workshop, random: Random, order: Order, span = shop.span): WorldProject {
  const { county, scenario, lean } = order;
  const course = scenario.course(random, span);
  const category = random.chance(0.8) ? '工程' : random.chance(0.5) ? '服务' : '货物';
  const part = { 工程: '施工', 服务: random.pick(['监理', '勘察设计']), 货物: '设备采购' }[category];
  let buyer = '';
  const works = shop.names.unused(() => {
    const project = constructionOf(random, county);
    buyer = project.buyer;
    return `${county.name}${random.pick(random.chance(0.5) ? quarters(county) : towns(county))}${project.works}`;
  });
  const line = MUST_TENDER[category];
  const estimate =
    scenario.amount === 'missing'
      ? null
      : scenario.amount === 'outside'
        ? Math.round(line * (0.4 + random.next() * 0.5))
        : random.chance(0.05)
          ? line
          : Math.round((line * (1.05 + random.next() * random.pick([1, 4, 12]))) / 1000) * 1000;
  const lots =
    scenario.shape === 'lots'
      ? splitLots(random, 2, estimate)
      : scenario.nature === 'lawful' && random.chance(0.1)
        ? splitLots(random, random.int(2, 3), estimate)
        : [];
  const year = course.evaluated.slice(0, 4);
  const serial = shop.serial(`construction/${year}`);
  const project: WorldProject = {
    id: order.id,
    family: 'construction',
    track: 'construction',
    county,
    name: `${works}（${part}）`,
    code: `GC${county.code}${year}00${String(serial).padStart(4, '0')}001`,
    purchaser: party(random, county, buyer),
    agency: agencyParty(random, county),
    method: '公开招标',
    category,
    subtype: null,
    funding: random.pick([
      '国有资金',
      '财政资金100%',
      '国有资金（中央预算内资金及地方配套）',
      '地方政府专项债券及财政资金',
    ]),
    budget: estimate,
    ceiling: estimate === null ? null : random.chance(0.5) ? estimate : ceilingBelow(estimate, line),
    need: `${works}招标范围内的全部${part}内容，详见招标文件及工程量清单。`,
    qualification:
      category === '工程'
        ? '具备建筑工程或市政公用工程施工总承包贰级及以上资质，持有有效的安全生产许可证。'
        : category === '服务'
          ? '具备相应专业的乙级及以上资质，拟派项目负责人具备相应注册执业资格。'
          : '具有独立法人资格的制造商或代理商，具备供货、安装及售后服务能力。',
    term: `${random.pick([60, 90, 120, 180, 240, 365])}日历天`,
    lots,
    habits: habits(random, '标段'),
    notices: [],
    planted: [],
    nearMiss: null,
  };
  const onCity = !lean && random.chance(0.5);
  const place = (channel: string): Placement => ({ site: 'yn_ggzy', channel });
  const city = { site: 'ky_gov', channel: 'gcjs' } as const;
  // A plan states the investment: a project whose estimate no page gives has none.
  if (!lean && estimate !== null && random.chance(0.5)) {
    publish(shop, random, project, {
      kind: 'plan',
      day: workdayUpTo(addDays(course.evaluated, -random.int(62, 85))),
      name: works,
      body: { form: 'plan', expected: course.evaluated.slice(0, 7) },
      places: [place('gcjs_plan')],
    });
  }
  layOut(shop, random, project, scenario, course, {
    firms: category === '货物' ? '货物' : category === '服务' ? '服务' : '工程',
    lead: { days: 21 },
    tender: [place('gcjs_tender'), ...when(onCity, { ...city, lag: random.int(0, 1) })],
    tenderCorrection: [place('gcjs_change')],
    candidate: [place('gcjs_candidate'), ...when(onCity, { ...city, lag: random.int(0, 1) })],
    elsewhere: [city],
    result: [place('gcjs_result'), ...when(onCity, { ...city, lag: random.int(0, 2) })],
    letter: [],
    contract: [place('gcjs_contract')],
    failed: [place('gcjs_abnormal')],
    terminated: [place('gcjs_abnormal')],
    lean,
  });
  plant(project, scenario, 'TB-CAND-3D');
  return project;
}
