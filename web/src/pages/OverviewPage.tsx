import { lazy, Suspense } from 'react';
import { Link } from 'react-router';

import type { Overview } from '../../../src/api/schemas.ts';
import { monthInWords } from '../dates.ts';
import { count } from '../numbers.ts';
import { AlertRow } from '../parts/AlertRow.tsx';
import { Block } from '../parts/Block.tsx';
import { DataTable } from '../parts/DataTable.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RulesTable } from '../parts/RulesTable.tsx';
import { SettingsHeld } from '../parts/SettingsHeld.tsx';
import { SourceLine } from '../parts/SourceLine.tsx';
import { Observed, Stated } from '../parts/When.tsx';
import { useLatestAlerts, useOverview, useSources } from '../queries.ts';

const MonthChart = lazy(() => import('../parts/MonthChart.tsx'));

/** How many of the latest alerts stand on the first page: what fits beside the chart without scrolling far. */
const LATEST = 4;

export default function OverviewPage() {
  const overview = useOverview();
  return (
    <div className="page">
      <PageHead title="概览">
        {overview.data && (
          <p className="under line">
            <span>
              数据截至 <Observed at={overview.data.asOf} />
            </span>
            {overview.data.alerts.cleared > 0 && (
              <Link to="/alerts?state=cleared">另有 {count(overview.data.alerts.cleared)} 条告警已因新证据消除</Link>
            )}
          </p>
        )}
      </PageHead>
      <SettingsHeld />
      <Loaded query={overview} what="概览" rows={3}>
        {(data) => (
          <>
            {data.calendarEnds !== null && (
              <div className="banner banner-attention" role="status">
                <p>
                  放假安排只收录到 <Stated at={data.calendarEnds} />
                  ，此后的期限不能计算。国务院办公厅的次年放假通知一般在十月底、十一月公布，公布后请补录（config/calendar.json），再运行
                  gongshi rejudge。
                </p>
              </div>
            )}
            <Figures data={data} />
            <Block title="各规则的核查情况">
              <RulesTable rules={data.rules} judgedAt={data.judgedAt} />
            </Block>
          </>
        )}
      </Loaded>
      <div className="halves">
        <LatestAlerts />
        <div>
          {overview.data && <Months months={overview.data.months} />}
          <Sources />
        </div>
      </div>
    </div>
  );
}

function Figures({ data }: { data: Overview }) {
  const figures = [
    ['公告', data.notices, '/notices', 'plain', '各网站的副本分别计数'],
    ['项目', data.projects, '/projects', 'plain', '由公告归并而成'],
    ['违规告警', data.alerts.violation, '/alerts?nature=violation', 'violation', '有规则、有日期、有归档页面'],
    ['待核提示', data.alerts.review, '/alerts?nature=review', 'review', '仅提示核实，不是违法认定'],
  ] as const;
  return (
    <ul className="figures">
      {figures.map(([name, n, to, as, about]) => (
        <li key={name} className={`figure figure-${as}`}>
          <Link to={to}>
            <span className="figure-name">{name}</span>
            <span className="figure-n num">{count(n)}</span>
          </Link>
          <span className="under">{about}</span>
        </li>
      ))}
    </ul>
  );
}

function LatestAlerts() {
  const alerts = useLatestAlerts(LATEST);
  return (
    <Block title="最近的提示" aside={<Link to="/alerts">全部告警</Link>}>
      <Loaded query={alerts} what="最近的提示">
        {({ items }) =>
          items.length === 0 ? (
            <Nothing why="没有未消除的告警或提示。">
              这只说明已核查的项目中没有发现；有多少项目作出了判定，见“各规则的核查情况”。
            </Nothing>
          ) : (
            <ul className="alert-list">
              {items.map((alert) => (
                <AlertRow key={alert.key} alert={alert} short />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Block>
  );
}

function Months({ months }: { months: Overview['months'] }) {
  return (
    <Block title="近十二个月公告数">
      {months.length === 0 ? (
        <Nothing why="近十二个月没有载明日期的公告。" />
      ) : (
        <>
          <Suspense fallback={<div className="chart" role="status" aria-label="正在载入图表" />}>
            <MonthChart months={months} />
          </Suspense>
          <details>
            <summary>以表格查看</summary>
            <DataTable
              caption="近十二个月公告数"
              rows={months}
              rowKey={({ month }) => month}
              columns={[
                { name: '月份', as: 'title', cell: ({ month }) => monthInWords(month) },
                { name: '公告数', as: 'num', cell: ({ notices }) => count(notices) },
              ]}
            />
          </details>
        </>
      )}
    </Block>
  );
}

function Sources() {
  const sources = useSources();
  return (
    <Block title="来源" aside={<Link to="/sources">详情</Link>}>
      <Loaded query={sources} what="来源">
        {(all) =>
          all.length === 0 ? (
            <Nothing why="没有登记来源。">请在 config/sources.yaml 登记。</Nothing>
          ) : (
            <ul className="lines">
              {all.map((source) => (
                <li key={source.id}>
                  <SourceLine source={source} now={sources.dataUpdatedAt} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Block>
  );
}
