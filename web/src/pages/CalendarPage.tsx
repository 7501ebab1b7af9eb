import { Button } from 'antd';
import { useSearchParams } from 'react-router';

import { isLocalDay } from '../../../src/model/day.ts';
import type { CalendarMonthReply } from '../../../src/api/schemas.ts';
import { plainDay } from '../../../src/model/day-words.ts';
import { inWords, isMonth, monthInWords, monthOf, otherMonth } from '../dates.ts';
import { Block } from '../parts/Block.tsx';
import { DataTable } from '../parts/DataTable.tsx';
import { DayFilter } from '../parts/DayFilter.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { MonthGrid } from '../parts/MonthGrid.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { OutsideLink } from '../parts/OutsideLink.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { isOrdinary, RestWords, specialWords } from '../parts/RestWords.tsx';
import { useCalendar } from '../queries.ts';

export default function CalendarPage() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('month');
  const month = isMonth(asked) ? asked : monthOf(Date.now());
  const given = params.get('asOf') ?? '';
  const asOf = isLocalDay(given) ? given : '';
  const calendar = useCalendar(month, asOf);
  const set = (to: { month: string; asOf: string }) =>
    setParams(Object.fromEntries(Object.entries(to).filter(([, value]) => value !== '')));
  const go = (to: string) => set({ month: to, asOf });
  return (
    <div className="page">
      <PageHead
        title="日历"
        actions={
          <>
            <Button onClick={() => go(otherMonth(month, -1))}>上一月</Button>
            <Button onClick={() => set({ month: '', asOf })}>本月</Button>
            <Button onClick={() => go(otherMonth(month, 1))}>下一月</Button>
          </>
        }
      >
        <p className="under">公示期的计数以此为准：国务院办公厅放假安排，含调休；地方放假日另行注明。</p>
      </PageHead>
      <div className="filters" role="group" aria-label="日历的时点">
        <DayFilter name="按此日已公布的通知" value={asOf} onChange={(day) => set({ month, asOf: day })} />
      </div>
      <Loaded query={calendar} what={monthInWords(month)} rows={8}>
        {(data) => <Month data={data} />}
      </Loaded>
    </div>
  );
}

function Month({ data }: { data: CalendarMonthReply }) {
  const byDay = new Map(data.days.map((day) => [day.day, day]));
  const special = data.days.filter((day) => !isOrdinary(day));
  const ordinary = data.days.filter(isOrdinary).map(({ notice }) => notice);
  const papers = [...new Map(ordinary.map((notice) => [notice.published, notice] as const)).values()];
  return (
    <>
      <p className="under line">
        <span>日历版本 {data.version ?? '无'}</span>
        <span>{data.asOf === null ? '适用中的日历' : `${inWords(data.asOf)}当日所知`}</span>
        {data.localRemark !== null && <span>{data.localRemark}</span>}
      </p>
      {!data.covered && data.asOf !== null && (
        <p className="banner banner-attention">
          到{inWords(data.asOf)}为止，{data.month.slice(0, 4)}年的放假通知尚未公布。
        </p>
      )}
      {!data.covered && data.asOf === null && (
        <p className="banner banner-attention">
          日历没有{data.month.slice(0, 4)}
          年的放假安排，涉及该年的公示期将“无法判定”。请把国务院办公厅该年度的放假通知补入 config/calendar.json，再运行
          gongshi rejudge 预览并适用。
        </p>
      )}
      {data.held !== null && <Held held={data.held} covered={data.covered} />}
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
                { name: '原因', cell: specialWords },
                { name: '依据', as: 'wide', cell: ({ notice }) => <Paper notice={notice} /> },
              ]}
            />
          )}
          {papers.map((notice) => (
            <p key={notice.address + notice.published} className="under after">
              未列出的日子按普通工作日、周末计，依据 <Paper notice={notice} />。
            </p>
          ))}
        </Block>
      </div>
    </>
  );
}

/** The files were edited, and everything is still counted by what stands above. */
function Held({ held, covered }: { held: NonNullable<CalendarMonthReply['held']>; covered: boolean }) {
  // Of a month that was not there before, ordinary weeks are no news.
  const days = covered ? held.days : held.days.filter((day) => !isOrdinary(day));
  return (
    <div className="banner banner-attention" role="status">
      <p>{held.words}</p>
      <p>
        本页仍为适用中的日历。
        {days.length === 0 && held.localRemark === null && '本月的日子不受改动影响。'}
        {held.localRemark !== null && `改后：${held.localRemark}。`}
      </p>
      {days.length > 0 && (
        <ul>
          {days.map((day) => (
            <li key={day.day}>
              {inWords(day.day)}，改后为
              {isOrdinary(day) ? (day.rest ? '普通周末' : '普通工作日') : specialWords(day)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type Notice = CalendarMonthReply['days'][number]['notice'];

/** The State Council's notice that decides a day. */
function Paper({ notice: { year, published, address, amends } }: { notice: Notice }) {
  return (
    <>
      <OutsideLink href={address}>
        {year}年放假{amends ? '安排的调整' : '通知'}
      </OutsideLink>
      （{plainDay(published)}公布）
    </>
  );
}
