import { Link } from 'react-router';

import type { FindingReply } from '../../../src/api/schemas.ts';
import { alertPath } from '../api.ts';
import { CountedDates } from './CountedDates.tsx';
import { CountingCalendar } from './CountingCalendar.tsx';
import { FindingScope } from './FindingScope.tsx';
import { NatureMark, VerdictMark } from './Marks.tsx';
import { Reasons } from './Reasons.tsx';

/** Local practice put to a person: neither judged nor impossible to judge. */
const isHint = ({ rule, verdict }: FindingReply) => rule === 'KY-REVIEW-3D' && verdict === 'undetermined';

/** One finding on a project's page; `alertNumber` where it raised an alert. */
export function FindingCard({ finding, alertNumber }: { finding: FindingReply; alertNumber: string | null }) {
  return (
    <article className={`finding finding-${finding.verdict}`}>
      <h3>
        {isHint(finding) ? <NatureMark nature="review" /> : <VerdictMark verdict={finding.verdict} />}{' '}
        {finding.ruleTitle}
      </h3>
      <p className="under">
        <FindingScope finding={finding} />
      </p>
      <p>{finding.sentence}</p>
      <Reasons codes={finding.codes} texts={finding.codeTexts} />
      {alertNumber !== null && (
        <p>
          <Link to={alertPath(finding.key)}>查看告警 {alertNumber}</Link>
        </p>
      )}
      {finding.days.length > 0 && (
        <details>
          <summary>逐日核对</summary>
          <div className="counting">
            <CountingCalendar finding={finding} />
            <CountedDates computed={finding.computed} />
          </div>
        </details>
      )}
      <p className="under">依据：{finding.ruleBasis}</p>
    </article>
  );
}
