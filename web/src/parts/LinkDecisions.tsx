import { Link } from 'react-router';

import type { ProjectDetailReply } from '../../../src/api/schemas.ts';
import { noticePath } from '../api.ts';
import { Observed } from './When.tsx';

type Decision = ProjectDetailReply['decisions'][number];

/** What people decided about this project's notices, oldest first; withdrawn decisions stay on record. */
export function LinkDecisions({ decisions }: { decisions: Decision[] }) {
  if (decisions.length === 0) return null;
  return (
    <>
      <h3>人工裁定</h3>
      <ol className="history">
        {decisions.map((decision) => (
          <li key={decision.id}>
            <p className="history-head">
              <Observed at={decision.at} /> <strong>{decision.by}</strong>{' '}
              {decision.verdict === 'together' ? '确认为同一项目' : '确认不属同一项目'}
              {decision.withdrawn !== null && '（已撤销）'}
            </p>
            <p>理由：{decision.reason}</p>
            <p className="under">
              <Notices ids={decision.notices} />
              {decision.verdict === 'apart' && (
                <>
                  {' '}
                  与 <Notices ids={decision.others} />
                </>
              )}
            </p>
            {decision.withdrawn !== null && (
              <p>
                <Observed at={decision.withdrawn.at} /> {decision.withdrawn.by}撤销：{decision.withdrawn.reason}
              </p>
            )}
            <p className="under">裁定编号 {decision.id}</p>
          </li>
        ))}
      </ol>
    </>
  );
}

const Notices = ({ ids }: { ids: string[] }) =>
  ids.map((id, i) => (
    <span key={id}>
      {i > 0 && '、'}
      <Link to={noticePath(id)}>{id}</Link>
    </span>
  ));
