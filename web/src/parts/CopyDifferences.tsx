import { Link } from 'react-router';

import type { NoticeDetailReply } from '../../../src/api/schemas.ts';
import { noticePath } from '../api.ts';
import { fieldName } from '../words.ts';
import { DataTable } from './DataTable.tsx';

/** What several sites state differently in copies of one notice. */
export function CopyDifferences({ differences }: Pick<NoticeDetailReply, 'differences'>) {
  return (
    <DataTable
      caption="各网站所载不一致"
      rows={differences}
      rowKey={({ field }) => field}
      columns={[
        { name: '栏目', as: 'title', cell: ({ field }) => fieldName(field) },
        {
          name: '各网站所载（先发布的在前）',
          as: 'wide',
          cell: ({ values }) => (
            <ul className="changes">
              {values.map(({ noticeId, sourceName, value }) => (
                <li key={noticeId}>
                  <Link to={noticePath(noticeId)}>{sourceName}</Link>：{value}
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
