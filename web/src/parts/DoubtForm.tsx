import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';

import type { FindingRowReply } from '../../../src/api/schemas.ts';
import { act, casePath } from '../api.ts';
import { useChange, useSession } from '../queries.ts';
import { ReasonField } from './ReasonField.tsx';
import { Refused } from './Refused.tsx';

/** The case on what could not be judged, or the form by which a supervisor opens it. */
export function DoubtForm({ finding }: { finding: FindingRowReply }) {
  const user = useSession().data?.user ?? null;
  const navigate = useNavigate();
  const open = useChange(act.openDoubt);
  const [note, setNote] = useState('');
  if (finding.caseNumber !== null) {
    return (
      <p>
        已立案：<Link to={casePath(finding.caseNumber)}>{finding.caseNumber}</Link>
      </p>
    );
  }
  if (user?.role !== 'supervisor' || finding.verdict !== 'undetermined') return null;
  return (
    <details className="no-print">
      <summary>立存疑案，由人查证</summary>
      <form
        className="step-form"
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate([{ finding: finding.key, note: note.trim() }], {
            onSuccess: ({ number }) => void navigate(casePath(number)),
          });
        }}
      >
        <p className="under">存疑案件不是违法认定，不计入违规；办理步骤、期限与其他案件相同。</p>
        <ReasonField value={note} onChange={setNote} example="公示页日期与首次发现不符，需调阅发布日志" />
        <Button type="primary" htmlType="submit" loading={open.isPending} disabled={note.trim() === ''}>
          立存疑案
        </Button>
        {open.error && <Refused error={open.error} />}
      </form>
    </details>
  );
}
