import type { NoticeDetailReply } from '../../../src/api/schemas.ts';
import { fieldName } from '../words.ts';
import { ArchiveLink } from './ArchiveLink.tsx';
import { DataTable } from './DataTable.tsx';
import { Observed } from './When.tsx';

/** Each time the page's content differed from before, with the page as it was. */
export function Revisions({ revisions }: { revisions: NoticeDetailReply['revisions'] }) {
  return (
    <DataTable
      caption="历次内容"
      rows={revisions}
      rowKey={(revision) => String(revision.revision)}
      columns={[
        { name: '版次', as: 'title', cell: ({ revision }) => `第${revision}版` },
        { name: '观测于', cell: ({ observedAt }) => <Observed at={observedAt} /> },
        {
          name: '改动的内容',
          as: 'wide',
          cell: ({ revision, changed }) =>
            revision === 1 ? '首次采集' : changed.map(fieldName).join('、') || '无业务内容改动',
        },
        { name: '归档', cell: ({ archiveId }) => <ArchiveLink id={archiveId} /> },
      ]}
    />
  );
}
