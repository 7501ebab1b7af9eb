import { Button } from 'antd';
import { Link, useParams } from 'react-router';

import type { AlertDetailReply } from '../../../src/api/schemas.ts';
import { projectPath } from '../api.ts';
import { Block } from '../parts/Block.tsx';
import { CountedDates } from '../parts/CountedDates.tsx';
import { CountingCalendar } from '../parts/CountingCalendar.tsx';
import { CoverageTable } from '../parts/CoverageTable.tsx';
import { EvidenceTable } from '../parts/EvidenceTable.tsx';
import { Fact, Facts } from '../parts/Facts.tsx';
import { FindingScope } from '../parts/FindingScope.tsx';
import { History } from '../parts/History.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { AlertStateMark, NatureMark, SeverityMark } from '../parts/Marks.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Reasons } from '../parts/Reasons.tsx';
import { Observed } from '../parts/When.tsx';
import { useAlert } from '../queries.ts';
import { NATURE } from '../words.ts';

export default function AlertPage() {
  const { key = '' } = useParams();
  const alert = useAlert(key);
  const title = alert.data ? `${NATURE[alert.data.nature]} ${alert.data.number}` : '告警详情';
  return (
    <div className="page">
      <PageHead
        title={title}
        up={[alert.data?.nature === 'review' ? '/alerts?nature=review' : '/alerts', '告警']}
        actions={
          alert.data && (
            <Button className="no-print" onClick={() => window.print()}>
              打印
            </Button>
          )
        }
      />
      <Loaded query={alert} what="告警">
        {(data) => <Body alert={data} />}
      </Loaded>
    </div>
  );
}

function Body({ alert }: { alert: AlertDetailReply }) {
  const { finding } = alert;
  return (
    <>
      <Verdict alert={alert} />
      <Block title="规则与依据">
        <Facts>
          <Fact name="规则">{alert.ruleTitle}</Fact>
          <Fact name="依据">{finding.ruleBasis}</Fact>
          <Fact name="原因">
            <Reasons codes={alert.codes} texts={alert.codeTexts} />
          </Fact>
          <Fact name="核查">
            <FindingScope finding={finding} />
          </Fact>
        </Facts>
      </Block>
      <Block title="日期核对">
        <div className="counting">
          <CountingCalendar finding={finding} />
          <CountedDates computed={finding.computed} />
        </div>
      </Block>
      <Block title="证据">
        <EvidenceTable items={alert.evidence} />
      </Block>
      <Block title="查过哪些来源">
        <CoverageTable rows={alert.coverage} />
      </Block>
      <Block title="提示的经过">
        <History events={alert.history} />
      </Block>
    </>
  );
}

function Verdict({ alert }: { alert: AlertDetailReply }) {
  return (
    <section
      className={`verdict verdict-box-${alert.state === 'cleared' ? 'cleared' : alert.nature}`}
      aria-label="结论"
    >
      <p className="alert-row-head">
        <NatureMark nature={alert.nature} />
        <SeverityMark severity={alert.severity} />
        <AlertStateMark state={alert.state} />
      </p>
      <p className="verdict-sentence">
        {alert.state === 'cleared' && '已消除。原提示：'}
        {alert.sentence}
      </p>
      {alert.nature === 'review' && <p>本提示依据本地做法，国家规定并无此要求，不是违法认定，仅提示核实。</p>}
      {alert.state === 'cleared' && <p>本告警已因新的证据消除，保留备查；理由见“提示的经过”。</p>}
      <p>
        项目：<Link to={projectPath(alert.projectId)}>{alert.projectName}</Link>
      </p>
      <p className="under line">
        <span>采购人：{alert.purchaser ?? '未载明'}</span>
        <span>
          首次提示 <Observed at={alert.openedAt} />
        </span>
        <span>
          最近变化 <Observed at={alert.updatedAt} />
        </span>
      </p>
    </section>
  );
}
