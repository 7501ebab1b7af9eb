import { inWan, inYuan } from '../numbers.ts';

/** Yuan shown in 万元 without loss; the exact yuan stand in the title. */
export function Money({ yuan, unit = true, none = '未载明' }: { yuan: number | null; unit?: boolean; none?: string }) {
  if (yuan === null) return <span className="quiet">{none}</span>;
  return (
    <span className="num" title={`${inYuan(yuan)} 元`}>
      {inWan(yuan)}
      {unit && ' 万元'}
    </span>
  );
}
