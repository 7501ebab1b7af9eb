import { Link } from 'react-router';

import type { FindingReply, ProjectDetailReply } from '../../../src/api/schemas.ts';
import { alertPath, casePath } from '../api.ts';
import { CountedDates } from './CountedDates.tsx';
import { CountingCalendar } from './CountingCalendar.tsx';
import { FindingScope } from './FindingScope.tsx';
import { NatureMark, VerdictMark } from './Marks.tsx';
import { Reasons } from './Reasons.tsx';
import { Observed } from './When.tsx';

/** Local practice put to a person: neither judged nor impossible to judge. */
const isHint = ({ rule, verdict }: FindingReply) => rule === 'KY-REVIEW-3D' && verdict === 'undetermined';

/** One finding on a project's page; `alert` where it raised one. */
export function FindingCard({
  finding,
  alert,
}: {
  finding: FindingReply;
  alert: ProjectDetailReply['alerts'][number] | null;
}) {
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
      {alert !== null && (
        <p>
          <Link to={alert.nature === 'doubt' ? casePath(alert.number) : alertPath(alert.key)}>
            {alert.nature === 'doubt' ? '查看存疑案件' : '查看告警'} {alert.number}
          </Link>
        </p>
      )}
      {finding.days.length > 0 && (
        <details>
          <summary>逐日核对</summary>
          <div className="counting">
            <CountingCalendar finding={finding} />
            <CountedDates finding={finding} />
          </div>
        </details>
      )}
      {finding.history.length > 0 && (
        <details>
          <summary>此前的结论（{finding.history.length}）</summary>
          <ol className="history">
            {finding.history.map((past) => (
              <li key={past.judgedAt}>
                <p className="history-head">
                  <Observed at={past.judgedAt} /> <VerdictMark verdict={past.verdict} />
                </p>
                <p>{past.sentence}</p>
                <p className="under">
                  规则版本 {past.ruleVersion}，日历版本 {past.calendarVersion}
                </p>
              </li>
            ))}
          </ol>
        </details>
      )}
      {finding.confirmed.length > 0 && (
        <p className="under">
          规则或日历更新后重新核查，结论与日期不变；此前得出于：
          {finding.confirmed
            .map((earlier) => `规则版本 ${earlier.ruleVersion}，日历版本 ${earlier.calendarVersion}`)
            .join('；')}
          。
        </p>
      )}
      {finding.ruleBasis !== '' && <p className="under">依据：{finding.ruleBasis}</p>}
    </article>
  );
}
