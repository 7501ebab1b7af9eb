import { z } from 'zod';

import type { SourceDefinition } from '../../model/source.ts';
import { definitionOf } from '../context.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { NotFound } from '../failures.ts';
import { runReply } from '../replies.ts';
import { runSummary, sourceHealth as sourceHealthSchema, sourceStatus } from '../schemas.ts';
import type { SourceStatusReply } from '../schemas.ts';
import { sourceHealth } from '../source-health.ts';
import { FAILURES, idParameter } from './route.ts';

/** A month of daily runs. */
const SHOWN_RUNS = 30;

export function sourceRoutes(app: ApiInstance, context: ApiContext): void {
  app.get(
    '/api/sources',
    {
      schema: {
        summary: '来源及其最近一次采集',
        tags: ['来源'],
        response: { 200: z.array(sourceStatus), ...FAILURES },
      },
    },
    () => Promise.all(context.definitions.map((definition) => sourceReply(context, definition))),
  );

  app.get(
    '/api/sources/:id/runs',
    {
      schema: {
        summary: '一个来源最近 30 次采集',
        tags: ['来源'],
        params: idParameter,
        response: { 200: z.array(runSummary), ...FAILURES },
      },
    },
    async (request) => {
      const { id } = known(context, request.params.id);
      const runs = await context.store.runs.list({ sourceId: id, limit: SHOWN_RUNS });
      return runs.map((run) => runReply(context, run));
    },
  );

  app.get(
    '/api/sources/:id/health',
    {
      schema: {
        summary: '一个来源的状况：异常与样本、各栏目的覆盖与沉默、每日公告数、不再列出的公告',
        tags: ['来源'],
        params: idParameter,
        response: { 200: sourceHealthSchema, ...FAILURES },
      },
    },
    (request) => sourceHealth(context, known(context, request.params.id)),
  );
}

function known(context: ApiContext, id: string): SourceDefinition {
  const definition = definitionOf(context, id);
  if (definition !== null) return definition;
  throw new NotFound('来源', id, `可用的来源：${context.definitions.map((one) => one.id).join('、')}。`);
}

async function sourceReply(context: ApiContext, definition: SourceDefinition): Promise<SourceStatusReply> {
  const { runs, notices } = context.store;
  const settings = context.settings[definition.id];
  const pace = settings?.pace ?? definition.defaults.pace;
  const [lastRun] = await runs.list({ sourceId: definition.id, limit: 1 });
  const [lastComplete] = await runs.list({ sourceId: definition.id, outcome: 'complete', limit: 1 });
  return {
    id: definition.id,
    name: definition.name,
    owner: definition.owner,
    homepage: definition.homepage,
    address: settings?.address ?? definition.address,
    enabled: settings?.enabled ?? false,
    cadence: definition.cadence,
    pace: `两次访问至少间隔 ${pace.minIntervalMs / 1000} 秒：${pace.reason}`,
    channels: definition.channels.map(({ id, name }) => ({ id, name })),
    noticeCount: await notices.count({ sourceId: definition.id }),
    lastRun: lastRun === undefined ? null : runReply(context, lastRun),
    lastCompleteAt: lastComplete?.finishedAt ?? null,
  };
}
