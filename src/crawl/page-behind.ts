import type { RunStore } from '../../storage/store.ts';
import { RestoreArchive } from '../model/errors.ts';
import type { Archive, ArchiveRecord } from '../model/archive.ts';
import type { FetchedPage } from '../model/source.ts';

/**
 * The page that an archived reply stands for: as it came, or, where the site confirmed an earlier reply, that one as
 * the answer to what was asked now. Throws `RestoreArchive` where the bytes, or those of the reply confirmed, are gone.
 */
export async function pageBehind(
  record: ArchiveRecord,
  { archive, runs }: { archive: Pick<Archive, 'readPage'>; runs: Pick<RunStore, 'archiveRecord'> },
): Promise<FetchedPage> {
  const page = await archive.readPage(record);
  if (record.revisits === undefined) return page;
  const confirmed = await runs.archiveRecord(record.revisits);
  if (confirmed === null) {
    const facts = { file: record.file, id: record.revisits, offset: record.offset };
    throw new RestoreArchive(`归档中没有记录 ${record.id} 所确认的应答 ${record.revisits}`, facts);
  }
  return { ...(await archive.readPage(confirmed)), request: page.request };
}
