import type { FindingReply } from '../../../src/api/schemas.ts';
import { Fact, Facts } from './Facts.tsx';
import { Stated } from './When.tsx';

const ROWS = [
  ['anchor', '公示发布日（不计入）'],
  ['nominalLastDay', '按日数计的末日'],
  ['lastDay', '顺延后的末日'],
  ['earliestResultDate', '结果最早可在'],
  ['earliestAllowed', '按所载公示期，结果最早可在'],
  ['resultDate', '结果日（结果公告、通知书、合同签订中最早者）'],
] as const satisfies readonly (readonly [keyof FindingReply['computed'], string])[];

/** Of duties beside the publicity period the dates are those of their own start and end. */
const DUTY_ROWS = [
  ['anchor', '起算日（不计入）'],
  ['earliestAllowed', '最早可在'],
  ['deadline', '至迟应在'],
  ['resultDate', '实际'],
] as const satisfies readonly (readonly [keyof FindingReply['computed'], string])[];

/** The dates a clerk would write down beside the calendar. */
export function CountedDates({ computed }: { computed: FindingReply['computed'] }) {
  const publicity = computed.nominalLastDay !== undefined;
  const duty = !publicity && (computed.earliestAllowed !== undefined || computed.deadline !== undefined);
  const rows = (duty ? DUTY_ROWS : ROWS).filter(([key]) => computed[key] !== undefined);
  if (rows.length === 0) return null;
  return (
    <Facts>
      {rows.map(([key, name]) => (
        <Fact key={key} name={name}>
          <Stated at={computed[key]} />
        </Fact>
      ))}
    </Facts>
  );
}
