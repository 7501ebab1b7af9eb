import { Link } from 'react-router';

import type { ProjectDetailReply } from '../../../src/api/schemas.ts';
import { noticePath } from '../api.ts';
import { LIFECYCLE_STATE_NAMES } from '../../../src/model/project.ts';
import { KindMark } from './Marks.tsx';
import { Observed, Stated } from './When.tsx';

type Entry = ProjectDetailReply['timeline'][number];

/** A project's stages in order, with every copy of each notice and what was out of order. */
export function Timeline({ entries }: { entries: Entry[] }) {
  const rounds = new Set(entries.map(({ round }) => round)).size;
  return (
    <ol className="timeline">
      {entries.map((entry, i) => (
        <li key={i} className={entry.remark === null && entry.breaches.length === 0 ? undefined : 'timeline-odd'}>
          <div className="timeline-day">
            <Stated at={entry.day} none="日期未载明" />
          </div>
          <div>
            <p className="timeline-title">
              <KindMark kind={entry.kind} /> {entry.title}
            </p>
            <p className="under line">
              {rounds > 1 && <span>第{entry.round}次采购</span>}
              {entry.lots.length > 0 && <span>标段（包）{entry.lots.join('、')}</span>}
              <span>此后阶段：{LIFECYCLE_STATE_NAMES[entry.state]}</span>
            </p>
            {entry.remark !== null && (
              <p className="remark">
                <strong>流程提示：</strong>
                {entry.remark}
              </p>
            )}
            {entry.breaches.map(({ findingKey, words }) => (
              <p key={findingKey} className="remark">
                <strong>核查结论：</strong>
                {words}
              </p>
            ))}
            <ul className="copies">
              {entry.notices.map((notice) => (
                <li key={notice.id}>
                  <Link to={noticePath(notice.id)}>{notice.sourceName}</Link>
                  <span>
                    所载 <Stated at={notice.publishDate} />
                  </span>
                  <span>
                    系统首次发现 <Observed at={notice.firstSeenAt} />
                  </span>
                </li>
              ))}
            </ul>
          </div>
        </li>
      ))}
    </ol>
  );
}
