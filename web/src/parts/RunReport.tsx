import type { RunSummaryReply } from '../../../src/api/schemas.ts';
import { bytes, count } from '../numbers.ts';
import { DataTable, type Column } from './DataTable.tsx';
import { Fact, Facts } from './Facts.tsx';
import { OutcomeMark } from './Marks.tsx';
import { OutsideLink } from './OutsideLink.tsx';
import { Observed } from './When.tsx';

type ChannelRow = RunSummaryReply['channels'][number];

const figure = (name: string, of: (row: ChannelRow) => number): Column<ChannelRow> => ({
  name,
  as: 'num',
  cell: (row) => count(of(row)),
});

const COLUMNS: Column<ChannelRow>[] = [
  { name: '栏目', as: 'title', cell: (row) => row.channelName },
  { name: '结论', cell: (row) => <OutcomeMark outcome={row.outcome} /> },
  figure('列出', (row) => row.listed),
  figure('属本地区', (row) => row.inRegion),
  figure('读取正文', (row) => row.fetched),
  figure('新增', (row) => row.created),
  figure('改动', (row) => row.changed),
  figure('失败', (row) => row.failed),
  { name: '原因', as: 'wide', cell: (row) => row.reason ?? '—' },
];

/** One run: how it came out and why, what failed and what to do about it, and every column's figures. */
export function RunReport({ run }: { run: RunSummaryReply }) {
  return (
    <div className={`run run-${run.outcome}`}>
      <Facts>
        <Fact name="本次结论">
          <OutcomeMark outcome={run.outcome} /> {run.reason}
        </Fact>
        <Fact name="开始">
          <Observed at={run.startedAt} />
        </Fact>
        <Fact name="结束">
          <Observed at={run.finishedAt} none="尚未结束" />
        </Fact>
        <Fact name="请求">
          {count(run.requests)} 次，{bytes(run.bytes)}
        </Fact>
      </Facts>
      {run.failures.length > 0 && <Failures failures={run.failures} />}
      <details open={run.outcome !== 'complete'}>
        <summary>各栏目情况（{run.channels.length}）</summary>
        <DataTable caption="各栏目采集情况" columns={COLUMNS} rows={run.channels} rowKey={(row) => row.channelId} />
      </details>
    </div>
  );
}

const Failures = ({ failures }: { failures: RunSummaryReply['failures'] }) => (
  <ul className="failures" aria-label="失败及处理办法">
    {failures.map((failure, i) => (
      <li key={i}>
        <p>
          <strong>{failure.message}</strong> <code className="quiet">{failure.code}</code>
        </p>
        <p>应当做什么：{failure.advice}</p>
        <p className="under line">
          <Observed at={failure.at} />
          {failure.url !== null && <OutsideLink href={failure.url}>{failure.url}</OutsideLink>}
        </p>
      </li>
    ))}
  </ul>
);
