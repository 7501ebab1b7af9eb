import { Link } from 'react-router';

import type { Overview } from '../../../src/api/schemas.ts';
import { findingsPath, rulePath } from '../api.ts';
import { count, share } from '../numbers.ts';
import { DataTable, type Column } from './DataTable.tsx';
import { Nothing } from './Nothing.tsx';

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
  { name: '已作出判定的比例', as: 'wide', cell: (row) => <Judged row={row} /> },
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

function Judged({ row }: { row: Row }) {
  const inScope = row.compliant + row.violation + row.undetermined;
  if (row.judgedShare === null) return <span className="quiet">没有适用的项目</span>;
  return (
    <div className="judged">
      <span className="num">{share(row.judgedShare)}</span>
      <span className="judged-bar" aria-hidden="true">
        <span style={{ width: `${row.judgedShare * 100}%` }} />
      </span>
      <span className="under num">
        {count(row.compliant + row.violation)} / {count(inScope)}
      </span>
    </div>
  );
}

/** Beside every figure: of the projects that a rule applies to, how many could be judged at all. */
export function RulesTable({ rules }: { rules: Row[] }) {
  if (rules.length === 0) {
    return <Nothing why="还没有核查结论。">采集完成后自动核查；也可由管理员运行 gongshi rejudge。</Nothing>;
  }
  // A hint to check is raised only where something is to be checked: it judges nothing, so it has no share.
  const judging = rules.filter(({ rule }) => rule !== 'KY-REVIEW-3D');
  return (
    <>
      <DataTable caption="各规则的核查情况" columns={COLUMNS} rows={judging} rowKey={(row) => row.rule} />
      {judging.length < rules.length && <p className="under after">待核提示依据本地惯例，不是判定，不计入上表。</p>}
    </>
  );
}
