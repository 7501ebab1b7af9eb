import { lazy, Suspense } from 'react';
import { Link } from 'react-router';

import type { SourceHealthReply } from '../../../src/api/schemas.ts';
import { count } from '../numbers.ts';
import { VANISHED } from '../words.ts';
import { ArchiveLink } from './ArchiveLink.tsx';
import { DataTable } from './DataTable.tsx';
import { Observed, Stated } from './When.tsx';

const DayHeatMap = lazy(() => import('./DayHeatMap.tsx'));

/** How a source stands: what is wrong, how far each column is proven and how silent it is, its days, what vanished. */
export function SourceHealth({ health, now }: { health: SourceHealthReply; now: number }) {
  return (
    <>
      {health.incidents.length > 0 && <Incidents incidents={health.incidents} />}
      <DataTable
        caption="各栏目的覆盖与沉默"
        rows={health.channels}
        rowKey={({ id }) => id}
        columns={[
          { name: '栏目', as: 'title', cell: ({ name }) => name },
          { name: '最近一次完整', cell: ({ lastCompleteAt }) => <Observed at={lastCompleteAt} none="尚无" /> },
          { name: '已覆盖至', cell: ({ covers }) => <Stated at={covers?.to} none="—" /> },
          { name: '最新公告', cell: ({ newest }) => <Stated at={newest} none="—" /> },
          { name: '沉默（工作日）', as: 'num', cell: ({ silentWorkdays }) => silentWorkdays ?? '—' },
          { name: '常态至多', as: 'num', cell: ({ normalWorkdays }) => normalWorkdays ?? '历史太短' },
          { name: '上次新增', as: 'num', cell: ({ created }) => count(created) },
          { name: '上次改动', as: 'num', cell: ({ changed }) => count(changed) },
        ]}
      />
      <Suspense fallback={null}>
        <DayHeatMap channels={health.channels} now={now} />
      </Suspense>
      <Pace pace={health.pace} />
      {health.vanished.length > 0 && <Vanished vanished={health.vanished} />}
    </>
  );
}

const Pace = ({ pace: { days, hosts } }: { pace: SourceHealthReply['pace'] }) => (
  <section aria-label="访问间隔核对">
    <h3>访问间隔核对（近 {days} 天的访问记录）</h3>
    {hosts.length === 0 && <p className="under">还没有访问记录。</p>}
    {hosts.map(({ host, kept, lines }) => (
      <p key={host} className={kept ? 'under' : undefined}>
        <code>{host}</code> {lines.join('；')}。
      </p>
    ))}
  </section>
);

const Incidents = ({ incidents }: { incidents: SourceHealthReply['incidents'] }) => (
  <ul className="failures" aria-label="未解除的异常">
    {incidents.map(({ id, channelName, code, message, advice, openedAt, runs, samples }) => (
      <li key={id}>
        <p>
          <strong>{channelName === null ? message : `${channelName}：${message}`}</strong>{' '}
          <code className="quiet">{code}</code>
        </p>
        <p>应当做什么：{advice}</p>
        <p className="under line">
          自 <Observed at={openedAt} /> 起，{count(runs)} 次采集遇到
          {samples.map(({ archiveId, at }) =>
            archiveId === null ? null : <ArchiveLink key={`${archiveId}${at}`} id={archiveId} name="当时的应答" />,
          )}
        </p>
      </li>
    ))}
  </ul>
);

const Vanished = ({ vanished }: { vanished: SourceHealthReply['vanished'] }) => (
  <DataTable
    caption="近来不再列出的公告"
    rows={vanished}
    rowKey={({ noticeId, openedAt }) => `${noticeId}${openedAt}`}
    columns={[
      {
        name: '公告',
        as: 'title',
        cell: ({ noticeId, title }) => <Link to={`/notices/${encodeURIComponent(noticeId)}`}>{title ?? noticeId}</Link>,
      },
      { name: '状态', cell: ({ state }) => VANISHED[state] },
      { name: '最后见到', cell: ({ lastSeenAt }) => <Observed at={lastSeenAt} /> },
      { name: '未列出的完整采集', as: 'num', cell: ({ missedBy }) => count(missedBy) },
      {
        name: '探访',
        as: 'wide',
        cell: ({ probes }) =>
          probes.length === 0
            ? '尚未探访'
            : `${probes.length} 次，其中 ${probes.filter(({ found }) => found === 'gone').length} 次网站称不存在`,
      },
      { name: '恢复列出', cell: ({ returnedAt }) => <Observed at={returnedAt} none="—" /> },
    ]}
  />
);
