import type { LinkDecision } from '../../model/link-decision.ts';
import { systemClock } from '../../model/clock.ts';
import { dayOf } from '../../model/day.ts';
import { recordDecision, recordWithdrawal } from '../../projects/record-decision.ts';
import { refreshInTurn } from '../judging.ts';
import { say, table } from '../output.ts';
import { openWorkshop } from '../workshop.ts';
import type { Workshop } from '../workshop.ts';

interface LinkCommand {
  config: string;
  by: string;
  reason: string;
}

/** `gongshi link join`: two projects are one. */
export async function linkJoin(projects: [string, string], options: LinkCommand): Promise<void> {
  await decided(options, (workshop) =>
    recordDecision(workshop, workshop.newId(), { verdict: 'together', projects, ...options }),
  );
}

/** `gongshi link split`: these notices are of another project than the rest of theirs. */
export async function linkSplit(notices: string[], options: LinkCommand): Promise<void> {
  await decided(options, (workshop) =>
    recordDecision(workshop, workshop.newId(), { verdict: 'apart', notices, ...options }),
  );
}

/** `gongshi link withdraw`: a decision no longer counts. */
export async function linkWithdraw(id: string, options: LinkCommand): Promise<void> {
  await decided(options, (workshop) => recordWithdrawal(workshop, id, options));
}

/** `gongshi link list`: what people decided and have not taken back. */
export async function linkList({ config }: Pick<LinkCommand, 'config'>): Promise<void> {
  const workshop = await openWorkshop({ config, clock: systemClock });
  try {
    const standing = await workshop.store.linkDecisions.standing();
    process.stdout.write(`${table([['编号', '日期', '裁定人', '裁定', '理由'], ...standing.map(rowOf)])}\n`);
  } finally {
    await workshop.close();
  }
}

async function decided({ config }: LinkCommand, decide: (workshop: Workshop) => Promise<LinkDecision>): Promise<void> {
  const workshop = await openWorkshop({ config, clock: systemClock });
  try {
    const decision = await decide(workshop);
    await refreshInTurn(workshop);
    const { id, withdrawn } = decision;
    say(withdrawn === null ? `已记录裁定 ${id}，项目已重新归并、核查。` : `已撤销裁定 ${id}，项目已重新归并、核查。`);
  } finally {
    await workshop.close();
  }
}

function rowOf({ id, at, by, verdict, notices, others, reason }: LinkDecision): string[] {
  const what =
    verdict === 'together'
      ? `同一项目：${notices.join('、')}`
      : `${notices.join('、')} 与 ${others.join('、')} 分属两个项目`;
  return [id, dayOf(at), by, what, reason];
}
