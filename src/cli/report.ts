import type { Store } from '../../storage/store.ts';
import { momentOf } from '../model/day.ts';
import { ALERT_NATURE_NAMES, RULE_IDS } from '../model/finding.ts';
import type { Alert, AlertNature, RuleId } from '../model/finding.ts';
import { shareJudged } from '../model/judged-projects.ts';
import type { JudgedCount } from '../model/judged-projects.ts';
import type { Run, RunOutcome } from '../model/run.ts';
import type { SourceDefinition } from '../model/source.ts';
import { table } from './output.ts';

const OUTCOMES: Record<RunOutcome, string> = {
  running: '未结束',
  complete: '完整',
  incomplete: '不完整',
  rejected: '拒收',
};

/** What a crawl's runs came to: one line a source, then each failure with what to do. */
export function crawlReport(runs: Run[], definitions: SourceDefinition[]): string {
  const name = (id: string): string => definitions.find((d) => d.id === id)?.name ?? id;
  const sum = (run: Run, of: (c: Run['channels'][number]) => number): string =>
    String(run.channels.reduce((n, channel) => n + of(channel), 0));
  const lines = [
    table([
      ['来源', '结论', '列表条数', '本地区', '读取', '新增', '变更', '失败', '请求', '用时'],
      ...runs.map((run) => [
        name(run.sourceId),
        OUTCOMES[run.outcome],
        sum(run, (c) => c.listed),
        sum(run, (c) => c.inRegion),
        sum(run, (c) => c.fetched),
        sum(run, (c) => c.created),
        sum(run, (c) => c.changed),
        String(run.failures.length),
        String(run.requests),
        `${(((run.finishedAt ?? run.startedAt) - run.startedAt) / 1000).toFixed(1)} 秒`,
      ]),
    ]),
  ];
  for (const run of runs) {
    if (run.outcome === 'complete' && run.failures.length === 0) continue;
    lines.push('', `${name(run.sourceId)}：${OUTCOMES[run.outcome]}。${shortened(run.reason ?? '')}`);
    for (const [code, failures] of byCode(run)) {
      const first = failures[0]!;
      lines.push(
        `  ${code}（${failures.length} 次）${first.message}${first.url === null ? '' : `\n    地址：${first.url}`}`,
      );
      lines.push(`    怎么办：${first.advice}`);
    }
  }
  return lines.join('\n');
}

/** The reason names every channel; a terminal gets its beginning, the page the whole. */
function shortened(reason: string): string {
  return reason.length <= 160 ? reason : `${reason.slice(0, 160)}……（全文见“来源”页面）`;
}

function byCode(run: Run): Map<string, Run['failures']> {
  const map = new Map<string, Run['failures']>();
  for (const failure of run.failures) map.set(failure.code, [...(map.get(failure.code) ?? []), failure]);
  return map;
}

/** What the store holds now: notices, projects, judged, alerts by rule. */
export async function storeReport(store: Store, ruleTitle: (id: RuleId) => string): Promise<string> {
  const statistics = await store.findings.statistics();
  const count = (rule: string, verdict: string): number =>
    statistics.filter((s) => s.rule === rule && s.verdict === verdict).reduce((n, s) => n + s.count, 0);
  const alerts = async (rule: RuleId, nature: AlertNature): Promise<string> =>
    String(await store.findings.countAlerts({ rule, nature, state: 'open' }));
  const counted = await store.findings.judged();
  const rows = [['规则', '合规', '违规', '无法判定', '违规告警', '待核提示', '已判定的项目']];
  for (const rule of RULE_IDS) {
    if (rule === 'NONE') continue;
    rows.push([
      `${rule} ${ruleTitle(rule)}`,
      ...['compliant', 'violation', 'undetermined'].map((verdict) => String(count(rule, verdict))),
      await alerts(rule, 'violation'),
      await alerts(rule, 'review'),
      judgedWords(counted, rule),
    ]);
  }
  const judged = statistics.filter((s) => s.verdict === 'compliant' || s.verdict === 'violation');
  const scoped = statistics.filter((s) => s.verdict !== 'not_applicable' && s.rule !== 'KY-REVIEW-3D');
  const of = (list: typeof statistics): number => list.reduce((n, s) => n + s.count, 0);
  const judgedOfScope = judged.filter((s) => s.rule !== 'KY-REVIEW-3D');
  return [
    `公告 ${await store.notices.count({})} 条，项目 ${await store.projects.count({})} 个；` +
      `适用规则的 ${of(scoped)} 项中已判定 ${of(judgedOfScope)} 项。`,
    table(rows),
  ].join('\n');
}

/** Of the projects that a rule reaches, how many were judged: 120/154（77.9%）. */
export function judgedWords(counted: JudgedCount | null, rule: RuleId): string {
  const of = counted?.rules.find((one) => one.rule === rule);
  const share = of === undefined ? null : shareJudged(of);
  if (of === undefined || share === null) return '—';
  return `${of.judged}/${of.judged + of.pending + of.unjudged}（${(share * 100).toFixed(1)}%）`;
}

/** One alert in a terminal: number, nature, sentence. */
export function alertLines(alert: Alert): string {
  return `${alert.number} ${ALERT_NATURE_NAMES[alert.nature]} ${alert.finding.rule} ${alert.projectName}\n    ${alert.finding.sentence}\n    提示时间 ${momentOf(alert.openedAt).replace('T', ' ')}`;
}
