import { Link } from 'react-router';

import type { Overview } from '../../../src/api/schemas.ts';
import { rulePath } from '../api.ts';
import { count, share } from '../numbers.ts';

type Row = Overview['rules'][number];

/** Of the projects a rule reaches, how many were judged, with a bar and what became of the others. */
export function JudgedShare({ projects }: { projects: Row['projects'] }) {
  if (projects === null) return <span className="quiet">未统计</span>;
  const { judged, pending, unjudged, reasons } = projects;
  if (projects.share === null) return <span className="quiet">没有适用的项目</span>;
  return (
    <>
      <div className="judged">
        <span className="num">{share(projects.share)}</span>
        <span className="judged-bar" aria-hidden="true">
          <span style={{ width: `${projects.share * 100}%` }} />
        </span>
        <span className="under num">
          {count(judged)} / {count(judged + pending + unjudged)} 个
        </span>
      </div>
      {pending + unjudged > 0 && (
        <p className="under">
          {[
            ...(pending > 0 ? [`尚待结果 ${count(pending)} 个`] : []),
            ...(unjudged > 0 ? [`无法判定 ${count(unjudged)} 个`] : []),
          ].join('，')}
          {reasons.length > 0 &&
            `（${reasons.map((reason) => `${reason.codeText}：${count(reason.projects)}`).join('；')}）`}
        </p>
      )}
    </>
  );
}

/** Beside figures of alerts: a small number says nothing where little could be judged. */
export function JudgedLines({ rules }: { rules: Row[] }) {
  const reached = rules.filter(({ projects }) => projects !== null && projects.share !== null);
  if (reached.length === 0) return null;
  return (
    <div className="judged-lines">
      <p className="under">每条规则适用的项目中，已作出判定的：</p>
      <ul>
        {reached.map((row) => (
          <li key={row.rule}>
            <Link to={rulePath(row.rule)}>{row.ruleTitle}</Link>
            <JudgedShare projects={row.projects} />
          </li>
        ))}
      </ul>
    </div>
  );
}
