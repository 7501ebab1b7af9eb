import type { NoticeDetailReply } from '../../../src/api/schemas.ts';
import { Observed, Stated } from './When.tsx';

type Times = Pick<
  NoticeDetailReply,
  'publishDate' | 'firstPublishDate' | 'firstSeenAt' | 'absentAt' | 'lastSeenAt' | 'backdating'
>;

/** The two clocks: what the site says, and what the system saw. */
export function Clocks({ notice }: { notice: Times }) {
  const moved = notice.firstPublishDate !== null && notice.firstPublishDate !== notice.publishDate;
  return (
    <div className="clocks">
      <section aria-label="网站所载时间">
        <h3>网站所载时间</h3>
        <p className="clock">
          <Stated at={notice.publishDate} />
        </p>
        {moved && (
          <p className="remark">
            <strong>所载时间有改动</strong>：首次采集时所载为 <Stated at={notice.firstPublishDate} />
          </p>
        )}
        {notice.backdating && (
          <p className="remark">
            <strong>所载日期早于实际发布，至少早 {notice.backdating.atLeastDays} 天</strong>：
            <Observed at={notice.backdating.notBefore} /> 开始的完整采集尚无此公告，
            <Observed at={notice.backdating.seenAt} /> 首次见到
          </p>
        )}
      </section>
      <section aria-label="系统观测时间">
        <h3>系统首次发现</h3>
        <p className="clock">
          <Observed at={notice.firstSeenAt} />
        </p>
        <p className="under">
          此前最后一次未见：
          <Observed at={notice.absentAt} none="没有完整采集可作证" />
        </p>
        <p className="under">
          最近一次见到：
          <Observed at={notice.lastSeenAt} />
        </p>
      </section>
    </div>
  );
}
