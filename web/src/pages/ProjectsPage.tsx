import { Link } from 'react-router';

import type { ProjectSummaryReply } from '../../../src/api/schemas.ts';
import { projectPath } from '../api.ts';
import { useFilters } from '../filters.ts';
import { DataTable, type Column } from '../parts/DataTable.tsx';
import { Choice, FilterBar } from '../parts/FilterBar.tsx';
import { GrowingList } from '../parts/GrowingList.tsx';
import { Money } from '../parts/Money.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Stated } from '../parts/When.tsx';
import { useList } from '../queries.ts';
import { LIFECYCLE_STATE_NAMES } from '../../../src/model/project.ts';
import { METHOD, TRACK } from '../words.ts';

const KEYS = ['q', 'track', 'state'] as const;

const COLUMNS: Column<ProjectSummaryReply>[] = [
  {
    name: '项目',
    as: 'title',
    cell: (project) => (
      <>
        <Link to={projectPath(project.id)}>{project.name}</Link>
        <p className="under">
          {TRACK[project.track]}
          {project.method && ` · ${METHOD[project.method]}`}
          {project.code && ` · ${project.code}`}
        </p>
      </>
    ),
  },
  { name: '采购人', as: 'name', cell: (project) => project.purchaser ?? <span className="quiet">未载明</span> },
  { name: '阶段', cell: (project) => <span className="mark mark-kind">{project.stateName}</span> },
  { name: '预算（万元）', as: 'num', cell: (project) => <Money yuan={project.budget} unit={false} /> },
  { name: '成交（万元）', as: 'num', cell: (project) => <Money yuan={project.award} unit={false} none="—" /> },
  { name: '公告', as: 'num', cell: (project) => project.noticeCount },
  { name: '最近公告', cell: (project) => <Stated at={project.lastDay} /> },
];

export default function ProjectsPage() {
  const filters = useFilters(KEYS);
  const list = useList('projects', filters.given);
  const { values, set } = filters;
  return (
    <div className="page">
      <PageHead title="项目" actions={<Link to="/suggestions">疑似同一项目</Link>} />
      <FilterBar
        q={values.q}
        hint="项目名称、编号或单位中的词"
        onSearch={(q) => set({ q })}
        onClear={filters.clear}
        clearable={filters.any}
      >
        <Choice name="领域" value={values.track} options={Object.entries(TRACK)} onChange={(track) => set({ track })} />
        <Choice
          name="阶段"
          value={values.state}
          options={Object.entries(LIFECYCLE_STATE_NAMES)}
          onChange={(state) => set({ state })}
        />
      </FilterBar>
      <GrowingList
        list={list}
        what="项目"
        empty={
          filters.any ? (
            <Nothing why="没有符合这些条件的项目。">请减少检索词，或清除条件。</Nothing>
          ) : (
            <Nothing why="还没有项目。">
              公告采集后自动归并为项目；采集情况见<Link to="/sources">来源</Link>。
            </Nothing>
          )
        }
      >
        {(rows) => <DataTable caption="项目列表" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />}
      </GrowingList>
    </div>
  );
}
