import { Link } from 'react-router';

import type { ProjectDetailReply } from '../../../src/api/schemas.ts';
import { noticePath } from '../api.ts';
import { share } from '../numbers.ts';
import { LINK_AS, LINK_METHOD } from '../words.ts';
import { DataTable, type Column } from './DataTable.tsx';
import { Nothing } from './Nothing.tsx';

type Row = ProjectDetailReply['links'][number];

/** Why these notices were put together, pair by pair. */
export function LinksTable({ project }: { project: Pick<ProjectDetailReply, 'links' | 'timeline'> }) {
  const names = new Map(
    project.timeline.flatMap(({ notices }) => notices.map((n) => [n.id, `${n.title}（${n.sourceName}）`])),
  );
  const notice = (id: string) => <Link to={noticePath(id)}>{names.get(id) ?? id}</Link>;
  const columns: Column<Row>[] = [
    {
      name: '两条公告',
      as: 'title',
      cell: (row) => (
        <ul className="pair">
          <li>{notice(row.a)}</li>
          <li>{notice(row.b)}</li>
        </ul>
      ),
    },
    { name: '归为', as: 'name', cell: (row) => LINK_AS[row.as] },
    {
      name: '依据',
      as: 'name',
      cell: (row) => (row.method in LINK_METHOD ? LINK_METHOD[row.method as keyof typeof LINK_METHOD] : row.method),
    },
    { name: '理由', as: 'wide', cell: (row) => row.reason },
    { name: '把握', as: 'num', cell: (row) => share(row.confidence) },
  ];
  if (project.links.length === 0) return <Nothing why="本项目只有一条公告，没有归并。" />;
  return (
    <DataTable
      caption="公告归并的理由"
      columns={columns}
      rows={project.links}
      rowKey={(row) => `${row.a} ${row.b} ${row.as}`}
    />
  );
}
