import { z } from 'zod';

import type { AttachmentsReading, FetchedPage, SourceRequest } from '../../src/model/source.ts';
import { rowBehind } from '../shared/fields.ts';
import { shaped } from '../shared/reply.ts';
import { valueOf } from './list.ts';
import type { GgzyContext } from './list.ts';

const FILES = '/ynggfwpt-home-api/u/file';
const schema = z.array(z.looseObject({ fileId: z.string().trim().min(1), fileName: z.string().trim().min(1) }));

/** The files of a notice, by its guid. */
export function attachmentsRequest({ settings }: GgzyContext, page: FetchedPage): SourceRequest {
  const row = rowBehind(page);
  return {
    key: `attachments:${row.externalId}`,
    channelId: page.request.channelId,
    role: 'attachments',
    method: 'POST',
    url: `${settings.address}${FILES}/queryAttachmentList`,
    json: { ownerGuid: row.externalId, publishTime: null, isYingCangFuJian: null },
    expects: 'json',
    row,
  };
}

export function readAttachments({ settings }: GgzyContext, page: FetchedPage): AttachmentsReading {
  const files = shaped(schema, valueOf(page, settings) ?? [], 'FIELD_MISSING', page, '附件列表');
  return {
    role: 'attachments',
    attachments: files.map(({ fileId, fileName }) => ({
      name: fileName,
      url: `${settings.address}${FILES}/downloadFile?fileId=${encodeURIComponent(fileId)}`,
    })),
  };
}
