import { z } from 'zod';

import { GongshiError, RepairDatabase } from '../../model/errors.ts';
import { momentOf } from '../../model/day.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import type { LoopSpan } from '../loops.ts';
import { errorReply } from '../schemas.ts';
import { unavailable } from './unavailable.ts';

/** A write that takes longer is none to rely on; whoever asks waits no longer than that. */
const PROBE_MS = 5_000;
/** One failure is tried again within seconds; what fails for a minute is not done. */
const FAILING_MS = 60_000;

/**
 * For the load balancer: 200 only when the store answers, its schema is the one this program knows, it and the archive
 * take what comes next, and the work of this process comes off. Unlike `/healthz` a refusal here is no reason to start
 * the process again.
 */
export function readyRoutes(app: ApiInstance, { store, archive, loops, clock }: ApiContext): void {
  const checkWritable = oneAtATime(() => store.checkWritable());
  app.get(
    '/readyz',
    {
      schema: {
        summary: '是否可以承接工作：数据库应答、可写、结构为当前版本，归档可写，值守的工作没有一直失败',
        tags: ['运行'],
        response: { 200: z.object({ status: z.literal('ready') }), 503: errorReply.describe('尚不可用，写明原因') },
      },
    },
    async (request, reply) => {
      try {
        const { version, known } = await store.schema();
        if (version !== known) return reply.code(503).send(strangeSchema(version, known));
        await store.runs.list({ limit: 1 });
        await within(PROBE_MS, checkWritable());
        await archive.checkWritable();
        const failing = loops?.failing().filter(({ ms }) => ms >= FAILING_MS) ?? [];
        if (failing.length > 0) return reply.code(503).send(failingWork(failing, clock.now()));
        return { status: 'ready' as const };
      } catch (error) {
        request.log.error({ err: error }, 'not ready');
        return reply.code(503).send(reasonOf(error));
      }
    },
  );
}

/** Those who ask while a probe is under way share its answer: a store that hangs gathers no probes. */
function oneAtATime(probe: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | null = null;
  return () =>
    (underWay ??= probe().finally(() => {
      underWay = null;
    }));
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RepairDatabase(`数据库 ${ms / 1000} 秒内没有完成写入`, WRITE_ADVICE)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const WRITE_ADVICE = '请检查数据库所在磁盘的剩余空间与权限、副本集是否有过半成员在线、是否有其他程序锁住数据库文件。';

function failingWork(failing: LoopSpan[], now: number): { code: string; message: string; advice: string } {
  return {
    code: 'WORK_FAILING',
    message: failing.map(({ name, ms }) => `${name}自 ${momentOf(now - ms)} 起一直失败`).join('；'),
    advice: '页面仍可查看，但其中的结论可能不是最新的；请查看服务日志，其中写明原因和办法。',
  };
}

/** It is only reported: bringing it up to date belongs to a start, not to a question that anyone may ask. */
function strangeSchema(version: number, known: number): { code: string; message: string; advice: string } {
  return {
    code: 'SCHEMA_MISMATCH',
    message: `数据库结构版本为 ${version}，本程序需要 ${known}`,
    advice:
      version < known
        ? '数据库落后于本程序（可能刚恢复了旧备份），请重新启动服务，启动时会自动升级。'
        : '数据库已由更新的版本升级，请换用新版本的程序。',
  };
}

/** Folders and addresses stay in the log: this is answered to anyone. */
function reasonOf(error: unknown): { code: string; message: string; advice: string } {
  if (error instanceof RepairDatabase) {
    return {
      code: error.code,
      message: '数据库无法使用',
      advice: '请查看服务日志，其中写明原因和办法。',
    };
  }
  if (error instanceof GongshiError && error.code === 'ARCHIVE_UNWRITABLE') {
    return {
      code: error.code,
      message: '归档文件夹不可写',
      advice: '请查看服务日志，检查归档磁盘的剩余空间和写入权限。',
    };
  }
  return unavailable();
}
