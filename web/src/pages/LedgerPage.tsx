import { Link } from 'react-router';

import type { LedgerReply } from '../../../src/api/case-schemas.ts';
import { Block } from '../parts/Block.tsx';
import { DataTable, type Column } from '../parts/DataTable.tsx';
import { JudgedShare } from '../parts/JudgedShare.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { SimulationForm } from '../parts/SimulationForm.tsx';
import { useLedger } from '../queries.ts';

/** Only rules know how many projects they reach. */
type Row = LedgerReply['bySource'][number] & Partial<Pick<LedgerReply['byRule'][number], 'projects'>>;

export default function LedgerPage() {
  const ledger = useLedger();
  return (
    <div className="page">
      <PageHead title="准确率台账" up={['/cases', '案件']}>
        <p className="under">
          告警经人核实后，确认多少、排除多少。“系统有误”指排除理由为读取、归并或规则有误；其余排除是公告本身的问题。
        </p>
      </PageHead>
      <Loaded query={ledger} what="台账">
        {(data) => (
          <>
            {data.doubts > 0 && (
              <p className="banner banner-doubt">
                另有<Link to="/cases?nature=doubt">存疑案件 {data.doubts} 件</Link>，未作违规认定，不计入以下各表。
              </p>
            )}
            <Part title="按规则" name="规则" rows={data.byRule} minimum={data.minimum} />
            <Part title="按来源" name="来源" rows={data.bySource} minimum={data.minimum} />
            <Part title="按代理机构" name="代理机构" rows={data.byAgency} minimum={data.minimum} />
          </>
        )}
      </Loaded>
      <Block title="试算">
        <SimulationForm />
      </Block>
    </div>
  );
}

function Part({ title, name, rows, minimum }: { title: string; name: string; rows: Row[]; minimum: number }) {
  const columns: Column<Row>[] = [
    { name, as: 'title', cell: (row) => row.name },
    { name: '确认', cell: (row) => <span className="num">{row.confirmed}</span> },
    { name: '排除', cell: (row) => <span className="num">{row.dismissed}</span> },
    { name: '其中系统有误', cell: (row) => <span className="num">{row.misjudged}</span> },
    { name: '尚未决定', cell: (row) => <span className="num">{row.undecided}</span> },
    {
      name: '确认占已决定',
      cell: (row) =>
        row.share === null ? (
          <span className="quiet">太少（不足 {minimum} 件），不作比例</span>
        ) : (
          <span className="num">{(row.share * 100).toFixed(1)}%</span>
        ),
    },
    ...(rows.some(({ projects }) => projects !== undefined)
      ? [{ name: '适用项目中已判定', cell: (row: Row) => <JudgedShare projects={row.projects ?? null} /> }]
      : []),
  ];
  return (
    <Block title={title}>
      {rows.length === 0 ? (
        <Nothing why="还没有案件。" />
      ) : (
        <DataTable caption={title} columns={columns} rows={rows} rowKey={(row) => row.name} />
      )}
    </Block>
  );
}
