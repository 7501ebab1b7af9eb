import { Link } from 'react-router';

import type { LeadReply } from '../../../src/api/schemas.ts';
import { projectPath } from '../api.ts';
import { count } from '../numbers.ts';
import { PeerSpread } from './PeerSpread.tsx';
import { Observed, Stated } from './When.tsx';

/** One lead: what stands out, what it was computed from, and beside whom. `here`: the project whose page it stands on. */
export function LeadCard({ lead, here }: { lead: LeadReply; here?: string }) {
  const { peers, inputs } = lead;
  return (
    <article className="lead">
      <h3>
        <span className="mark mark-lead">线索</span> {lead.title}
      </h3>
      {lead.affectedAt !== undefined && (
        <p>
          <Observed at={lead.affectedAt} /> 有人裁定了所涉项目的归并，本条尚未重算，下次归并核查之后更新。
        </p>
      )}
      <p>{lead.sentence}</p>
      <p className="under line">
        <span>{lead.purchaser ?? '采购人未载明'}</span>
        {lead.agency !== null && <span>{lead.agency}</span>}
        <span>
          最近一项 <Stated at={lead.day} />
        </span>
        <span>
          首次出现 <Observed at={lead.since} />
        </span>
      </p>
      <PeerSpread peers={peers} />
      <details>
        <summary>所用数据（{count(inputs.length)}）</summary>
        <ul className="lead-inputs">
          {inputs.map((input, i) => (
            <li key={i}>
              {input.projectId === null || input.projectId === here ? (
                input.name
              ) : (
                <Link to={projectPath(input.projectId)}>{input.name}</Link>
              )}
              ：<span className="num">{input.value}</span>
            </li>
          ))}
        </ul>
        {here === undefined && inputs.every(({ projectId }) => projectId === null) && (
          <p>
            {lead.projectIds.map((id) => (
              <Link key={id} to={projectPath(id)}>
                查看项目
              </Link>
            ))}
          </p>
        )}
      </details>
      <details>
        <summary>怎样计算，说明什么</summary>
        <p>{lead.formula}。</p>
        <p>{lead.because}。</p>
      </details>
    </article>
  );
}
