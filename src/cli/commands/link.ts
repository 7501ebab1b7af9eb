import type { Store } from '../../../storage/store.ts';
import type { LinkDecision } from '../../model/link-decision.ts';
import { SUGGESTION_TITLES } from '../../model/link-suggestion.ts';
import type { Project } from '../../model/project.ts';
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

/** `gongshi link refuse`: two projects that may be one are two. */
export async function linkRefuse(projects: [string, string], options: LinkCommand): Promise<void> {
  await decided(options, (workshop) =>
    recordDecision(workshop, workshop.newId(), { verdict: 'apart', projects, ...options }),
  );
}

/** `gongshi link suggestions`: projects that may be one, for a person to confirm or refuse. */
export async function linkSuggestions({ config }: Pick<LinkCommand, 'config'>): Promise<void> {
  const workshop = await openWorkshop({ config, clock: systemClock });
  try {
    const { projects } = workshop.store;
    const rows: string[][] = [];
    for await (const project of suggestedProjects(projects)) {
      const suggestions = project.suggestions ?? [];
      const homes = await projects.ofNotices(suggestions.map(({ other }) => other));
      for (const { own, other, code, reason, confidence } of suggestions) {
        const home = homes.get(other);
        // Both projects tell of it; it is listed once.
        if (home === undefined || home < project.id) continue;
        rows.push([project.id, home, String(confidence), SUGGESTION_TITLES[code], `${reason}；${own} 与 ${other}`]);
      }
    }
    process.stdout.write(`${table([['项目', '疑似同一项目', '把握', '理由', '所据'], ...rows])}\n`);
    say('确认：gongshi link join 项目 项目；排除：gongshi link refuse 项目 项目（均须 --by、--reason）。');
  } finally {
    await workshop.close();
  }
}

/** Projects a page of the listing holds. */
const PAGE = 200;

async function* suggestedProjects(projects: Store['projects']): AsyncGenerator<Project> {
  let cursor: string | undefined;
  do {
    const page = await projects.search({ suggested: true, limit: PAGE, cursor });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
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
