import { addDays, dayOf } from '../../model/day.ts';
import type { Verdict } from '../../model/finding.ts';
import type { ApiContext, ApiInstance, RuleInfo } from '../context.ts';
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
    rules: context.rules.map((rule) => ruleShare(rule, statistics)),
    months,
    calendarEnds: calendar.endsSoon(dayOf(now)),
    settingsHeld: held?.words ?? null,
    asOf: now,
  };
}

/** The share judged stands beside every count: a small number of violations says nothing where little could be judged. */
function ruleShare(
  rule: RuleInfo,
  statistics: { rule: string; verdict: Verdict; count: number }[],
): Overview['rules'][number] {
  const sum = (verdict: Verdict): number =>
    statistics
      .filter((counted) => counted.rule === rule.id && counted.verdict === verdict)
      .reduce((total, counted) => total + counted.count, 0);
  const compliant = sum('compliant');
  const violation = sum('violation');
  const undetermined = sum('undetermined');
  const inScope = compliant + violation + undetermined;
  return {
    rule: rule.id,
    ruleTitle: rule.title,
    compliant,
    violation,
    undetermined,
    notApplicable: sum('not_applicable'),
    judgedShare: inScope === 0 ? null : (compliant + violation) / inScope,
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
