import { Link } from 'react-router';

import type { Overview } from '../../../src/api/schemas.ts';
import { findingsPath, rulePath } from '../api.ts';
import { count } from '../numbers.ts';
import { DataTable, type Column } from './DataTable.tsx';
import { JudgedShare } from './JudgedShare.tsx';
import { Nothing } from './Nothing.tsx';
import { Observed } from './When.tsx';

type Row = Overview['rules'][number];

const figure = (name: string, of: (row: Row) => number): Column<Row> => ({
  name,
  as: 'num',
  cell: (row) => count(of(row)),
});

const COLUMNS: Column<Row>[] = [
  {
    name: '规则',
    as: 'title',
    cell: (row) => (
      <>
        <Link to={rulePath(row.rule)}>{row.ruleTitle}</Link> <code className="quiet">{row.rule}</code>
      </>
    ),
  },
  { name: '已判定的项目', as: 'wide', cell: (row) => <JudgedShare projects={row.projects} /> },
  figure('合规', (row) => row.compliant),
  figure('违规', (row) => row.violation),
  {
    name: '无法判定',
    as: 'num',
    cell: (row) =>
      row.undetermined === 0 ? count(0) : <Link to={findingsPath(row.rule)}>{count(row.undetermined)}</Link>,
  },
  figure('不适用', (row) => row.notApplicable),
];

/** Beside every figure: of the projects that a rule applies to, how many could be judged at all. */
export function RulesTable({ rules, judgedAt }: { rules: Row[]; judgedAt: number | null }) {
  if (rules.length === 0) {
    return <Nothing why="还没有核查结论。">采集完成后自动核查；也可由管理员运行 gongshi rejudge。</Nothing>;
  }
  // A hint to check is raised only where something is to be checked: it judges nothing, so it has no share.
  const judging = rules.filter(({ rule }) => rule !== 'KY-REVIEW-3D');
  return (
    <>
      <DataTable caption="各规则的核查情况" columns={COLUMNS} rows={judging} rowKey={(row) => row.rule} />
      <p className="under after">
        已判定的项目：每个项目计一次，各标段（包）、各轮都已判定的才算
        {judgedAt !== null && (
          <>
            ，统计于 <Observed at={judgedAt} /> 核查时
          </>
        )}
        。其余各列是结论数：每个标段（包）、每轮一项。
      </p>
      {judging.length < rules.length && <p className="under after">待核提示依据本地惯例，不是判定，不计入上表。</p>}
    </>
  );
}
