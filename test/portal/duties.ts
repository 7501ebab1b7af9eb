import { addDays } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';
import type { RuleId } from '../../src/model/finding.ts';
import { isWorkday } from './calendar.ts';
import type { Body, WorldNotice, WorldProject } from './model.ts';
import type { PlantedFault } from './truth.ts';

/**
 * Breaches of the duties beside the publicity periods, read off what a world's pages finally state and counted by walking
 * from day to day. It shares nothing with the product's rules and nothing with what plants the breaches.
 */
export function dutyBreaches(project: WorldProject): PlantedFault[] {
  const rounds = [...new Set(project.notices.map((notice) => notice.round))];
  return rounds.flatMap((round) => breachesOf(project, round));
}

type Form<K extends Body['form']> = { notice: WorldNotice; body: Extract<Body, { form: K }> };

function breachesOf(project: WorldProject, round: number): PlantedFault[] {
  const notices = project.notices.filter((notice) => notice.round === round);
  const all = <K extends Body['form']>(form: K): Form<K>[] =>
    notices.flatMap((notice) => (notice.body.form === form ? [{ notice, body: notice.body as Form<K>['body'] }] : []));
  const found: PlantedFault[] = [];
  const add = (name: string, rule: RuleId, lot: string | null, breached: boolean): void => {
    if (breached) found.push({ class: name, nature: 'violation', rule, lot, round });
  };
  const tendered = mustBeTendered(project);
  const procurement = project.track === 'procurement';
  const construction = project.track === 'construction';

  const tender = all('tender')[0];
  if (tender !== undefined) {
    const { documentsFrom: from, documentsTo: to } = tender.body;
    const due = moved(all('correction')) ?? tender.body.opening.slice(0, 10);
    const open = project.method === '公开招标';
    if (construction && tendered) {
      add('short-bidding', 'TB-BID-20D', null, due < addDays(from, 20));
      add('short-sale', 'TB-DOC-SALE-5D', null, to < addDays(from, 4));
    }
    if (procurement && open) {
      add('short-bidding', 'GP-BID-20D', null, due < addDays(from, 20));
      add('short-sale', 'GP-DOC-5WD', null, workdaysAfter(from, to) < 4);
    }
    if (procurement && project.method === '竞争性谈判')
      add('short-bidding', 'GP-CN-3WD', null, workdaysAfter(from, due) < 3);
    if (procurement && project.method === '询价')
      add('short-bidding', 'GP-INQ-3WD', null, workdaysAfter(from, due) < 3);
    if (procurement && project.method === '竞争性磋商') {
      add('short-bidding', 'GP-CC-10D', null, due < addDays(from, 10));
      add('short-sale', 'GP-CC-DOC-5WD', null, workdaysAfter(from, to) < 4);
    }
  }

  const letters = all('award_letter');
  const contracts = all('contract');
  const lists = all('candidate').flatMap(({ body }) => body.lists);
  const lots = project.lots.length === 0 ? [null] : project.lots.map((lot) => lot.id);
  for (const lot of lots) {
    const result = all('result').find(({ body }) =>
      body.awards.some((award) => award.lot === lot && award.firm !== null),
    );
    if (result === undefined) continue;
    const award = result.body.awards.find((one) => one.lot === lot)!;
    const announced = shown(result.notice);
    if (procurement) add('late-result', 'GP-RESULT-2WD', lot, workdaysAfter(result.body.determined, announced) > 2);
    const ceiling = lot === null ? project.ceiling : (project.lots.find((one) => one.id === lot)?.budget ?? null);
    const limit = lot === null ? Math.max(ceiling ?? 0, project.budget ?? 0) : (ceiling ?? 0);
    add('above-ceiling', procurement ? 'GP-CEILING' : 'TB-CEILING', lot, limit > 0 && award.price > limit);
    const list = lists.filter((one) => one.lot === lot);
    const stranger = list.length > 0 && !list.some((one) => one.candidates.some((c) => c.firm === award.firm));
    add('wrong-winner', 'TB-FIRST-CANDIDATE', lot, construction && !tendered && stranger);

    const contract = contracts.find(({ body }) => body.award.lot === lot);
    if (contract === undefined) continue;
    const letter = letters.find(({ body }) => body.award.lot === lot)?.body.issued ?? result.body.letter;
    const from = letter ?? (procurement ? announced : null);
    if (from !== null) {
      let deadline = addDays(from, 30);
      while (!isWorkday(deadline)) deadline = addDays(deadline, 1);
      add('late-contract', procurement ? 'GP-CONTRACT-30D' : 'TB-CONTRACT-30D', lot, contract.body.signed > deadline);
    }
    const published = shown(contract.notice);
    if (procurement)
      add('late-contract-notice', 'GP-CONTRACT-PUB-2WD', lot, workdaysAfter(contract.body.signed, published) > 2);
    const match: RuleId = procurement ? 'GP-CONTRACT-MATCH' : 'TB-CONTRACT-MATCH';
    add('other-contractor', match, lot, contract.body.award.firm !== award.firm);
  }

  const offer = all('land_offer')[0];
  if (offer !== undefined) {
    const [from, to] = [offer.body.listFrom.slice(0, 10), offer.body.listTo.slice(0, 10)];
    add('short-land-notice', 'LAND-NOTICE-20D', null, from < addDays(shown(offer.notice), 20));
    add('short-listing', 'LAND-LIST-10D', null, to < addDays(from, 10));
    const deal = all('land_deal')[0];
    if (deal !== undefined)
      add('late-land-result', 'LAND-RESULT-10WD', null, workdaysAfter(to, shown(deal.notice)) > 10);
  }
  return found;
}

function mustBeTendered(project: WorldProject): boolean {
  const line = { 工程: 4_000_000, 货物: 2_000_000, 服务: 1_000_000, 土地: Infinity, 资产: Infinity }[project.category];
  return project.budget !== null && project.budget >= line;
}

function shown(notice: WorldNotice): LocalDay {
  return notice.pages.map((page) => page.at.slice(0, 10)).sort()[0]!;
}

/** The day to which a correction moved the deadline; the last one counts. */
function moved(corrections: Form<'correction'>[]): LocalDay | null {
  const items = corrections.flatMap(({ body }) => body.items).filter(({ what }) => what.includes('截止时间'));
  const digits = items.at(-1)?.after.match(/\d+/g) ?? [];
  const [year, month, day] = digits;
  if (year === undefined || month === undefined || day === undefined) return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Working days after the one day up to the other, which is counted. */
function workdaysAfter(from: LocalDay, to: LocalDay): number {
  let n = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(day)) n++;
  return n;
}
