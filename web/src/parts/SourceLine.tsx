import type { SourceStatusReply } from '../../../src/api/schemas.ts';
import { ago } from '../dates.ts';
import { OutcomeMark } from './Marks.tsx';

/** A source's state in one line; `now` is the moment at which it was read. */
export function SourceLine({ source, now }: { source: SourceStatusReply; now: number }) {
  return (
    <>
      <SourceState source={source} /> <strong>{source.name}</strong>{' '}
      <span className="under">
        {source.lastCompleteAt === null ? '尚无完整采集' : `最近一次完整采集：${ago(source.lastCompleteAt, now)}`}
        {source.lastRun?.reason && `；${source.lastRun.reason}`}
      </span>
    </>
  );
}

export function SourceState({ source }: { source: SourceStatusReply }) {
  if (!source.enabled) return <span className="mark mark-plain">已停用</span>;
  if (source.lastRun === null) return <span className="mark mark-plain">未采集</span>;
  return <OutcomeMark outcome={source.lastRun.outcome} />;
}
