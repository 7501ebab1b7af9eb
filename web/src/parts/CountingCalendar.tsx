import type { CalendarMonthReply, FindingReply } from '../../../src/api/schemas.ts';
import { monthInWords } from '../dates.ts';
import { useCalendars } from '../queries.ts';
import { countingDays, type DayMark, type DayOfCounting } from './counting-days.ts';
import { MonthGrid } from './MonthGrid.tsx';
import { RestWords } from './RestWords.tsx';

/** The counting of one finding on a calendar: published, day 1, 2, 3 …, rolled over, result. */
export function CountingCalendar({ finding }: { finding: Pick<FindingReply, 'days' | 'computed' | 'counted'> }) {
  const { byDay, months } = countingDays(finding);
  const calendars = useCalendars(months);
  if (months.length === 0) return <p className="quiet">本结论没有可以逐日计数的日期，原因见上。</p>;
  const known = new Map(calendars.flatMap(({ data }) => data?.days ?? []).map((day) => [day.day, day]));
  const unread = months.filter((_, i) => calendars[i]?.isError);
  const uncovered = calendars.flatMap(({ data }) => (data && !data.covered ? [data.month] : []));
  return (
    <div>
      <div className="months">
        {months.map((month) => (
          <MonthGrid
            key={month}
            month={month}
            cellClass={(day) => cellClass(byDay.get(day), known.get(day))}
            cell={(day) => <Cell counting={byDay.get(day)} rest={known.get(day)} />}
          />
        ))}
      </div>
      {unread.length > 0 && (
        <p className="note note-plain">
          {unread.map(monthInWords).join('、')}的休息日没有读到，日历上未标出；计数结果不受影响，可重新载入页面。
        </p>
      )}
      {uncovered.length > 0 && (
        <p className="note note-plain">
          {uncovered.map(monthInWords).join('、')}尚无国务院办公厅放假安排，未标出节假日。
        </p>
      )}
      <Legend
        publicity={finding.counted.counts === 'publicity'}
        used={new Set([...byDay.values()].flatMap(({ marks }) => marks.map(({ as }) => as)))}
      />
    </div>
  );
}

function Cell({ counting, rest }: { counting: DayOfCounting | undefined; rest: Rest | undefined }) {
  return (
    <>
      <RestWords rest={counting?.rest ?? rest?.rest ?? false} why={counting?.why ?? rest?.why ?? ''} />
      {counting?.marks.map((mark) => (
        <span key={mark.words} className={`day-mark day-${mark.as}`}>
          {mark.words}
        </span>
      ))}
    </>
  );
}

type Rest = CalendarMonthReply['days'][number];

function cellClass(counting: DayOfCounting | undefined, rest: Rest | undefined): string {
  const strongest = counting?.marks.at(-1)?.as;
  return [counting?.rest || rest?.rest ? 'rest' : '', strongest ? `on on-${strongest}` : ''].join(' ').trim();
}

type Meaning = readonly [DayMark['as'], string, string];

const LEGEND = [
  ['published', '公示起始', '公示起始之日，不计入'],
  ['counted', '第1日', '计入公示期'],
  ['skipped', '不计', '休息日，不计入'],
  ['extended', '顺延', '末日逢休息日，顺延'],
  ['earliest', '最早可发', '结果最早可在此日'],
  ['result', '结果日', '结果公告、通知书、合同签订中最早者'],
] as const satisfies readonly Meaning[];

/** Of duties beside the publicity period: their own start and end. */
const DUTY_LEGEND = [
  ['published', '起算', '起算之日，不计入'],
  ['counted', '第1日', '计入期限'],
  ['skipped', '不计', '休息日，不计入'],
  ['extended', '顺延', '末日逢休息日，顺延'],
  ['earliest', '最早可在', '最早可在此日'],
  ['latest', '至迟应在', '至迟应在此日'],
  ['result', '实际日期', '实际的日期'],
] as const satisfies readonly Meaning[];

/** Only the marks that stand in this calendar. */
const Legend = ({ publicity, used }: { publicity: boolean; used: ReadonlySet<DayMark['as']> }) => (
  <ul className="legend" aria-label="图例">
    {(publicity ? LEGEND : DUTY_LEGEND)
      .filter(([as]) => used.has(as))
      .map(([as, sample, meaning]) => (
        <li key={as}>
          <span className={`day-mark day-${as}`}>{sample}</span>
          {meaning}
        </li>
      ))}
    <li>
      <span className="day-rest">休</span>休息日
    </li>
  </ul>
);
