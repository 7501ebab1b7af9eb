interface Props {
  rest: boolean;
  why: string;
}

/** An ordinary weekday or weekend needs no explanation. */
export const isOrdinary = ({ why }: Props): boolean => why === '' || /^周.$/.test(why);

/** What a day is, where it is not an ordinary one: 休息, 调休上班, or a local day off on which the national calendar works. */
function restState({ rest, why }: Props): '休息' | '上班' | '地方放假，全国日历为工作日' {
  if (rest) return '休息';
  return why.includes('上班') ? '上班' : '地方放假，全国日历为工作日';
}

/** 国庆节，休息; 调休上班 says both by itself. */
export function specialWords(day: Props): string {
  const state = restState(day);
  return state === '上班' ? day.why : `${day.why}，${state}`;
}

/** The words under the number of a day. */
export function RestWords(day: Props) {
  if (day.rest) return <span className="day-rest">{isOrdinary(day) ? '休' : `休 ${day.why}`}</span>;
  if (isOrdinary(day)) return null;
  return <span className={restState(day) === '上班' ? 'day-work' : 'day-local'}>{day.why}</span>;
}
