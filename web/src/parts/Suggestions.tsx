import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import type { LinkSuggestionReply, LinkWordBody } from '../../../src/api/link-schemas.ts';
import { act, noticePath, projectPath } from '../api.ts';
import { share } from '../numbers.ts';
import { useChange, useSession } from '../queries.ts';
import { ReasonField } from './ReasonField.tsx';
import { Refused } from './Refused.tsx';

interface Props {
  /** The project that they are about. */
  projectId: string;
  suggestions: LinkSuggestionReply[];
}

/** Other projects that may be this one, for a supervisor to confirm or refuse. */
export function Suggestions({ projectId, suggestions }: Props) {
  return (
    <ul className="suggestions">
      {suggestions.map((suggestion) => (
        <li key={`${suggestion.own.id} ${suggestion.other.id}`}>
          <p>
            <Link to={projectPath(suggestion.otherProject.id)}>{suggestion.otherProject.name}</Link>
          </p>
          <p>
            {suggestion.title}：{suggestion.reason}（把握 {share(suggestion.confidence)}，不足以自动归并）
          </p>
          <p className="under">
            <Link to={noticePath(suggestion.own.id)}>{suggestion.own.title}</Link>（{suggestion.own.sourceName}） 与{' '}
            <Link to={noticePath(suggestion.other.id)}>{suggestion.other.title}</Link>（{suggestion.other.sourceName}）
          </p>
          <Settle projects={[projectId, suggestion.otherProject.id]} />
        </li>
      ))}
    </ul>
  );
}

/** Offered to supervisors: one project or two. Either word holds until it is withdrawn. */
function Settle({ projects }: { projects: [string, string] }) {
  const user = useSession().data?.user ?? null;
  const [reason, setReason] = useState('');
  const change = useChange(act.link);
  if (user?.role !== 'supervisor') return null;
  const settle = (verdict: LinkWordBody['verdict']) => () =>
    change.mutate([{ verdict, projects, reason: reason.trim() }]);
  return (
    <details className="no-print">
      <summary>裁定</summary>
      <div className="step-form">
        <ReasonField value={reason} onChange={setReason} example="预算与采购内容一致，后一公告漏印编号" />
        <div className="step-fields">
          <Button
            type="primary"
            onClick={settle('together')}
            loading={change.isPending}
            disabled={reason.trim() === ''}
          >
            是同一项目
          </Button>
          <Button onClick={settle('apart')} loading={change.isPending} disabled={reason.trim() === ''}>
            不是同一项目
          </Button>
        </div>
        {change.error && <Refused error={change.error} />}
        {change.data?.done === false && <p className="note">裁定已保存；另一进程正在核查，随后生效。</p>}
      </div>
    </details>
  );
}
