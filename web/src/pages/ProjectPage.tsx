import { Link, useParams } from 'react-router';

import type { ProjectDetailReply } from '../../../src/api/schemas.ts';
import { alertPath } from '../api.ts';
import { Block } from '../parts/Block.tsx';
import { Fact, Facts } from '../parts/Facts.tsx';
import { FindingCard } from '../parts/FindingCard.tsx';
import { LeadCard } from '../parts/LeadCard.tsx';
import { LinkDecisions } from '../parts/LinkDecisions.tsx';
import { LinkForm } from '../parts/LinkForm.tsx';
import { LinksTable } from '../parts/LinksTable.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { NatureMark } from '../parts/Marks.tsx';
import { Money } from '../parts/Money.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Suggestions } from '../parts/Suggestions.tsx';
import { Timeline } from '../parts/Timeline.tsx';
import { useProject } from '../queries.ts';
import { CATEGORY, METHOD, TRACK } from '../words.ts';

export default function ProjectPage() {
  const { id = '' } = useParams();
  const project = useProject(id);
  return (
    <div className="page">
      <PageHead title={project.data?.name ?? '项目详情'} up={['/projects', '项目']}>
        {project.data && (
          <p className="head-line">
            <span className="mark mark-kind">{project.data.stateName}</span> {project.data.code ?? '编号未载明'}
          </p>
        )}
      </PageHead>
      <Loaded query={project} what="项目">
        {(data) => <Body project={data} />}
      </Loaded>
    </div>
  );
}

function Body({ project }: { project: ProjectDetailReply }) {
  const alertOf = new Map(project.alerts.map((alert) => [alert.findingKey, alert]));
  return (
    <>
      {project.alerts.map((alert) => (
        <p key={alert.key} className={`banner banner-${alert.nature}`}>
          <NatureMark nature={alert.nature} /> <Link to={alertPath(alert.key)}>{alert.number}</Link>
          {alert.state === 'cleared' && '（已消除）'}：{alert.sentence}
        </p>
      ))}
      {project.nextDays.map(({ words }) => (
        <p key={words} className="banner">
          {words}
        </p>
      ))}
      <Block title="项目概况">
        <Overview project={project} />
      </Block>
      <Block title="经过">
        <Timeline entries={project.timeline} />
      </Block>
      <Block title="核查结论">
        {project.findings.length === 0 ? (
          <Nothing why="本项目尚未核查。">下一次采集后自动核查；也可由管理员运行 gongshi rejudge。</Nothing>
        ) : (
          project.findings.map((finding) => (
            <FindingCard key={finding.key} finding={finding} alert={alertOf.get(finding.key) ?? null} />
          ))
        )}
      </Block>
      {project.leads.length > 0 && (
        <Block title="线索（不是结论）">
          {project.leads.map((lead) => (
            <LeadCard key={lead.key} lead={lead} here={project.id} />
          ))}
        </Block>
      )}
      <Block title="为什么归为一个项目">
        <LinksTable project={project} />
        {project.suggestions.length > 0 && (
          <>
            <h3>可能属于同一项目，待裁定</h3>
            <Suggestions projectId={project.id} suggestions={project.suggestions} />
          </>
        )}
        <LinkDecisions decisions={project.decisions} />
        <LinkForm project={project} />
      </Block>
    </>
  );
}

const Overview = ({ project }: { project: ProjectDetailReply }) => (
  <Facts>
    <Fact name="采购人（招标人）">{project.purchaser ?? <span className="quiet">未载明</span>}</Fact>
    <Fact name="代理机构">{project.agency ?? <span className="quiet">未载明</span>}</Fact>
    <Fact name="领域">{TRACK[project.track]}</Fact>
    <Fact name="采购（交易）方式">
      {project.method ? METHOD[project.method] : <span className="quiet">未载明</span>}
    </Fact>
    <Fact name="类别">{project.category ? CATEGORY[project.category] : <span className="quiet">未载明</span>}</Fact>
    <Fact name="行政区划">{project.region ?? <span className="quiet">未载明</span>}</Fact>
    <Fact name="预算金额">
      <Money yuan={project.budget} />
    </Fact>
    <Fact name="中标（成交）金额">
      <Money yuan={project.award} />
    </Fact>
    <Fact name="全部编号">{project.codes.join('、') || <span className="quiet">未载明</span>}</Fact>
    <Fact name="标段（包）">{project.lots.length === 0 ? '不分标段' : project.lots.join('、')}</Fact>
    {project.round > 1 && <Fact name="采购次数">第{project.round}次</Fact>}
  </Facts>
);
