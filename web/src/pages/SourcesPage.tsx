import { useState } from 'react';

import type { SourceStatusReply } from '../../../src/api/schemas.ts';
import { ago } from '../dates.ts';
import { bytes, count } from '../numbers.ts';
import { Block } from '../parts/Block.tsx';
import { DataTable } from '../parts/DataTable.tsx';
import { Fact, Facts } from '../parts/Facts.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { OutcomeMark } from '../parts/Marks.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { OutsideLink } from '../parts/OutsideLink.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RunReport } from '../parts/RunReport.tsx';
import { SourceHealth } from '../parts/SourceHealth.tsx';
import { SourceState } from '../parts/SourceLine.tsx';
import { Observed } from '../parts/When.tsx';
import { useHealth, useRuns, useSources } from '../queries.ts';

export default function SourcesPage() {
  const sources = useSources();
  return (
    <div className="page">
      <PageHead title="来源">
        <p className="under">只有“完整”的采集才会被用来认定“没有公示”。</p>
      </PageHead>
      <Loaded query={sources} what="来源" rows={12}>
        {(all) =>
          all.length === 0 ? (
            <Nothing why="没有登记来源。">请在 config/sources.yaml 登记。</Nothing>
          ) : (
            <>
              <Summary sources={all} />
              {all.map((source) => (
                <Source key={source.id} source={source} now={sources.dataUpdatedAt} />
              ))}
            </>
          )
        }
      </Loaded>
    </div>
  );
}

const troubled = ({ enabled, lastRun }: SourceStatusReply) =>
  enabled && (lastRun === null || lastRun.outcome === 'incomplete' || lastRun.outcome === 'rejected');

function Summary({ sources }: { sources: SourceStatusReply[] }) {
  const names = sources.filter(troubled).map(({ name }) => name);
  if (names.length === 0) return <p className="banner banner-plain">启用的来源最近一次采集均无异常。</p>;
  return (
    <p className="banner banner-attention">
      <strong>{names.length} 个来源需要处理：</strong>
      {names.join('、')}。处理办法见各来源下的“应当做什么”。
    </p>
  );
}

function Source({ source, now }: { source: SourceStatusReply; now: number }) {
  return (
    <Block title={source.name} aside={<SourceState source={source} />}>
      <Facts>
        <Fact name="主办单位">{source.owner}</Fact>
        <Fact name="网站">
          <OutsideLink href={source.homepage}>{source.homepage}</OutsideLink>
        </Fact>
        <Fact name="采集地址">
          <code>{source.address}</code>
        </Fact>
        <Fact name="已存公告">{count(source.noticeCount)} 条</Fact>
        <Fact name="采集频次">{source.cadence}</Fact>
        <Fact name="访问间隔">{source.pace}</Fact>
        <Fact name="最近一次完整采集">
          <Observed at={source.lastCompleteAt} none="尚无" />
          {source.lastCompleteAt !== null && `（${ago(source.lastCompleteAt, now)}）`}
        </Fact>
        <Fact name="栏目">{source.channels.map(({ name }) => name).join('、')}</Fact>
      </Facts>
      {source.lastRun === null ? (
        <Nothing why="这个来源还没有采集过。">应当做什么：运行 gongshi crawl {source.id}，或等待定时采集。</Nothing>
      ) : (
        <RunReport run={source.lastRun} />
      )}
      <Health sourceId={source.id} now={now} />
      <EarlierRuns sourceId={source.id} />
    </Block>
  );
}

function Health({ sourceId, now }: { sourceId: string; now: number }) {
  const health = useHealth(sourceId);
  return (
    <Loaded query={health} what="来源状况">
      {(found) => (found.state === 'unknown' ? null : <SourceHealth health={found} now={now} />)}
    </Loaded>
  );
}

function EarlierRuns({ sourceId }: { sourceId: string }) {
  const [open, setOpen] = useState(false);
  const runs = useRuns(sourceId, open);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>历次采集（最近 30 次）</summary>
      {open && (
        <Loaded query={runs} what="历次采集">
          {(all) =>
            all.length === 0 ? (
              <Nothing why="没有采集记录。" />
            ) : (
              <DataTable
                caption="历次采集"
                rows={all}
                rowKey={({ id }) => id}
                columns={[
                  { name: '开始', as: 'title', cell: (run) => <Observed at={run.startedAt} /> },
                  { name: '结论', cell: (run) => <OutcomeMark outcome={run.outcome} /> },
                  { name: '请求', as: 'num', cell: (run) => count(run.requests) },
                  { name: '流量', as: 'num', cell: (run) => bytes(run.bytes) },
                  { name: '失败', as: 'num', cell: (run) => count(run.failures.length) },
                  { name: '原因', as: 'wide', cell: (run) => run.reason ?? '—' },
                ]}
              />
            )
          }
        </Loaded>
      )}
    </details>
  );
}
