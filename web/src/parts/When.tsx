import { momentOf } from '../../../src/model/day.ts';
import { inWords, observedInWords } from '../dates.ts';

/** A stated day or moment; null is said, not left blank. */
export function Stated({ at, none = '未载明' }: { at: string | null | undefined; none?: string }) {
  if (at == null) return <span className="quiet">{none}</span>;
  return (
    <time className="when" dateTime={at}>
      {inWords(at)}
    </time>
  );
}

/** A moment that the system observed. */
export function Observed({ at, none = '无记录' }: { at: number | null; none?: string }) {
  if (at === null) return <span className="quiet">{none}</span>;
  return (
    <time className="when" dateTime={`${momentOf(at)}+08:00`}>
      {observedInWords(at)}
    </time>
  );
}
