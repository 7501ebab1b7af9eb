import { loadConfig } from '../../../config/load.ts';
import { ledgerOf, MINIMUM_DECIDED } from '../../cases/ledger.ts';
import type { LedgerRow } from '../../cases/ledger.ts';
import { simulate } from '../../cases/simulate.ts';
import type { Simulation } from '../../cases/simulate.ts';
import { severityName } from '../../compliance/code-texts.ts';
import { CASE_STATE_NAMES } from '../../model/case.ts';
import { ALERT_NATURE_NAMES } from '../../model/finding.ts';
import { systemClock } from '../../model/clock.ts';
import type { RuleId } from '../../model/finding.ts';
import { printJson, table } from '../output.ts';
import { judgedWords } from '../report.ts';
import { openWorkshop } from '../workshop.ts';

const SHOWN = 20;

/** `gongshi ledger [--simulate FOLDER]`: how right the alerts were; what another policy would have made of history. */
export async function ledger(options: { config: string; simulate?: string; json?: boolean }): Promise<void> {
  // Read before anything is opened: a wrong folder is told at once.
  const policy = options.simulate === undefined ? null : loadConfig(options.simulate).policy;
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    const found = await ledgerOf(workshop.store.cases.all());
    const simulation = policy === null ? null : await simulate({ ...workshop, policy });
    const judged = await workshop.store.findings.judged();
    if (options.json === true) return printJson({ minimum: MINIMUM_DECIDED, ...found, judged, simulation });
    print(tableOf('规则', found.byRule, (rule) => judgedWords(judged, rule as RuleId)));
    print(`\n${tableOf('来源', found.bySource)}`);
    print(`\n${tableOf('代理机构', found.byAgency)}`);
    if (found.doubts > 0) print(`\n另有存疑案件 ${found.doubts} 件，未作违规认定，不计入以上各表。`);
    if (simulation !== null) print(`\n${simulationText(simulation)}`);
  } finally {
    await workshop.close();
  }
}

/** `judged`: of the projects of that name, how many were judged; left out where nobody counts them so. */
function tableOf(name: string, rows: LedgerRow[], judged?: (name: string) => string): string {
  const share = (row: LedgerRow): string =>
    row.share === null ? `太少（不足 ${MINIMUM_DECIDED} 件）` : `${(row.share * 100).toFixed(1)}%`;
  const cells = rows.map((row) => [
    row.name,
    ...[row.confirmed, row.dismissed, row.misjudged, row.undecided].map(String),
    share(row),
    ...(judged === undefined ? [] : [judged(row.name)]),
  ]);
  const heads = [
    name,
    '确认',
    '排除',
    '系统有误',
    '未决定',
    '确认占比',
    ...(judged === undefined ? [] : ['已判定的项目']),
  ];
  return table([heads, ...cells]);
}

function simulationText({ projects, gone, changed, added }: Simulation): string {
  const decided = (state: 'confirmed' | 'dismissed', among: readonly { decision: string | null }[] = gone): number =>
    among.filter(({ decision }) => decision === state).length;
  const more = (n: number): string[] => (n > SHOWN ? [`  ……共 ${n} 条，全部见 --json`] : []);
  return [
    `按该设置重新核查 ${projects} 个项目（未作任何改动）：`,
    `不会再有的告警 ${gone.length} 条，其中已确认 ${decided('confirmed')} 条、已排除 ${decided('dismissed')} 条`,
    ...gone
      .slice(0, SHOWN)
      .map((one) => `  ${one.number} ${one.rule} ${one.projectName}（${CASE_STATE_NAMES[one.state]}）`),
    ...more(gone.length),
    `性质或程度会变的告警 ${changed.length} 条，其中已确认 ${decided('confirmed', changed)} 条、已排除 ${decided('dismissed', changed)} 条`,
    ...changed
      .slice(0, SHOWN)
      .map(
        ({ number, rule, projectName, state, before, after }) =>
          `  ${number} ${rule} ${projectName}（${CASE_STATE_NAMES[state]}）：${standingWords(before)} → ${standingWords(after)}`,
      ),
    ...more(changed.length),
    `会新增的告警 ${added.length} 条`,
    ...added.slice(0, SHOWN).map((one) => `  ${one.rule} ${one.projectName}（${standingWords(one)}）：${one.sentence}`),
    ...more(added.length),
  ].join('\n');
}

function standingWords({ nature, severity }: Pick<Simulation['added'][number], 'nature' | 'severity'>): string {
  return `${ALERT_NATURE_NAMES[nature]}（${severityName(severity)}）`;
}
