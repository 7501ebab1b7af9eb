import type { FindingReply } from '../../../src/api/schemas.ts';
import { Observed } from './When.tsx';

/** Which lot and round a finding speaks of, under which versions, and when it was made. */
export function FindingScope({ finding }: { finding: FindingReply }) {
  return (
    <span className="line">
      <span>
        {finding.lot === null ? '整个项目' : `标段（包）${finding.lot}`}，第{finding.round}次采购
      </span>
      <span>
        规则 {finding.rule} 第{finding.ruleVersion}版，日历 {finding.calendarVersion}
      </span>
      <span>
        核查于 <Observed at={finding.judgedAt} />
      </span>
    </span>
  );
}
