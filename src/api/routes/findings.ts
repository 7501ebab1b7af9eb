import type { CodeCount, FindingQuery } from '../../../storage/store.ts';
import { subjectOf } from '../../cases/alerts.ts';
import type { Finding, RuleId, Severity, Verdict } from '../../model/finding.ts';
import { SEVERITIES } from '../../model/finding.ts';
import { inNames, ruleInfo } from '../context.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { findingReasons, findingRow, page, queries } from '../schemas.ts';
import type { FindingReasonReply, FindingRowReply } from '../schemas.ts';
import { FAILURES } from './route.ts';

/** Findings that raise no alert lead somewhere, too: what could not be judged, by its reason. */
export function findingRoutes(app: ApiInstance, context: ApiContext): void {
  app.get(
    '/api/findings',
    {
      schema: {
        summary: '核查结论，缺省为无法判定的：按规则、程度、原因筛选',
        tags: ['核查结论'],
        querystring: queries.findings,
        response: { 200: page(findingRow), ...FAILURES },
      },
    },
    async (request) => {
      const { items, nextCursor } = await context.store.findings.search(asked(request.query));
      const numbers = await caseNumbers(context, items);
      return {
        items: await Promise.all(items.map((finding) => rowOf(context, finding, numbers))),
        nextCursor,
        total: await totalOf(context, asked(request.query)),
      };
    },
  );

  app.get(
    '/api/findings/reasons',
    {
      schema: {
        summary: '某种结论的原因各有多少项，程度重的在前',
        tags: ['核查结论'],
        querystring: queries.reasons,
        response: { 200: findingReasons, ...FAILURES },
      },
    },
    async (request) => {
      const counts = await context.store.findings.countByCode(request.query.verdict);
      return counts
        .filter(({ rule }) => rule !== HINTS)
        .toSorted(byWeight)
        .map((counted) => reasonOf(context, counted));
    },
  );
}

/** A hint to check is told as an alert and judges nothing: it stands among these only where its rule is asked for. */
const HINTS = 'KY-REVIEW-3D';

function asked<Q extends { rule?: RuleId | undefined }>(query: Q): Q & { exceptRule?: RuleId } {
  return query.rule === undefined ? { ...query, exceptRule: HINTS } : query;
}

async function totalOf(
  { store }: ApiContext,
  { verdict, code, severity, rule, exceptRule }: FindingQuery & { verdict: Verdict },
): Promise<number> {
  const counts =
    code === undefined
      ? (await store.findings.statistics()).filter((counted) => counted.verdict === verdict)
      : (await store.findings.countByCode(verdict)).filter((counted) => counted.code === code);
  return counts
    .filter((counted) => rule === undefined || counted.rule === rule)
    .filter((counted) => counted.rule !== exceptRule)
    .filter((counted) => severity === undefined || counted.severity === severity)
    .reduce((sum, { count }) => sum + count, 0);
}

const weight = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** The grave ones first, then the many. */
function byWeight(a: CodeCount, b: CodeCount): number {
  return weight(a.severity) - weight(b.severity) || b.count - a.count;
}

function reasonOf(context: ApiContext, { rule, severity, code, count }: CodeCount): FindingReasonReply {
  return { rule, ruleTitle: ruleInfo(context, rule).title, severity, code, codeText: context.codeText(code), count };
}

/** Of the alerts there are on the same matters, by project and matter. */
async function caseNumbers({ store }: ApiContext, findings: Finding[]): Promise<ReadonlyMap<string, string>> {
  const alerts = await store.findings.alertsOfProjects([...new Set(findings.map(({ projectId }) => projectId))]);
  return new Map(alerts.map((alert) => [`${alert.projectId}|${subjectOf(alert.finding)}`, alert.number]));
}

async function rowOf(
  context: ApiContext,
  finding: Finding,
  numbers: ReadonlyMap<string, string>,
): Promise<FindingRowReply> {
  const { key, projectId, lot, round, rule, verdict, codes, severity, sentence, judgedAt } = finding;
  const project = await context.store.projects.get(projectId);
  return {
    key,
    projectId,
    projectName: project?.name ?? projectId,
    purchaser: project?.purchaser ?? null,
    lot,
    round,
    rule,
    ruleTitle: ruleInfo(context, rule).title,
    verdict,
    codes,
    codeTexts: codes.map(context.codeText),
    severity,
    sentence: inNames(context, sentence),
    judgedAt,
    caseNumber: numbers.get(`${projectId}|${subjectOf(finding)}`) ?? null,
  };
}
