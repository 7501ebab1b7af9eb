import { addDays, dayOf } from '../../model/day.ts';
import type { Verdict } from '../../model/finding.ts';
import type { ApiContext, ApiInstance, RuleInfo } from '../context.ts';
import { judgedProjectsReply } from '../judged-replies.ts';
import { overview } from '../schemas.ts';
import type { Overview } from '../schemas.ts';
import { FAILURES } from './route.ts';

const SHOWN_MONTHS = 12;

export function overviewRoutes(app: ApiInstance, context: ApiContext): void {
  app.get(
    '/api/overview',
    {
      schema: {
        summary: '总览：数量、各规则核查情况、每月公告数',
        tags: ['总览'],
        response: { 200: overview, ...FAILURES },
      },
    },
    () => overviewReply(context),
  );
}

async function overviewReply(context: ApiContext): Promise<Overview> {
  const { notices, projects, findings } = context.store;
  const now = context.clock.now();
  const statistics = await findings.statistics();
  const judged = await findings.judged();
  const { calendar, held } = await context.settingsInForce();
  const months = await Promise.all(
    lastMonths(now).map(async ({ month, from, to }) => ({ month, notices: await notices.count({ from, to }) })),
  );
  return {
    notices: await notices.count({}),
    projects: await projects.count({}),
    alerts: {
      violation: await findings.countAlerts({ nature: 'violation', state: 'open' }),
      review: await findings.countAlerts({ nature: 'review', state: 'open' }),
      cleared: await findings.countAlerts({ state: 'cleared', exceptNature: 'doubt' }),
    },
    rules: context.rules.map((rule) => ({
      ...ruleCounts(rule, statistics),
      projects: judgedProjectsReply(context, judged, rule.id),
    })),
    judgedAt: judged?.at ?? null,
    months,
    calendarEnds: calendar.endsSoon(dayOf(now)),
    settingsHeld: held?.words ?? null,
    asOf: now,
  };
}

function ruleCounts(
  rule: RuleInfo,
  statistics: { rule: string; verdict: Verdict; count: number }[],
): Omit<Overview['rules'][number], 'projects'> {
  const sum = (verdict: Verdict): number =>
    statistics
      .filter((counted) => counted.rule === rule.id && counted.verdict === verdict)
      .reduce((total, counted) => total + counted.count, 0);
  return {
    rule: rule.id,
    ruleTitle: rule.title,
    compliant: sum('compliant'),
    violation: sum('violation'),
    undetermined: sum('undetermined'),
    notApplicable: sum('not_applicable'),
  };
}

/** The running month and the eleven before it, oldest first. */
function lastMonths(now: number): { month: string; from: string; to: string }[] {
  const months: { month: string; from: string; to: string }[] = [];
  let from = `${dayOf(now).slice(0, 7)}-01`;
  for (let i = 0; i < SHOWN_MONTHS; i += 1) {
    // 31 days after the first stands in the next month.
    const next = `${addDays(from, 31).slice(0, 7)}-01`;
    months.unshift({ month: from.slice(0, 7), from, to: addDays(next, -1) });
    from = `${addDays(from, -1).slice(0, 7)}-01`;
  }
  return months;
}
