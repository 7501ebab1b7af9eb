import { useState } from 'react';
import { Link } from 'react-router';

import type { CaseSummaryReply } from '../../../src/api/case-schemas.ts';
import { casePath } from '../api.ts';
import { useFilters } from '../filters.ts';
import { CaseStateMark, Due } from '../parts/CaseMarks.tsx';
import { Choice, FilterBar } from '../parts/FilterBar.tsx';
import { GrowingList } from '../parts/GrowingList.tsx';
import { NatureMark, SeverityMark } from '../parts/Marks.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { SignIn } from '../parts/SignIn.tsx';
import { StepForm } from '../parts/StepForm.tsx';
import { Observed, Stated } from '../parts/When.tsx';
import { useCaseChoices, useList, useOverview, useSession } from '../queries.ts';
import { CASE_STATE, NATURE } from '../words.ts';

const KEYS = [
  'q',
  'state',
  'nature',
  'rule',
  'source',
  'agency',
  'code',
  'assignee',
  'dueBy',
  'replyOverdue',
  'news',
] as const;

/** Steps that make sense for many cases of one cause. */
const BULK = [
  'started',
  'confirmed',
  'dismissed',
  'rectifying',
  'closed',
  'suspended',
  'resumed',
  'assigned',
  'commented',
  'acknowledged',
];

export default function CasesPage() {
  const { values, set, given, clear, any } = useFilters(KEYS);
  const list = useList('cases', given);
  const rules = useOverview().data?.rules ?? [];
  const choices = useCaseChoices().data ?? { sources: [], agencies: [], codes: [] };
  const user = useSession().data?.user ?? null;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayAct = user?.role === 'supervisor';
  return (
    <div className="page">
      <PageHead title="案件" actions={<Link to="/ledger">准确率台账</Link>}>
        <p className="under">
          每条告警立一个案件，编号相同；无法判定的结论可由监管人员立为存疑案件，不作违规统计。谁在何时作了什么，逐条记录，不可更改。
        </p>
      </PageHead>
      <SignIn />
      <FilterBar
        q={values.q}
        hint="项目、单位、编号中的词"
        onSearch={(q) => set({ q })}
        onClear={clear}
        clearable={any}
      >
        <Choice
          name="状态"
          value={values.state}
          options={Object.entries(CASE_STATE)}
          onChange={(state) => set({ state })}
        />
        <Choice
          name="类别"
          value={values.nature}
          options={Object.entries(NATURE)}
          onChange={(nature) => set({ nature })}
        />
        <Choice
          name="规则"
          value={values.rule}
          options={rules.map(({ rule, ruleTitle }) => [rule, ruleTitle] as const)}
          onChange={(rule) => set({ rule })}
        />
        <Choice
          name="新事实"
          value={values.news}
          options={[
            ['true', '有未阅的'],
            ['false', '没有'],
          ]}
          onChange={(news) => set({ news })}
        />
        <Choice
          name="来源"
          value={values.source}
          options={choices.sources.map(({ id, name }) => [id, name] as const)}
          onChange={(source) => set({ source })}
        />
        <Choice
          name="代理机构"
          value={values.agency}
          options={choices.agencies.map((name) => [name, name] as const)}
          onChange={(agency) => set({ agency })}
        />
        <Choice
          name="原因"
          value={values.code}
          options={choices.codes.map(({ code, text }) => [code, text] as const)}
          onChange={(code) => set({ code })}
        />
        <Choice
          name="询问的答复"
          value={values.replyOverdue}
          options={[['true', '逾期未答复']]}
          onChange={(replyOverdue) => set({ replyOverdue })}
        />
        <div className="filter">
          <label htmlFor="due-by">期限不晚于</label>
          <input id="due-by" type="date" value={values.dueBy} onChange={(e) => set({ dueBy: e.target.value })} />
        </div>
        {user !== null && (
          <Choice
            name="承办人"
            value={values.assignee}
            options={[[user.name, `我（${user.name}）`]]}
            onChange={(assignee) => set({ assignee })}
          />
        )}
      </FilterBar>
      <GrowingList
        list={list}
        what="案件"
        empty={
          <Nothing why={any ? '没有符合这些条件的案件。' : '没有案件。'}>
            {any ? '请放宽或清除条件。' : '核查发现告警后自动立案。'}
          </Nothing>
        }
      >
        {(rows) => {
          const selected = rows.filter(({ number }) => chosen.has(number));
          return (
            <>
              {mayAct && (
                <p className="line no-print">
                  <button type="button" onClick={() => setChosen(new Set(rows.map(({ number }) => number)))}>
                    全选已显示的 {rows.length} 件
                  </button>
                  <button type="button" onClick={() => setChosen(new Set())} disabled={selected.length === 0}>
                    取消选择
                  </button>
                  <span>同一原因的案件可一并办理：全部办成，或一个也不办。</span>
                </p>
              )}
              {selected.length > 0 && <StepForm cases={selected} allowed={BULK} onDone={() => setChosen(new Set())} />}
              <h2 className="unseen">案件列表</h2>
              <ul className="alert-list">
                {rows.map((file) => (
                  <CaseRow
                    key={file.number}
                    file={file}
                    chosen={mayAct ? chosen.has(file.number) : null}
                    onChoose={(wanted) => setChosen(toggled(chosen, file.number, wanted))}
                  />
                ))}
              </ul>
            </>
          );
        }}
      </GrowingList>
    </div>
  );
}

function toggled(before: ReadonlySet<string>, number: string, wanted: boolean): ReadonlySet<string> {
  const after = new Set(before);
  if (wanted) after.add(number);
  else after.delete(number);
  return after;
}

interface RowProps {
  file: CaseSummaryReply;
  /** Null: the reader may choose none. */
  chosen: boolean | null;
  onChoose: (wanted: boolean) => void;
}

function CaseRow({ file, chosen, onChoose }: RowProps) {
  return (
    <li className={`alert-row alert-row-${file.nature}`}>
      <p className="alert-row-head">
        {chosen !== null && (
          <input
            type="checkbox"
            className="no-print"
            checked={chosen}
            onChange={(event) => onChoose(event.target.checked)}
            aria-label={`选择案件 ${file.number}`}
          />
        )}
        <CaseStateMark file={file} />
        <span className="num">{file.number}</span>
        <NatureMark nature={file.nature} />
        <SeverityMark severity={file.severity} />
        {file.news && <span className="mark case-news">有新事实</span>}
      </p>
      <h3>
        <Link to={casePath(file.number)}>{file.projectName}</Link>
      </h3>
      <p>
        {file.alertState === 'cleared' && (
          <strong>{file.nature === 'doubt' ? '已可判定。原来的结论：' : '提示已消除。原提示：'}</strong>
        )}
        {file.sentence}
      </p>
      <p className="under line">
        <span>{file.purchaser ?? '采购人未载明'}</span>
        {file.agency !== null && <span>代理机构 {file.agency}</span>}
        <span>
          <Due file={file} />
        </span>
        {file.replyBy !== null && (
          <span>
            答复期限 <Stated at={file.replyBy} />
            {file.replyOverdue && <strong className="overdue">（逾期未答复）</strong>}
          </span>
        )}
        <span>{file.assignee === null ? '未指派' : `承办人 ${file.assignee}`}</span>
        <span>
          立案 <Observed at={file.openedAt} />
        </span>
      </p>
      <p className="under">规则：{file.ruleTitle}</p>
    </li>
  );
}
