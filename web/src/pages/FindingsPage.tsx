import type { FindingReasonReply, FindingRowReply } from '../../../src/api/schemas.ts';
import { Link } from 'react-router';

import { useFilters } from '../filters.ts';
import { count } from '../numbers.ts';
import { Block } from '../parts/Block.tsx';
import { DataTable, type Column } from '../parts/DataTable.tsx';
import { Choice, Choices } from '../parts/FilterBar.tsx';
import { FindingRow } from '../parts/FindingRow.tsx';
import { GrowingList } from '../parts/GrowingList.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { SeverityMark } from '../parts/Marks.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { SignIn } from '../parts/SignIn.tsx';
import { useList, useOverview, useReasons } from '../queries.ts';
import { SEVERITY } from '../words.ts';

const KEYS = ['rule', 'severity', 'code'] as const;

/** What could not be judged, each with its reason: neither cleared nor accused, and not to be lost. */
export default function FindingsPage() {
  const filters = useFilters(KEYS);
  const { values, set } = filters;
  const reasons = useReasons();
  const rules = useOverview().data?.rules ?? [];
  return (
    <div className="page">
      <PageHead title="无法判定">
        <p className="under">
          既不是合规，也不是违规：所缺的事实补齐后即可判定。列出每项的原因；程度“较重”的，证据本身有重大疑点，应当先看。
        </p>
      </PageHead>
      <SignIn />
      <Block title="按原因统计">
        <Loaded query={reasons} what="原因统计" rows={6}>
          {(rows) => <ReasonsTable rows={rows} chosen={values.rule} />}
        </Loaded>
      </Block>
      <Choices onClear={filters.clear} clearable={filters.any}>
        <Choice
          name="规则"
          value={values.rule}
          options={rules.map(({ rule, ruleTitle }) => [rule, ruleTitle] as const)}
          onChange={(rule) => set({ rule })}
        />
        <Choice
          name="程度"
          value={values.severity}
          options={[
            ['major', SEVERITY.major],
            ['info', SEVERITY.info],
          ]}
          onChange={(severity) => set({ severity })}
        />
        <Choice
          name="原因"
          value={values.code}
          options={codesOf(reasons.data ?? [])}
          onChange={(code) => set({ code })}
        />
      </Choices>
      {values.severity === '' ? (
        <>
          <Findings title="较重的疑点" filters={{ ...filters.given, severity: 'major' }} />
          <Findings title="其他待查明的" filters={{ ...filters.given, severity: 'info' }} />
        </>
      ) : (
        <Findings title="结论" filters={filters.given} />
      )}
    </div>
  );
}

function Findings({ title, filters }: { title: string; filters: Record<string, string> }) {
  const list = useList('findings', { ...filters, verdict: 'undetermined' });
  return (
    <Block title={title}>
      <GrowingList list={list} what="无法判定的结论" empty={<Nothing why="没有这样的结论。" />}>
        {(rows: FindingRowReply[]) => (
          <ul className="alert-list">
            {rows.map((finding) => (
              <FindingRow key={finding.key} finding={finding} />
            ))}
          </ul>
        )}
      </GrowingList>
    </Block>
  );
}

const COLUMNS: Column<FindingReasonReply>[] = [
  {
    name: '原因',
    as: 'title',
    cell: ({ rule, severity, code, codeText }) => (
      <>
        <Link to={`?${new URLSearchParams({ rule, severity, code }).toString()}`}>{codeText}</Link>{' '}
        <SeverityMark severity={severity} />
      </>
    ),
  },
  { name: '规则', as: 'wide', cell: ({ ruleTitle }) => ruleTitle },
  { name: '结论数', as: 'num', cell: (row) => count(row.count) },
];

function ReasonsTable({ rows, chosen }: { rows: FindingReasonReply[]; chosen: string }) {
  const shown = rows.filter(({ rule }) => chosen === '' || rule === chosen);
  if (shown.length === 0) return <Nothing why="没有无法判定的结论。" />;
  return (
    <>
      <DataTable
        caption="无法判定的原因"
        columns={COLUMNS}
        rows={shown}
        rowKey={({ rule, severity, code }) => `${rule} ${severity} ${code}`}
      />
      <p className="under after">每个标段（包）、每轮、每条规则为一项结论；一项有几个原因的，各计一次。</p>
    </>
  );
}

/** Each code once, in the order of the table. */
function codesOf(rows: FindingReasonReply[]): (readonly [string, string])[] {
  return [...new Map(rows.map(({ code, codeText }) => [code, codeText] as const))];
}
