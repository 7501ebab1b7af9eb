import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';

import type { NoticeDetailReply } from '../../../src/api/schemas.ts';
import { noticePath, projectPath } from '../api.ts';
import { ArchiveLink } from '../parts/ArchiveLink.tsx';
import { Attachments } from '../parts/Attachments.tsx';
import { Block } from '../parts/Block.tsx';
import { Clocks } from '../parts/Clocks.tsx';
import { CopyDifferences } from '../parts/CopyDifferences.tsx';
import { DataTable } from '../parts/DataTable.tsx';
import { Disagreements } from '../parts/Disagreements.tsx';
import { Fact, Facts } from '../parts/Facts.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { KindMark } from '../parts/Marks.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { NoticeFacts } from '../parts/NoticeFacts.tsx';
import { NoticeTables } from '../parts/NoticeTables.tsx';
import { OutsideLink } from '../parts/OutsideLink.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Revisions } from '../parts/Revisions.tsx';
import { Observed, Stated } from '../parts/When.tsx';
import { bytes } from '../numbers.ts';
import { useNotice } from '../queries.ts';

export default function NoticePage() {
  const { id = '' } = useParams();
  const notice = useNotice(id);
  return (
    <div className="page">
      <PageHead title={notice.data?.title ?? '公告详情'} up={['/notices', '公告']}>
        {notice.data && <Under notice={notice.data} />}
      </PageHead>
      <Loaded query={notice} what="公告">
        {(data) => <Body notice={data} />}
      </Loaded>
    </div>
  );
}

const Under = ({ notice }: { notice: NoticeDetailReply }) => (
  <p className="head-line line">
    <span>
      <KindMark kind={notice.kind} /> {notice.sourceName} · {notice.channelName}
    </span>
    <OutsideLink href={notice.url}>打开原网页</OutsideLink>
    {notice.archive && <ArchiveLink id={notice.archive.id} name="查看归档页面" />}
    {notice.projectId !== null && <Link to={projectPath(notice.projectId)}>所属项目的全部公告</Link>}
  </p>
);

function Body({ notice }: { notice: NoticeDetailReply }) {
  const [originsOpen, setOriginsOpen] = useState(false);
  return (
    <>
      <Block title="两个时间">
        <Clocks notice={notice} />
      </Block>
      <Block
        title="公告内容"
        aside={
          <Button size="small" onClick={() => setOriginsOpen(!originsOpen)} aria-pressed={originsOpen}>
            {originsOpen ? '收起出处' : '显示全部出处'}
          </Button>
        }
      >
        <NoticeFacts notice={notice} originsOpen={originsOpen} />
      </Block>
      {notice.disagreements.length > 0 && (
        <Block title="不一致的读法">
          <Disagreements disagreements={notice.disagreements} />
        </Block>
      )}
      <NoticeTables notice={notice} />
      <Block title="其他网站的副本">
        <Copies copies={notice.otherCopies} />
      </Block>
      {notice.differences.length > 0 && (
        <Block title="各网站所载不一致">
          <CopyDifferences differences={notice.differences} />
        </Block>
      )}
      <Block title="历次内容">
        <Revisions revisions={notice.revisions} />
      </Block>
      <Block title="正文">
        {notice.text === '' ? (
          <Nothing why="页面没有可读的正文。">请查看归档页面或附件。</Nothing>
        ) : (
          <div className="notice-text">{notice.text}</div>
        )}
        {notice.attachments.length > 0 && <Attachments files={notice.attachments} />}
      </Block>
      {notice.archive && <Archive archive={notice.archive} />}
    </>
  );
}

function Copies({ copies }: { copies: NoticeDetailReply['otherCopies'] }) {
  if (copies.length === 0) return <Nothing why="没有在其他来源发现同一公告。" />;
  return (
    <DataTable
      caption="其他网站的副本"
      rows={copies}
      rowKey={({ id }) => id}
      columns={[
        { name: '公告', as: 'title', cell: (copy) => <Link to={noticePath(copy.id)}>{copy.title}</Link> },
        { name: '来源', cell: (copy) => copy.sourceName },
        { name: '网站所载时间', as: 'wide', cell: (copy) => <Stated at={copy.publishDate} /> },
      ]}
    />
  );
}

const Archive = ({ archive }: { archive: NonNullable<NoticeDetailReply['archive']> }) => (
  <Block title="归档">
    <Facts>
      <Fact name="采集于">
        <Observed at={archive.fetchedAt} />
      </Fact>
      <Fact name="SHA-256">
        <code className="hash">{archive.sha256}</code>
      </Fact>
      <Fact name="大小">{bytes(archive.size)}</Fact>
      <Fact name="应答状态">{archive.status}</Fact>
      <Fact name="归档文件">
        <code className="hash">{archive.file}</code>，偏移 <span className="num">{archive.offset}</span>
      </Fact>
      <Fact name="网址">
        <code className="hash">{archive.url}</code>
      </Fact>
    </Facts>
  </Block>
);
