import { Button } from 'antd';
import { useRef } from 'react';
import { Link, useParams } from 'react-router';

import type { CaseDetailReply } from '../../../src/api/case-schemas.ts';
import { act, agencyCasesPath, attachmentFile, projectPath, sheetFile } from '../api.ts';
import { bytes } from '../numbers.ts';
import { AlertBody } from '../parts/AlertBody.tsx';
import { Block } from '../parts/Block.tsx';
import { CaseStateMark, Due, News } from '../parts/CaseMarks.tsx';
import { Fact, Facts } from '../parts/Facts.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { NatureMark, SeverityMark } from '../parts/Marks.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Refused } from '../parts/Refused.tsx';
import { SignIn } from '../parts/SignIn.tsx';
import { StepForm } from '../parts/StepForm.tsx';
import { Observed, Stated } from '../parts/When.tsx';
import { useCase, useChange, useSession } from '../queries.ts';

export default function CasePage() {
  const { number = '' } = useParams();
  const file = useCase(number);
  return (
    <div className="page">
      <PageHead
        title={`案件 ${number}`}
        up={['/cases', '案件']}
        actions={
          <>
            <a href={sheetFile(number, 'docx')} download>
              下载核查单（Word）
            </a>
            <a href={sheetFile(number, 'xlsx')} download>
              下载核查单（Excel）
            </a>
            <Button onClick={() => window.print()}>打印</Button>
          </>
        }
      />
      <Loaded query={file} what="案件">
        {(data) => (
          <>
            {data.news && <News news={data.news} />}
            <Handling file={data} />
            <Block title="办理经过">
              <Events file={data} />
            </Block>
            <h2 className="case-alert-head">{data.nature === 'doubt' ? '所依据的结论' : '所依据的告警'}</h2>
            <AlertBody alert={data.alert} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Handling({ file }: { file: CaseDetailReply }) {
  const user = useSession().data?.user ?? null;
  const allowed =
    user === null || user.role === 'viewer'
      ? []
      : user.role === 'operator'
        ? file.allowed.filter((action) => ['commented', 'acknowledged', 'attached'].includes(action))
        : file.allowed;
  return (
    <Block title="办理">
      <p className="alert-row-head">
        <CaseStateMark file={file} />
        <NatureMark nature={file.nature} />
        <SeverityMark severity={file.severity} />
      </p>
      <Facts>
        <Fact name="项目">
          <Link to={projectPath(file.projectId)}>{file.projectName}</Link>
        </Fact>
        <Fact name="采购人">{file.purchaser ?? '未载明'}</Fact>
        <Fact name="代理机构">
          {file.agency === null ? '未载明' : <Link to={agencyCasesPath(file.agency)}>{file.agency}</Link>}
        </Fact>
        {file.openedFor !== null && <Fact name="立案理由">{file.openedFor}</Fact>}
        <Fact name="期限">
          <Due file={file} />
        </Fact>
        <Fact name="承办人">{file.assignee ?? '未指派'}</Fact>
        {file.question && (
          <Fact name="待答复">
            {file.question.to}：{file.question.text}（
            <Stated at={file.question.replyBy} none="答复期限待定，所涉年度的放假通知收录后补记" /> 前）
            {file.replyOverdue && <strong className="overdue">（逾期未答复）</strong>}
          </Fact>
        )}
        {file.decision && (
          <Fact name="决定">
            {file.decision.state === 'confirmed' ? '确认' : `排除：${file.decision.reason ?? ''}`}，{file.decision.by}，
            <Observed at={file.decision.at} />
          </Fact>
        )}
      </Facts>
      <SignIn />
      {allowed.length > 0 && (
        <>
          <StepForm cases={[file]} allowed={allowed} publisher={file.agency ?? file.purchaser} />
          <Attach file={file} />
        </>
      )}
    </Block>
  );
}

function Attach({ file }: { file: CaseDetailReply }) {
  const input = useRef<HTMLInputElement>(null);
  const attach = useChange(act.attach);
  return (
    <div className="step-form no-print">
      <label htmlFor="attachment">附件（PDF、PNG、JPG、DOCX、XLSX，不超过 5 MB）</label>
      <input
        id="attachment"
        ref={input}
        type="file"
        accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx"
        disabled={attach.isPending}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen === undefined) return;
          attach.mutate([file.number, file.version, chosen], {
            onSuccess: () => {
              if (input.current) input.current.value = '';
            },
          });
        }}
      />
      {attach.error && <Refused error={attach.error} />}
    </div>
  );
}

function Events({ file }: { file: CaseDetailReply }) {
  return (
    <ol className="history">
      {file.events.map((event) => (
        <li key={event.seq}>
          <p className="history-head">
            <Observed at={event.at} /> <strong>{event.actionName}</strong> {event.actor.name}
          </p>
          {event.words.map((words, i) => (
            <p key={i} className="event-words">
              {words}
            </p>
          ))}
          {event.attachment && (
            <p>
              <a href={attachmentFile(file.number, event.attachment.sha256)} download>
                {event.attachment.name}（{bytes(event.attachment.size)}）
              </a>
            </p>
          )}
          <p className="under print-only">
            SHA-256 <code className="hash">{event.hash}</code>
          </p>
        </li>
      ))}
    </ol>
  );
}
