import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { Link, useNavigate } from 'react-router';

import type { LinkWordBody } from '../../../src/api/link-schemas.ts';
import type { ProjectDetailReply, ProjectSummaryReply } from '../../../src/api/schemas.ts';
import { act, projectPath } from '../api.ts';
import { useChange, useProjectsNamed, useSession } from '../queries.ts';
import { ReasonField } from './ReasonField.tsx';
import { Refused } from './Refused.tsx';
import { SignIn } from './SignIn.tsx';
import { Stated } from './When.tsx';

type Verdict = LinkWordBody['verdict'];

/** A supervisor splits notices off this project, or joins another to it. */
export function LinkForm({ project }: { project: ProjectDetailReply }) {
  const user = useSession().data?.user ?? null;
  const navigate = useNavigate();
  const change = useChange(act.link);
  const [verdict, setVerdict] = useState<Verdict>('apart');
  const [notices, setNotices] = useState<string[]>([]);
  const [other, setOther] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const id = useId();
  const word = wordOf(verdict, { project: project.id, other, notices, reason });
  return (
    <details className="no-print">
      <summary>归并有误？由监管人员裁定</summary>
      <SignIn />
      {user !== null && user.role !== 'supervisor' && <p className="note">归并裁定限监管人员。</p>}
      {user?.role === 'supervisor' && (
        <form
          className="step-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (word === null) return;
            change.mutate([word], {
              onSuccess: ({ projectIds }) => {
                setReason('');
                setNotices([]);
                setOther(null);
                const next = projectIds.includes(project.id) ? project.id : projectIds[0];
                if (next !== undefined && next !== project.id) void navigate(projectPath(next));
              },
            });
          }}
        >
          <div className="filter">
            <label htmlFor={`${id}-verdict`}>裁定</label>
            <select id={`${id}-verdict`} value={verdict} onChange={(e) => setVerdict(e.target.value as Verdict)}>
              <option value="apart">拆出公告：不属本项目</option>
              <option value="together">并入项目：与本项目是同一个</option>
            </select>
          </div>
          {verdict === 'apart' ? (
            <NoticeChoice project={project} chosen={notices} onChange={setNotices} />
          ) : (
            <ProjectChoice own={project.id} chosen={other} onChange={setOther} />
          )}
          <ReasonField value={reason} onChange={setReason} example="采购计划编号一致，结果公告的编号印错" />
          <Button type="primary" htmlType="submit" loading={change.isPending} disabled={word === null}>
            {verdict === 'apart' ? '拆出并重新核查' : '并入并重新核查'}
          </Button>
          {change.error && <Refused error={change.error} />}
        </form>
      )}
      {change.data?.done === false && <p className="note">裁定已保存；另一进程正在核查，随后生效。</p>}
    </details>
  );
}

interface Chosen {
  project: string;
  other: string | null;
  notices: string[];
  reason: string;
}

/** Null while something is missing. */
function wordOf(verdict: Verdict, { project, other, notices, reason: typed }: Chosen): LinkWordBody | null {
  const reason = typed.trim();
  if (reason === '') return null;
  if (verdict === 'apart') return notices.length === 0 ? null : { verdict, notices, reason };
  return other === null ? null : { verdict, projects: [project, other], reason };
}

interface NoticeChoiceProps {
  project: ProjectDetailReply;
  chosen: string[];
  onChange: (ids: string[]) => void;
}

const NoticeChoice = ({ project, chosen, onChange }: NoticeChoiceProps) => (
  <fieldset>
    <legend>要拆出的公告（至少留下一条）</legend>
    {project.timeline
      .flatMap(({ day, notices }) => notices.map((notice) => ({ ...notice, day })))
      .map(({ id, title, sourceName, day }) => (
        <label key={id} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(e) => onChange(e.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />{' '}
          <Stated at={day} /> {title}（{sourceName}）
        </label>
      ))}
  </fieldset>
);

interface ProjectChoiceProps {
  own: string;
  chosen: string | null;
  onChange: (id: string) => void;
}

function ProjectChoice({ own, chosen, onChange }: ProjectChoiceProps) {
  const [words, setWords] = useState('');
  const found = useProjectsNamed(words.trim());
  const others = found.data?.items.filter(({ id }) => id !== own) ?? [];
  return (
    <fieldset>
      <legend>要并入的项目</legend>
      <label className="choice">
        按名称、编号或采购人查找
        <Input value={words} onChange={(e) => setWords(e.target.value)} maxLength={100} />
      </label>
      {others.map((project) => (
        <label key={project.id} className="choice">
          <input type="radio" name="other" checked={chosen === project.id} onChange={() => onChange(project.id)} />{' '}
          <Named project={project} />
        </label>
      ))}
      {found.data && others.length === 0 && <p className="quiet">没有找到别的项目。</p>}
      {found.error && <Refused error={found.error} />}
    </fieldset>
  );
}

const Named = ({ project }: { project: ProjectSummaryReply }) => (
  <>
    <Link to={projectPath(project.id)} target="_blank">
      {project.name}
    </Link>
    （{[project.code, project.purchaser, project.lastDay].filter((part) => part !== null).join('，')}）
  </>
);
