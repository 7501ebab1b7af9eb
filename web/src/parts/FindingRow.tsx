import { Link } from 'react-router';

import type { FindingRowReply } from '../../../src/api/schemas.ts';
import { projectPath } from '../api.ts';
import { DoubtForm } from './DoubtForm.tsx';
import { NatureMark, SeverityMark, VerdictMark } from './Marks.tsx';
import { Reasons } from './Reasons.tsx';
import { Observed } from './When.tsx';

/** One finding in a list: it leads to its project, where the days and pages stand. */
export function FindingRow({ finding }: { finding: FindingRowReply }) {
  const { rule, verdict } = finding;
  return (
    <li className="alert-row">
      <p className="alert-row-head">
        {rule === 'KY-REVIEW-3D' ? <NatureMark nature="review" /> : <VerdictMark verdict={verdict} />}
        <SeverityMark severity={finding.severity} />
      </p>
      <h3>
        <Link to={projectPath(finding.projectId)}>{finding.projectName}</Link>
      </h3>
      <p>{finding.sentence}</p>
      <Reasons codes={finding.codes} texts={finding.codeTexts} />
      <p className="under line">
        <span>{finding.purchaser ?? '采购人未载明'}</span>
        <span>
          {finding.lot === null ? '' : `标段（包）${finding.lot}，`}第 {finding.round} 轮
        </span>
        <span>
          核查于 <Observed at={finding.judgedAt} />
        </span>
      </p>
      <p className="under">规则：{finding.ruleTitle}</p>
      <DoubtForm finding={finding} />
    </li>
  );
}
