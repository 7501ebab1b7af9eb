import { Button } from 'antd';
import { useSearchParams } from 'react-router';

import type { CalendarMonthReply } from '../../../src/api/schemas.ts';
import { inWords, isMonth, monthInWords, monthOf, otherMonth } from '../dates.ts';
import { Block } from '../parts/Block.tsx';
import { DataTable } from '../parts/DataTable.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { MonthGrid } from '../parts/MonthGrid.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { isOrdinary, restState, RestWords } from '../parts/RestWords.tsx';
import { useCalendar } from '../queries.ts';

export default function CalendarPage() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('month');
  const month = isMonth(asked) ? asked : monthOf(Date.now());
  const calendar = useCalendar(month);
  const go = (to: string) => setParams({ month: to });
  return (
    <div className="page">
      <PageHead
        title="日历"
        actions={
          <>
            <Button onClick={() => go(otherMonth(month, -1))}>上一月</Button>
            <Button onClick={() => setParams({})}>本月</Button>
            <Button onClick={() => go(otherMonth(month, 1))}>下一月</Button>
          </>
        }
      >
        <p className="under">公示期的计数以此为准：国务院办公厅放假安排，含调休；地方放假日另行注明。</p>
      </PageHead>
      <Loaded query={calendar} what={monthInWords(month)} rows={8}>
        {(data) => <Month data={data} />}
      </Loaded>
    </div>
  );
}

function Month({ data }: { data: CalendarMonthReply }) {
  const byDay = new Map(data.days.map((day) => [day.day, day]));
  const special = data.days.filter((day) => !isOrdinary(day));
  return (
    <>
      {!data.covered && (
        <p className="banner banner-attention">
          日历没有{data.month.slice(0, 4)}
          年的放假安排，涉及该年的公示期将“无法判定”。请把国务院办公厅该年度的放假通知补入 config/calendar.json。
        </p>
      )}
      <div className="calendar-page">
        <MonthGrid
          month={data.month}
          cellClass={(day) => (byDay.get(day)?.rest ? 'rest' : '')}
          cell={(day) => {
            const known = byDay.get(day);
            return known && <RestWords {...known} />;
          }}
        />
        <Block title="本月的放假与调休">
          {special.length === 0 ? (
            <Nothing why={data.covered ? '本月没有节假日或调休，只有普通周末。' : '没有放假安排可以列出。'} />
          ) : (
            <DataTable
              caption="本月的放假与调休"
              rows={special}
              rowKey={({ day }) => day}
              columns={[
                { name: '日期', as: 'title', cell: ({ day }) => inWords(day) },
                { name: '休息或上班', cell: restState },
                { name: '原因', as: 'wide', cell: ({ why }) => why },
              ]}
            />
          )}
        </Block>
      </div>
    </>
  );
}
