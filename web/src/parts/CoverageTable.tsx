import type { AlertDetailReply } from '../../../src/api/schemas.ts';
import type { ReasonCode } from '../../../src/model/finding.ts';
import { DataTable, type Column } from './DataTable.tsx';
import { Nothing } from './Nothing.tsx';
import { Observed, Stated } from './When.tsx';

type Covered = AlertDetailReply['coverage'][number];

const COLUMNS: Column<Covered>[] = [
  { name: '来源', as: 'title', cell: (row) => row.sourceName },
  { name: '栏目', cell: (row) => row.channelName },
  { name: '查过的公告日期，自', cell: (row) => <Stated at={row.from} none="最早一条起" /> },
  { name: '至', cell: (row) => <Stated at={row.to} /> },
  { name: '完整采集完成于', as: 'wide', cell: (row) => <Observed at={row.finishedAt} /> },
];

/** What was searched, and to what depth, before absence was concluded. */
export function CoverageTable({ rows, codes }: { rows: Covered[]; codes: readonly ReasonCode[] }) {
  if (rows.length === 0) {
    if (codes.includes('COVERAGE_GAP') || codes.includes('EVENT_NOT_SEEN')) {
      return <Nothing why="应当刊登的栏目，没有一个在核查时已完整采集到所需日期，故不从“没有找到”下结论。" />;
    }
    return <Nothing why="本结论依据已找到的公告作出，不以“没有找到”为依据，因此没有列出查找范围。" />;
  }
  return (
    <DataTable
      caption="查过哪些来源"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => `${row.sourceName} ${row.channelName} ${row.finishedAt}`}
    />
  );
}
