import { addDays } from '../../src/model/day.ts';
import { workdayAfter } from './calendar.ts';
import type { Body, WorldNotice, WorldProject } from './model.ts';
import { firms } from './names.ts';
import type { Random } from './random.ts';
import { at } from './workshop.ts';

/** One lawful project in so many neglects a duty beside the publicity period. */
const SHARE = 0.06;

type Of<K extends Body['form']> = Extract<Body, { form: K }>;

/** Each changes what pages state so that one duty is breached; false where the project gives no occasion. */
const NEGLECTS: ((project: WorldProject, random: Random) => boolean)[] = [
  shortenBidding,
  decideLongBefore,
  signLongBefore,
  raiseAward,
  signWithAnother,
  listTooSoon,
];

/** Lets some lawful projects of a world neglect a duty. What came of it is told by dutyBreaches alone. */
export function neglectSome(projects: readonly WorldProject[], random: Random): void {
  for (const project of projects) {
    if (project.planted.length > 0 || project.nearMiss !== null) continue;
    const own = random.fork(project.id);
    if (!own.chance(SHARE)) continue;
    const first = own.int(0, NEGLECTS.length - 1);
    // The first neglect that the project gives occasion for.
    for (let i = 0; i < NEGLECTS.length; i++) if (NEGLECTS[(first + i) % NEGLECTS.length]!(project, own)) break;
  }
}

function noticeOf<K extends Body['form']>(project: WorldProject, form: K): { notice: WorldNotice; body: Of<K> } | null {
  const notice = project.notices.findLast((one) => one.body.form === form);
  return notice === undefined ? null : { notice, body: notice.body as Of<K> };
}

/** Documents to be had only shortly before answers are due. */
function shortenBidding(project: WorldProject): boolean {
  const tender = noticeOf(project, 'tender');
  if (tender === null || project.notices.some((one) => one.body.form === 'correction')) return false;
  const due = tender.body.opening.slice(0, 10);
  const from = project.method === '公开招标' ? addDays(due, -14) : workdayAfter(due, -2);
  if (from <= tender.notice.day) return false;
  tender.body.documentsFrom = from;
  tender.body.documentsTo = workdayAfter(from, project.method === '公开招标' ? 7 : 1);
  return true;
}

function decideLongBefore(project: WorldProject): boolean {
  const result = noticeOf(project, 'result');
  if (result === null || project.track !== 'procurement') return false;
  result.body.determined = workdayAfter(result.notice.day, -5);
  return true;
}

/** Signed days before the contract is shown, and still after the result. */
function signLongBefore(project: WorldProject): boolean {
  const [result, contract] = [noticeOf(project, 'result'), noticeOf(project, 'contract')];
  if (result === null || contract === null || project.track !== 'procurement') return false;
  const signed = workdayAfter(contract.notice.day, -6);
  if (signed <= workdayAfter(result.notice.day, 1)) return false;
  contract.body.signed = signed;
  return true;
}

function raiseAward(project: WorldProject): boolean {
  const result = noticeOf(project, 'result');
  const award = result?.body.awards[0];
  if (award === undefined || project.lots.length > 0 || project.budget === null) return false;
  award.price = Math.round((project.budget * 1.03) / 100) * 100;
  return true;
}

function signWithAnother(project: WorldProject, random: Random): boolean {
  const contract = noticeOf(project, 'contract');
  if (contract === null || (project.track !== 'procurement' && project.track !== 'construction')) return false;
  const known = JSON.stringify(project.notices.map((one) => one.body));
  const firm = firms(random, project.category === '工程' ? '工程' : '服务', 3).find((name) => !known.includes(name));
  if (firm === undefined) return false;
  contract.body.award = { ...contract.body.award, firm };
  return true;
}

function listTooSoon(project: WorldProject): boolean {
  const offer = noticeOf(project, 'land_offer');
  if (offer === null) return false;
  const from = workdayAfter(addDays(offer.notice.day, 11), 0);
  offer.body.listFrom = at(from, '09:00');
  offer.body.applyFrom = at(from, '09:00');
  return true;
}
