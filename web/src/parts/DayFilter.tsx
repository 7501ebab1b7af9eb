import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useId } from 'react';

import { isLocalDay } from '../../../src/model/day.ts';

dayjs.locale('zh-cn');

/** One end of a range of days; `value` is `YYYY-MM-DD` or empty. */
export function DayFilter({ name, value, onChange }: { name: string; value: string; onChange: (day: string) => void }) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{name}</label>
      <DatePicker
        id={id}
        value={isLocalDay(value) ? dayjs(value) : null}
        onChange={(day: dayjs.Dayjs | null) => onChange(day === null ? '' : day.format('YYYY-MM-DD'))}
        placeholder="年-月-日"
      />
    </div>
  );
}
