import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import type { LinkDecisionReply } from '../../../src/api/link-schemas.ts';
import { act, noticePath } from '../api.ts';
import { useChange, useSession } from '../queries.ts';
import { ReasonField } from './ReasonField.tsx';
import { Refused } from './Refused.tsx';
import { Observed } from './When.tsx';

/** What people decided about this project's notices, oldest first; withdrawn decisions stay on record. */
export function LinkDecisions({ decisions }: { decisions: LinkDecisionReply[] }) {
  if (decisions.length === 0) return null;
  return (
    <>
      <h3>人工裁定</h3>
      <ol className="history">
        {decisions.map((decision) => (
          <li key={decision.id}>
            <p className="history-head">
              <Observed at={decision.at} /> <strong>{decision.by}</strong>{' '}
              {decision.verdict === 'together' ? '裁定为同一项目' : '裁定不属同一项目'}
              {decision.withdrawn !== null && '（已撤销）'}
            </p>
            <p>理由：{decision.reason}</p>
            <Notices notices={decision.notices} />
            {decision.verdict === 'apart' && (
              <>
                <p className="under">与以下公告分属两个项目：</p>
                <Notices notices={decision.others} />
              </>
            )}
            {decision.withdrawn !== null && (
              <p>
                <Observed at={decision.withdrawn.at} /> {decision.withdrawn.by}撤销：{decision.withdrawn.reason}
              </p>
            )}
            <p className="under">裁定编号 {decision.id}</p>
            {decision.withdrawn === null && <Withdrawal decision={decision} />}
          </li>
        ))}
      </ol>
    </>
  );
}

const Notices = ({ notices }: Pick<LinkDecisionReply, 'notices'>) => (
  <ul className="pair">
    {notices.map(({ id, title, sourceName }) => (
      <li key={id}>
        <Link to={noticePath(id)}>{title}</Link>
        {sourceName !== '' && `（${sourceName}）`}
      </li>
    ))}
  </ul>
);

/** Offered to supervisors: what was found by itself holds again. */
function Withdrawal({ decision }: { decision: LinkDecisionReply }) {
  const user = useSession().data?.user ?? null;
  const [reason, setReason] = useState('');
  const change = useChange(act.withdrawLink);
  if (user?.role !== 'supervisor') return null;
  return (
    <details className="no-print">
      <summary>撤销此裁定</summary>
      <form
        className="step-form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate([decision.id, reason.trim()]);
        }}
      >
        <ReasonField value={reason} onChange={setReason} example="核对有误，两个编号各有其项目" />
        <Button htmlType="submit" loading={change.isPending} disabled={reason.trim() === ''}>
          撤销并重新核查
        </Button>
        {change.error && <Refused error={change.error} />}
      </form>
    </details>
  );
}
