import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { buildApi } from '../api/api.ts';
import type { ApiContext } from '../api/context.ts';
import type { Loops } from '../api/loops.ts';
import type { Metrics } from '../api/metrics.ts';
import { codeText } from '../compliance/code-texts.ts';
import { ALL_RULES } from '../compliance/rules/index.ts';
import { basisText } from '../compliance/rules/rule.ts';
import type { RuleId } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import { carryingColumns } from '../projects/coverage.ts';
import type { MediaRule } from '../projects/coverage.ts';
import { workdayCounter } from './calendar.ts';
import { refreshAlone } from './judging.ts';
import type { LogSettings } from './log.ts';
import { workshopMetrics } from './metrics.ts';
import { say } from './output.ts';
import { heldWords, settingsToJudgeBy } from './settings-in-force.ts';
import type { Workshop } from './workshop.ts';

export interface RunningServer {
  /** `http://host:port` */
  address: string;
  close(): Promise<void>;
}

/** Page and API on one port; 0 chooses a free one. The page is built first where it has not been. */
export async function startServer(
  workshop: Workshop,
  options: { home: string; host: string; port: number; log?: LogSettings; metrics?: Metrics; loops?: Loops },
): Promise<RunningServer> {
  const api = buildApi({
    ...apiContext(workshop),
    webRoot: await builtPage(options.home),
    loops: options.loops,
    metrics: options.metrics ?? workshopMetrics(workshop),
    logger: options.log,
  });
  const address = await api.listen({ host: options.host, port: options.port });
  return { address, close: () => api.close() };
}

/** What the API, and a command that prints what it shows, answer from. */
export function apiContext(workshop: Workshop): ApiContext {
  const { store, archive, definitions, settings, calendar, clock, config } = workshop;
  return {
    store,
    archive,
    definitions,
    settings,
    clock,
    desk: { calendar, deadlines: config.cases },
    indicators: config.indicators,
    rules: ALL_RULES.map((rule) => ({ id: rule.id, title: rule.title, basis: basisText(rule) })),
    codeText,
    countWorkdays: workdayCounter(calendar),
    settingsInForce: async () => {
      const { held, ...inForce } = await settingsToJudgeBy(workshop);
      return { ...inForce, held: held === null ? null : { words: heldWords(held), files: held.files } };
    },
    newId: workshop.newId,
    relink: async () => (await refreshAlone(workshop)) !== null,
    columnsOf: (rule) => columnsOf(rule, config.policy),
  };
}

/** The review asks for the candidate publicity of the local rule: it is looked for in the same columns. */
function columnsOf(rule: RuleId, { designatedMedia }: Policy): string[] | null {
  if (rule === 'KY-REVIEW-3D') return carryingColumns('KY-GP-3D', designatedMedia);
  return rule in designatedMedia ? carryingColumns(rule as MediaRule, designatedMedia) : null;
}

/** Folder of the built page. From a checkout it is built on first use; an installation brings it. */
async function builtPage(home: string): Promise<string | null> {
  const folder = join(home, 'web/dist');
  if (existsSync(join(folder, 'index.html'))) return folder;
  if (!existsSync(join(home, 'web/vite.config.ts'))) return null;
  say('首次打开，正在生成页面……');
  const { build } = await import('vite');
  await build({ configFile: join(home, 'web/vite.config.ts'), logLevel: 'warn' });
  return folder;
}
