import type { NoticeDetailReply } from '../../../src/api/schemas.ts';
import { fieldName } from '../words.ts';
import { DataTable } from './DataTable.tsx';

/** Readings that lost against another: the page or the site's own record says the same thing in two ways. */
export function Disagreements({ disagreements }: { disagreements: NoticeDetailReply['disagreements'] }) {
  return (
    <DataTable
      caption="不一致的读法"
      rows={disagreements}
      rowKey={({ field, words, value }) => `${field} ${value} ${words}`}
      columns={[
        { name: '栏目', as: 'title', cell: ({ field }) => fieldName(field) },
        { name: '另一读法', as: 'wide', cell: ({ value }) => value },
        { name: '页面原文', as: 'wide', cell: ({ words }) => words },
      ]}
    />
  );
}
