import type { CaseSummaryReply } from '../../../src/api/case-schemas.ts';
import { Stated } from './When.tsx';

/** State of a case. The word always says it; the colour only repeats it. */
export const CaseStateMark = ({ file }: { file: Pick<CaseSummaryReply, 'state' | 'stateName'> }) => (
  <span className={`mark case-${file.state}`}>{file.stateName}</span>
);

/** Until when something is to be done, or why that cannot be said. */
export function Due({ file }: { file: CaseSummaryReply }) {
  if (file.suspendedUntil !== null) {
    return (
      <>
        暂挂至 <Stated at={file.suspendedUntil} />
      </>
    );
  }
  if (file.dueUnknown) {
    return (
      <span className="quiet">
        期限待定
        {file.dueAfter !== null && (
          <>
            ：晚于 <Stated at={file.dueAfter} />
          </>
        )}
        ，所涉年度的放假通知收录后补记
      </span>
    );
  }
  if (file.due === null) return <span className="quiet">无期限</span>;
  return (
    <>
      期限 <Stated at={file.due} />
      {file.overdue && <strong className="overdue">（已逾期）</strong>}
    </>
  );
}

const NEWS = {
  noted: '有新的事实',
  cleared: '后来的证据已消除本提示，案件保留，请核实后作出决定',
  reopened: '因新的事实重新开启',
} as const;

/** New facts that nobody has acknowledged. */
export function News({ news }: { news: NonNullable<CaseSummaryReply['news']> }) {
  return (
    <div className="banner banner-attention" role="status">
      <p>
        <strong>{NEWS[news.effect]}</strong>
      </p>
      <ul>
        {news.changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </div>
  );
}
