import { Link } from 'react-router';

import type { NoticeSummaryReply } from '../../../src/api/schemas.ts';
import { noticePath } from '../api.ts';
import { useFilters } from '../filters.ts';
import { DataTable, type Column } from '../parts/DataTable.tsx';
import { DayFilter } from '../parts/DayFilter.tsx';
import { Choice, FilterBar } from '../parts/FilterBar.tsx';
import { GrowingList } from '../parts/GrowingList.tsx';
import { KindMark } from '../parts/Marks.tsx';
import { Money } from '../parts/Money.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Stated } from '../parts/When.tsx';
import { useList, useSources } from '../queries.ts';
import { KIND, TRACK } from '../words.ts';

const KEYS = ['q', 'kind', 'track', 'source', 'from', 'to'] as const;

const COLUMNS: Column<NoticeSummaryReply>[] = [
  {
    name: '公告',
    as: 'title',
    cell: (notice) => (
      <>
        <KindMark kind={notice.kind} /> <Link to={noticePath(notice.id)}>{notice.title}</Link>
        {notice.copies > 0 && <span className="under whole"> 另有 {notice.copies} 份副本</span>}
      </>
    ),
  },
  { name: '采购人', as: 'name', cell: (notice) => notice.purchaser ?? <span className="quiet">未载明</span> },
  { name: '金额（万元）', as: 'num', cell: (notice) => <Money yuan={notice.amount} unit={false} /> },
  {
    name: '来源',
    as: 'name',
    cell: (notice) => (
      <>
        {notice.sourceName}
        <br />
        <span className="under">{notice.channelName}</span>
      </>
    ),
  },
  { name: '网站所载日期', cell: (notice) => <Stated at={notice.publishDate} /> },
];

export default function NoticesPage() {
  const filters = useFilters(KEYS);
  const list = useList('notices', filters.given);
  const sources = useSources();
  const { values, set } = filters;
  return (
    <div className="page">
      <PageHead title="公告" />
      <FilterBar
        q={values.q}
        hint="标题、项目、单位或编号中的词，可用空格隔开"
        onSearch={(q) => set({ q })}
        onClear={filters.clear}
        clearable={filters.any}
      >
        <Choice name="类型" value={values.kind} options={Object.entries(KIND)} onChange={(kind) => set({ kind })} />
        <Choice name="领域" value={values.track} options={Object.entries(TRACK)} onChange={(track) => set({ track })} />
        <Choice
          name="来源"
          value={values.source}
          options={(sources.data ?? []).map(({ id, name }) => [id, name] as const)}
          onChange={(source) => set({ source })}
        />
        <DayFilter name="日期，自" value={values.from} onChange={(from) => set({ from })} />
        <DayFilter name="至" value={values.to} onChange={(to) => set({ to })} />
      </FilterBar>
      <GrowingList
        list={list}
        what="公告"
        empty={
          filters.any ? (
            <Nothing why="没有符合这些条件的公告。">
              请减少检索词、放宽日期，或清除条件。检索词至少两个字，须全部出现。
            </Nothing>
          ) : (
            <Nothing why="还没有采集到公告。">
              首次采集完成后这里会列出公告；采集情况见<Link to="/sources">来源</Link>。
            </Nothing>
          )
        }
      >
        {(rows) => <DataTable caption="公告列表" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />}
      </GrowingList>
    </div>
  );
}
