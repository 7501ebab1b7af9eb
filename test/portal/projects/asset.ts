import { addDays } from '../../../src/model/day.ts';
import { workdayAfter } from '../calendar.ts';
import type { County, WorldProject } from '../model.ts';
import { ASSETS, agencyParty, assetOwner, firms, party, quarters, roads } from '../names.ts';
import type { Random } from '../random.ts';
import type { Span } from '../scenarios.ts';
import { publish, workdayUpTo } from '../workshop.ts';
import type { Placement, Workshop } from '../workshop.ts';
import { habits, when } from './common.ts';
import { daysBetween } from './land.ts';

/** State assets sold or let by bidding: listing, now and then a second and cheaper one, result. */
export function buildAsset(shop: Workshop, random: Random, id: string, county: County, span: Span): WorldProject {
  const thing = random.pick(ASSETS);
  const yearly = thing.endsWith('权') && !thing.includes('林木');
  const name = shop.names.unused(
    () =>
      `${county.name}${random.pick(random.chance(0.6) ? roads(county) : quarters(county))}${random.int(1, 199)}号${thing}`,
  );
  const day = workdayUpTo(addDays(span.from, random.int(0, Math.max(1, daysBetween(span)))));
  const year = day.slice(0, 4);
  const owner = party(random, county, assetOwner(random, county));
  const project: WorldProject = {
    id,
    family: 'asset',
    track: 'asset',
    county,
    name,
    code: `${county.short[0] ?? ''}国资竞〔${year}〕${String(shop.serial(`asset/${county.code}/${year}`)).padStart(3, '0')}号`,
    purchaser: owner,
    agency: agencyParty(random, county, '红河州公共资源交易中心'),
    method: '竞价',
    category: '资产',
    subtype: null,
    funding: '',
    budget: null,
    ceiling: null,
    need: yearly ? `${name}，租赁期${random.pick(['三', '五'])}年。` : `${name}，以现状交付。`,
    qualification: '具有完全民事行为能力的自然人、法人或其他组织。',
    term: '',
    lots: [],
    habits: habits(random, '包'),
    notices: [],
    planted: [],
    nearMiss: null,
  };
  const city: Placement[] = when(random.chance(0.8), { site: 'ky_gov', channel: 'cqjy', lag: random.int(0, 1) });
  const listing: Placement[] = [{ site: 'yn_ggzy', channel: 'cq_listing' }, ...city];
  let asked = random.int(8, 420) * 1000;
  let to = workdayAfter(addDays(day, 10), 0);
  const list = (round: number, from: string, until: string): void => {
    publish(shop, random, project, {
      kind: 'tender',
      day: from,
      round,
      body: {
        form: 'asset_listing',
        price: asked,
        yearly,
        deposit: Math.round(asked * 0.1),
        from: workdayAfter(from, 1),
        to: until,
      },
      places: listing,
    });
  };
  list(1, day, to);
  let round = 1;
  if (random.chance(0.2)) {
    publish(shop, random, project, {
      kind: 'failed',
      day: workdayAfter(to, 1),
      body: { form: 'failed', reason: '挂牌期满无意向受让方报名，本次竞价流标。', lots: [] },
      places: [{ site: 'yn_ggzy', channel: 'cq_result' }],
    });
    const again = workdayAfter(to, random.int(4, 12));
    asked = Math.round((asked * 0.9) / 100) * 100;
    round = 2;
    to = workdayAfter(addDays(again, 10), 0);
    list(2, again, to);
  }
  const dealt = workdayAfter(to, random.int(0, 2));
  publish(shop, random, project, {
    kind: 'result',
    day: workdayAfter(dealt, 1),
    round,
    body: {
      form: 'asset_result',
      price: Math.round(asked * (1 + random.next() * 0.35)),
      yearly,
      winner: random.chance(0.5)
        ? (firms(random, '土地', 1)[0] ?? '')
        : random.pick(['李某某', '王某', '张某', '普某某', '马某']),
      dealt,
    },
    places: [{ site: 'yn_ggzy', channel: 'cq_result' }, ...city],
  });
  return project;
}
