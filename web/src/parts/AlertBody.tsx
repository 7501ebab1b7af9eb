import { Link } from 'react-router';

import type { AlertDetailReply } from '../../../src/api/schemas.ts';
import { projectPath } from '../api.ts';
import { Block } from './Block.tsx';
import { CountedDates } from './CountedDates.tsx';
import { CountingCalendar } from './CountingCalendar.tsx';
import { CoverageTable } from './CoverageTable.tsx';
import { EvidenceTable } from './EvidenceTable.tsx';
import { EvidenceWords } from './EvidenceWords.tsx';
import { Fact, Facts } from './Facts.tsx';
import { FindingScope } from './FindingScope.tsx';
import { History } from './History.tsx';
import { AlertStateMark, NatureMark, SeverityMark } from './Marks.tsx';
import { Reasons } from './Reasons.tsx';
import { Observed } from './When.tsx';
import { EVENT } from '../words.ts';

/** All that an alert says and rests on: on its own page, and on that of its case. */
export function AlertBody({ alert }: { alert: AlertDetailReply }) {
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
          <CountedDates finding={finding} />
        </div>
      </Block>
      <Block title="证据">
        <EvidenceTable items={alert.evidence} />
      </Block>
      {alert.evidence.length > 0 && (
        <Block title="所依据的原文">
          <EvidenceWords items={alert.evidence} />
        </Block>
      )}
      <Block title="查过哪些来源">
        <CoverageTable rows={alert.coverage} codes={alert.codes} />
      </Block>
      <Block title={alert.nature === 'doubt' ? '结论的经过' : '提示的经过'}>
        <History events={alert.history} first={alert.nature === 'doubt' ? '立案时的结论' : EVENT.opened} />
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
        {alert.state === 'cleared' && (alert.nature === 'doubt' ? '已可判定。原来的结论：' : '已消除。原提示：')}
        {alert.sentence}
      </p>
      {alert.nature === 'review' && <p>本提示依据本地做法，国家规定并无此要求，不是违法认定，仅提示核实。</p>}
      {alert.nature === 'doubt' && alert.state === 'open' && (
        <p>本事项证据不足以判定，由监管人员立案查证；不是违法认定，不得作为违规对外说明。</p>
      )}
      {alert.state === 'cleared' && <p>已因新的证据消除，保留备查；理由见下面的经过。</p>}
      <p>
        项目：<Link to={projectPath(alert.projectId)}>{alert.projectName}</Link>
      </p>
      <p className="under line">
        <span>采购人：{alert.purchaser ?? '未载明'}</span>
        <span>
          {alert.nature === 'doubt' ? '立案' : '首次提示'} <Observed at={alert.openedAt} />
        </span>
        <span>
          最近变化 <Observed at={alert.updatedAt} />
        </span>
      </p>
    </section>
  );
}
