import type { Award, Body, Candidate, Lot, WorldProject } from '../model.ts';
import { firmAddress, firms } from '../names.ts';
import type { FirmKind } from '../names.ts';
import type { Random } from '../random.ts';
import type { Course } from '../scenarios.ts';

/** Candidates of one lot (null: of the whole project) and who wins in the end. */
export interface Contest {
  lot: string | null;
  candidates: Candidate[];
  award: Award;
}

/** Money to the yuan in tenders, to the fen now and then. */
export function price(random: Random, below: number, share: [number, number]): number {
  const raw = below * (share[0] + random.next() * (share[1] - share[0]));
  return random.chance(0.4) ? Math.round(raw * 100) / 100 : Math.round(raw / 10) * 10;
}

/** Three candidates (now and then two), best first, prices under the ceiling. */
export function contest(
  random: Random,
  kind: FirmKind,
  lot: Lot | null,
  ceiling: number,
  winner: Course['winner'] = 'first',
): Contest {
  const drawn = firms(random, kind, 4);
  const count = random.chance(0.85) ? 3 : 2;
  const candidates: Candidate[] = [];
  for (let rank = 1; rank <= count; rank++) {
    candidates.push({
      rank,
      firm: drawn[rank - 1] ?? '',
      price: price(random, ceiling, [0.86 + rank * 0.02, 0.88 + rank * 0.03]),
      score: Math.round((97 - rank * 3.2 - random.next() * 2) * 100) / 100,
    });
  }
  const outsider = { firm: drawn[3] ?? '', price: price(random, ceiling, [0.8, 0.85]) };
  const chosen = winner === 'outsider' ? outsider : candidates[winner === 'first' ? 0 : 1];
  if (chosen === undefined) throw new RangeError('a contest has two candidates at least');
  return {
    lot: lot?.id ?? null,
    candidates,
    award: {
      lot: lot?.id ?? null,
      firm: chosen.firm,
      firmAddress: firmAddress(random, chosen.firm),
      price: chosen.price,
    },
  };
}

export const SKIP_REASON =
  '第一中标（成交）候选人在公示期内书面放弃资格，采购人（招标人）依法确定排名第二的候选人为中标（成交）人。';

/** What a correction of a candidate publicity says. */
export function candidateCorrection(
  project: WorldProject,
  contests: Contest[],
  course: Course,
  ofTitle: string,
): Extract<Body, { form: 'correction' }> {
  const what = course.correction?.what ?? 'telephone';
  const first = contests[0]?.candidates[0];
  const items =
    what === 'telephone'
      ? [{ what: '联系电话', before: project.purchaser.phone, after: `${project.purchaser.phone.slice(0, -2)}26` }]
      : what === 'price' && first !== undefined
        ? [
            {
              what: `第一候选人“${first.firm}”的投标报价（最终报价）`,
              before: `${(first.price * 1.013).toFixed(2)}元`,
              after: `${first.price.toFixed(2)}元`,
            },
          ]
        : [];
  return { form: 'correction', ofTitle, ofDay: course.published ?? course.evaluated, subject: '候选人公示', items };
}

/** Contract number of a year: running, with the office's own prefix. */
export const contractNumber = (random: Random, signed: string): string =>
  `${random.pick(['KYHT', 'HT', '开采合'])}-${signed.slice(0, 4)}-${String(random.int(1, 899)).padStart(3, '0')}`;
