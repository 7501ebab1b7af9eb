import { Link } from 'react-router';

import type { AlertSummaryReply } from '../../../src/api/schemas.ts';
import { alertPath } from '../api.ts';
import { AlertStateMark, NatureMark, SeverityMark } from './Marks.tsx';
import { Observed, Stated } from './When.tsx';

/** One alert in a list. A violation has a full red edge, a hint to check a dashed one: they never look alike. */
export function AlertRow({ alert, short = false }: { alert: AlertSummaryReply; short?: boolean }) {
  return (
    <li className={`alert-row alert-row-${alert.nature} ${alert.state === 'cleared' ? 'alert-row-cleared' : ''}`}>
      <p className="alert-row-head">
        <NatureMark nature={alert.nature} />
        <span className="num">{alert.number}</span>
        <SeverityMark severity={alert.severity} />
        {alert.state === 'cleared' && <AlertStateMark state={alert.state} />}
      </p>
      <h3>
        <Link to={alertPath(alert.key)}>{alert.projectName}</Link>
      </h3>
      <p>
        {alert.state === 'cleared' && <strong>已因新证据消除。原提示：</strong>}
        {alert.sentence}
      </p>
      <p className="under line">
        <span>{alert.purchaser ?? '采购人未载明'}</span>
        {alert.resultDate !== null && (
          <span>
            结果日 <Stated at={alert.resultDate} />
          </span>
        )}
        <span>
          首次提示 <Observed at={alert.openedAt} />
        </span>
      </p>
      {!short && <p className="under">规则：{alert.ruleTitle}</p>}
    </li>
  );
}
