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
          cell: ({ revision, changes }) => (revision === 1 ? '首次采集' : <Changes changes={changes} />),
        },
        { name: '归档', cell: ({ archiveId }) => <ArchiveLink id={archiveId} /> },
      ]}
    />
  );
}

function Changes({ changes }: Pick<NoticeDetailReply['revisions'][number], 'changes'>) {
  if (changes.length === 0) return '无业务内容改动';
  return (
    <ul className="changes">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <strong>{fieldName(field)}</strong>：<del>{before}</del> 改为 <ins>{after}</ins>
        </li>
      ))}
    </ul>
  );
}
