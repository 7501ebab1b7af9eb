import type { ReactNode } from 'react';

import type { LocalDay } from '../../../src/model/day.ts';
import { inWords, monthInWords } from '../dates.ts';
import { monthWeeks } from './month-weeks.ts';

interface Props {
  month: string;
  /** What stands under the number of the day. */
  cell: (day: LocalDay) => ReactNode;
  cellClass: (day: LocalDay) => string;
}

const HEADS = ['一', '二', '三', '四', '五', '六', '日'];

/** One month as a table, Monday first. */
export function MonthGrid({ month, cell, cellClass }: Props) {
  return (
    <table className="month">
      <caption>{monthInWords(month)}</caption>
      <thead>
        <tr>
          {HEADS.map((head) => (
            <th key={head} scope="col" abbr={`周${head}`}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {monthWeeks(month).map((week, i) => (
          <tr key={i}>
            {week.map((day, j) =>
              day === null ? (
                <td key={j} className="out" />
              ) : (
                <td key={j} className={cellClass(day)}>
                  <time dateTime={day} aria-label={inWords(day)} className="month-day">
                    {Number(day.slice(8))}
                  </time>
                  {cell(day)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
