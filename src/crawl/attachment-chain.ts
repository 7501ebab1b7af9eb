import type { NoticeStore, PageCommit, RunStore } from '../../storage/store.ts';
import type { Archive, ArchiveRecord } from '../model/archive.ts';
import type { AttachmentLink } from '../model/notice.ts';
import type { AttachmentTask, DetailReading, FetchedPage, PageReading, SourceRequest } from '../model/source.ts';
import { pointsToAttachment, withAttachment } from '../notices/attachments/fields.ts';
import { attachmentText } from '../notices/attachments/text.ts';
import type { Absence } from './absence.ts';
import { detailPart } from './detail-commit.ts';
import type { DetailPart } from './detail-commit.ts';
import { noticeId } from './list-commit.ts';
import type { OwnHosts } from './own-hosts.ts';
import { pageBehind } from './page-behind.ts';

/** A notice has two or three files; what hangs more on one page is a library. */
const MOST_FILES = 10;

export interface ChainContext {
  absence: Absence;
  notices: Pick<NoticeStore, 'get'>;
  runs: Pick<RunStore, 'archiveRecord'>;
  archive: Pick<Archive, 'read' | 'readPage'>;
  own: OwnHosts;
  read(page: FetchedPage): PageReading;
  /** The reply at hand, which the index does not know before its page is committed. */
  fresh: ArchiveRecord;
}

/** What a page adds to the run, and the next request of its chain: none where the notice is whole. */
export type ChainStep = DetailPart & Pick<PageCommit, 'discovered'>;

/** What came of the request for a file: its archive record, or the files that a list names; null where nothing came. */
export type ChainReply = ArchiveRecord | AttachmentLink[] | null;

/**
 * A notice's page came. Its files are fetched one after the other, each a request of the frontier, and the notice is
 * read when the last is there: read before, every file would look like an edit. Files archived with an earlier
 * reading of the notice are not fetched again.
 */
export async function openChain(
  request: SourceRequest,
  reading: DetailReading,
  record: ArchiveRecord,
  context: ChainContext,
): Promise<ChainStep> {
  if (reading.notice === null) return { ...NOTHING, discovered: [] };
  const task: AttachmentTask = {
    externalId: reading.externalId,
    detailArchiveId: record.id,
    link: null,
    ...(await sorted(reading.attachments, record.sourceId, reading.externalId, context)),
  };
  const { attachmentList } = reading;
  if (attachmentList !== undefined) return waitingFor({ ...attachmentList, attachment: task });
  return advance(request, task, context, { reading, record });
}

/** The request of a chain was answered or given up. `givenUp`: nothing more is asked, the rest counts as missing. */
export async function continueChain(
  request: SourceRequest,
  reply: ChainReply,
  context: ChainContext,
  { givenUp = false } = {},
): Promise<ChainStep> {
  const task = request.attachment;
  if (task === undefined) throw new Error(`request ${request.key} belongs to no notice`);
  const next = await answered(task, reply, context);
  const rest = givenUp ? [] : next.rest;
  const missing = givenUp ? next.rest.map((link): AttachmentLink => ({ ...link, state: 'missing' })) : [];
  return advance(request, { ...next, rest, done: [...next.done, ...missing] }, context, null);
}

const NOTHING: DetailPart = { observations: [], seenAgain: [], readingFacts: null };

function waitingFor(request: SourceRequest): ChainStep {
  return { ...NOTHING, discovered: [request] };
}

async function answered(task: AttachmentTask, reply: ChainReply, context: ChainContext): Promise<AttachmentTask> {
  if (task.link !== null) {
    const came = reply !== null && !Array.isArray(reply);
    const link: AttachmentLink = came
      ? { ...task.link, state: 'kept', archiveId: reply.id }
      : { ...task.link, state: 'missing' };
    return { ...task, link: null, done: [...task.done, link] };
  }
  const known = new Set([...task.rest, ...task.done].map(({ url }) => url));
  const listed = Array.isArray(reply) ? reply.filter(({ url }) => !known.has(url)) : [];
  const { rest, done } = await sorted(listed, context.fresh.sourceId, task.externalId, context);
  return { ...task, rest: [...task.rest, ...rest], done: [...task.done, ...done] };
}

/** Files to fetch, and files that need no fetching with what is known of them. */
async function sorted(
  links: readonly AttachmentLink[],
  sourceId: string,
  externalId: string,
  { notices, own }: ChainContext,
): Promise<Pick<AttachmentTask, 'rest' | 'done'>> {
  if (links.length === 0) return { rest: [], done: [] };
  const before = await notices.get(noticeId(sourceId, externalId));
  const kept = new Map(before?.attachments.map((link) => [link.url, link.archiveId]));
  const rest: AttachmentLink[] = [];
  const done: AttachmentLink[] = [];
  for (const link of links) {
    const archiveId = kept.get(link.url);
    if (archiveId !== undefined) done.push({ ...link, state: 'kept', archiveId });
    else if (!own(new URL(link.url)) || rest.length >= MOST_FILES) done.push({ ...link, state: 'elsewhere' });
    else rest.push(link);
  }
  return { rest, done };
}

async function advance(
  request: SourceRequest,
  task: AttachmentTask,
  context: ChainContext,
  detail: { reading: DetailReading; record: ArchiveRecord } | null,
): Promise<ChainStep> {
  const { channelId, row } = request;
  const [link, ...rest] = task.rest;
  if (link !== undefined) {
    return waitingFor({
      key: `attachment:${task.externalId}:${link.url}`,
      channelId,
      role: 'attachment',
      method: 'GET',
      url: link.url,
      expects: 'file',
      row,
      attachment: { ...task, link, rest },
    });
  }
  const { reading, record, asked } = detail === null ? await detailOf(task, context) : { ...detail, asked: request };
  const part = await detailPart(asked, await withFiles(reading, task.done, context), record, context);
  return { ...part, discovered: [] };
}

/** The notice's page, read again from the archive: the chain has gone on since. */
async function detailOf(
  { detailArchiveId }: AttachmentTask,
  context: ChainContext,
): Promise<{ reading: DetailReading; record: ArchiveRecord; asked: SourceRequest }> {
  const record = await recordOf(detailArchiveId, context);
  const page = await pageBehind(record, context);
  const reading = context.read(page);
  if (reading.role !== 'detail') throw new Error(`archive record ${record.id} holds no notice`);
  return { reading, record, asked: page.request };
}

async function recordOf(id: string, { runs, fresh }: Pick<ChainContext, 'runs' | 'fresh'>): Promise<ArchiveRecord> {
  const record = fresh.id === id ? fresh : await runs.archiveRecord(id);
  if (record === null) throw new Error(`archive record ${id} is not in the index`);
  return record;
}

/** The notice with its files; their text is read only where the notice itself says no more than that it stands there. */
export async function withFiles(
  reading: DetailReading,
  files: readonly AttachmentLink[],
  context: Pick<ChainContext, 'archive' | 'runs' | 'fresh'>,
): Promise<DetailReading> {
  let { notice } = reading;
  const attachments: AttachmentLink[] = [];
  const isPointer = notice !== null && pointsToAttachment(notice);
  for (const file of files) {
    if (notice === null || !isPointer || file.archiveId === undefined) {
      attachments.push(file);
      continue;
    }
    const bytes = await context.archive.read(await recordOf(file.archiveId, context));
    const { text, reason } = await attachmentText(file.name, bytes);
    if (text === null) {
      attachments.push({ ...file, state: 'unread', reason });
    } else {
      notice = withAttachment(notice, { name: file.name, text }, reading.publicUrl);
      attachments.push({ ...file, state: 'read' });
    }
  }
  return { ...reading, notice, attachments };
}
