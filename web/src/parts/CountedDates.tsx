import { dateNames } from '../../../src/model/date-names.ts';
import type { FindingReply } from '../../../src/api/schemas.ts';
import { Fact, Facts } from './Facts.tsx';
import { Stated } from './When.tsx';

/** The dates a clerk would write down beside the calendar. */
export function CountedDates({ finding }: { finding: Pick<FindingReply, 'computed' | 'counted'> }) {
  const { computed, counted } = finding;
  const rows = dateNames(counted).filter(([name]) => computed[name] !== undefined);
  if (rows.length === 0) return null;
  return (
    <Facts>
      {rows.map(([name, words]) => (
        <Fact key={name} name={words}>
          <Stated at={computed[name]} />
        </Fact>
      ))}
    </Facts>
  );
}
