import { simulate } from '../../cases/simulate.ts';
import type { Simulation } from '../../cases/simulate.ts';
import { CASE_STATE_NAMES } from '../../model/case.ts';
import { CorrectInput } from '../../model/errors.ts';
import type { Policy } from '../../model/policy.ts';
import { inNames, ruleInfo } from '../context.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { actingUser } from '../session.ts';
import { simulation, simulationTry } from '../simulation-schemas.ts';
import type { SimulationReply, SimulationTry } from '../simulation-schemas.ts';
import { ACT_FAILURES } from './route.ts';

/** Judged in the process that answers the page, some tens of seconds; of more the command line takes care. */
const MOST_PROJECTS = 50_000;
const SHOWN = 100;

/** A changed setting is tried on history before anybody puts it in force; nothing is written. */
export function simulationRoutes(app: ApiInstance, context: ApiContext): void {
  let isRunning = false;
  app.post(
    '/api/simulations',
    {
      schema: {
        summary: '试算：按改动的设置重新核查现有项目，哪些告警会没有、会变、会新增；不作任何改动',
        tags: ['案件'],
        body: simulationTry,
        response: { 200: simulation, ...ACT_FAILURES },
      },
    },
    async (request) => {
      await actingUser(context, request, ['supervisor', 'operator']);
      const { store, clock } = context;
      if ((await store.projects.count({})) > MOST_PROJECTS) {
        throw new CorrectInput(
          `项目超过 ${MOST_PROJECTS} 个，不在页面上试算`,
          '请在服务器上运行 gongshi ledger --simulate 设置文件夹。',
        );
      }
      if (isRunning) throw new CorrectInput('另一次试算正在进行', '请等它完成后再试，一般不超过一分钟。');
      isRunning = true;
      try {
        const { policy, calendar } = await context.settingsInForce();
        return replyOf(context, await simulate({ store, clock, calendar, policy: triedPolicy(policy, request.body) }));
      } finally {
        isRunning = false;
      }
    },
  );
}

function triedPolicy(policy: Policy, { enabled, ...tried }: SimulationTry): Policy {
  return { ...policy, ...tried, enabled: { ...policy.enabled, ...enabled } };
}

function replyOf(context: ApiContext, { projects, gone, changed, added }: Simulation): SimulationReply {
  const named = <T extends Simulation['gone'][number]>({ state, ...one }: T) => ({
    ...shown(context, one),
    stateName: CASE_STATE_NAMES[state],
  });
  return {
    projects,
    gone: { ...decided(gone), items: gone.slice(0, SHOWN).map(named) },
    changed: { ...decided(changed), items: changed.slice(0, SHOWN).map(named) },
    added: { count: added.length, items: added.slice(0, SHOWN).map((one) => shown(context, one)) },
  };
}

function shown<T extends Pick<Simulation['added'][number], 'rule' | 'sentence'>>(context: ApiContext, one: T) {
  return { ...one, ruleTitle: ruleInfo(context, one.rule).title, sentence: inNames(context, one.sentence) };
}

function decided(alerts: readonly Pick<Simulation['gone'][number], 'decision'>[]) {
  const of = (state: 'confirmed' | 'dismissed'): number => alerts.filter(({ decision }) => decision === state).length;
  return { count: alerts.length, confirmed: of('confirmed'), dismissed: of('dismissed') };
}
