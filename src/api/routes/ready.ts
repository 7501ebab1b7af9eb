import { z } from 'zod';

import { GongshiError, RepairDatabase } from '../../model/errors.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { errorReply } from '../schemas.ts';
import { unavailable } from './unavailable.ts';

/**
 * For the load balancer: 200 only when the store answers, its schema is the one this program knows, and the archive
 * takes the next reply. Unlike `/healthz` a refusal here is no reason to start the process again.
 */
export function readyRoutes(app: ApiInstance, { store, archive }: ApiContext): void {
  app.get(
    '/readyz',
    {
      schema: {
        summary: '是否可以承接工作：数据库应答、结构为当前版本、归档可写',
        tags: ['运行'],
        response: { 200: z.object({ status: z.literal('ready') }), 503: errorReply.describe('尚不可用，写明原因') },
      },
    },
    async (request, reply) => {
      try {
        const { version, known } = await store.schema();
        if (version !== known) return reply.code(503).send(strangeSchema(version, known));
        await store.runs.list({ limit: 1 });
        await archive.checkWritable();
        return { status: 'ready' as const };
      } catch (error) {
        request.log.error({ err: error }, 'not ready');
        return reply.code(503).send(reasonOf(error));
      }
    },
  );
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
