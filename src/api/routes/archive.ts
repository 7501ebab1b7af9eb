import { z } from 'zod';

import type { ArchiveRecord } from '../../model/archive.ts';
import { attachmentText } from '../../notices/attachments/text.ts';
import { decode } from '../../notices/decode.ts';
import { ARCHIVED_PAGE_POLICY, archivedDocument, isText } from '../archived-page.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { NotFound } from '../failures.ts';
import { archiveReply } from '../replies.ts';
import { archiveInfo } from '../schemas.ts';
import { FAILURES, idParameter } from './route.ts';

export function archiveRoutes(app: ApiInstance, context: ApiContext): void {
  app.get(
    '/api/archive/:id',
    {
      schema: {
        summary: '一份归档：网址、采集时间、SHA-256 与所在文件',
        tags: ['归档'],
        params: idParameter,
        response: { 200: archiveInfo, ...FAILURES },
      },
    },
    async (request) => archiveReply(await recordOf(context, request.params.id)),
  );

  app.get(
    '/api/archive/:id/page',
    {
      schema: {
        summary: '归档的页面，已去除脚本、样式、图片与表单',
        tags: ['归档'],
        params: idParameter,
        querystring: z.strictObject({ mark: z.string().max(500).optional().describe('在页面中标出的原文') }),
        response: { 200: replyOf('text/html', z.string()), ...FAILURES },
      },
    },
    async (request, reply) => {
      const record = await recordOf(context, request.params.id);
      const bytes = await context.archive.read(record);
      const contentType = record.headers['content-type'];
      const charset = context.settings[record.sourceId]?.charset ?? null;
      const text = isText(contentType)
        ? decode(bytes, contentType ?? null, charset).text
        : (await attachmentText(record.url, bytes)).text;
      return reply
        .header('content-security-policy', ARCHIVED_PAGE_POLICY)
        .header('cache-control', 'private, max-age=3600')
        .type('text/html; charset=utf-8')
        .send(archivedDocument(record, text, request.query.mark ?? null));
    },
  );

  app.get(
    '/api/archive/:id/bytes',
    {
      schema: {
        summary: '归档的原始内容，供下载核对 SHA-256',
        tags: ['归档'],
        params: idParameter,
        response: { 200: replyOf('application/octet-stream', z.any()), ...FAILURES },
      },
    },
    async (request, reply) => {
      const record = await recordOf(context, request.params.id);
      const bytes = await context.archive.read(record);
      return reply
        .header('content-disposition', `attachment; filename="archive-${record.id.replace(/[^\w-]/g, '_')}.bin"`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .type('application/octet-stream')
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
  );
}

function replyOf<T extends z.ZodType>(type: string, schema: T) {
  return { description: '归档内容', content: { [type]: { schema } } };
}

async function recordOf(context: ApiContext, id: string): Promise<ArchiveRecord> {
  const record = await context.store.runs.archiveRecord(id);
  if (record === null) throw new NotFound('归档', id, '请核对地址，或从公告详情打开归档页面。');
  return record;
}
