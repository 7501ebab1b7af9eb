import { Link } from 'react-router';

import type { AlertDetailReply } from '../../../src/api/schemas.ts';
import { archivedBytes, noticePath } from '../api.ts';
import { bytes } from '../numbers.ts';
import { ROLE } from '../words.ts';
import { ArchiveLink } from './ArchiveLink.tsx';
import { DataTable, type Column } from './DataTable.tsx';
import { Nothing } from './Nothing.tsx';
import { OutsideLink } from './OutsideLink.tsx';
import { Observed, Stated } from './When.tsx';

type Item = AlertDetailReply['evidence'][number];

const COLUMNS: Column<Item>[] = [
  {
    name: '公告',
    as: 'title',
    cell: (item) => (
      <>
        <span className="mark mark-plain">{ROLE[item.role]}</span>{' '}
        <Link to={noticePath(item.noticeId)}>{item.title}</Link>
        <p className="under line">
          <span>{item.sourceName}</span>
          <OutsideLink href={item.url}>原网页</OutsideLink>
          <span className="print-only">{item.url}</span>
        </p>
      </>
    ),
  },
  { name: '网站所载时间', cell: (item) => <Stated at={item.publishDate} /> },
  {
    name: '系统观测时间',
    cell: (item) => (
      <>
        <p className="under">首次发现</p>
        <Observed at={item.firstSeenAt} />
        <p className="under">此前最后一次未见</p>
        <Observed at={item.absentAt} none="没有完整采集可作证" />
      </>
    ),
  },
  { name: '归档', as: 'wide', cell: (item) => <Archived archive={item.archive} /> },
];

function Archived({ archive }: { archive: Item['archive'] }) {
  if (archive === null) return <span>没有归档记录，请打开原网页核对</span>;
  return (
    <>
      <p className="line no-print">
        <ArchiveLink id={archive.id} name="查看归档页面" />
        <a href={archivedBytes(archive.id)} download>
          下载原始字节（{bytes(archive.size)}）
        </a>
      </p>
      <p className="under">
        采集于 <Observed at={archive.fetchedAt} />
      </p>
      <p className="under">
        SHA-256 <code className="hash">{archive.sha256}</code>
      </p>
      <p className="under">
        归档文件 <code className="hash">{archive.file}</code>，偏移 <span className="num">{archive.offset}</span>
      </p>
    </>
  );
}

/** The pages an alert rests on, as archived, with both clocks side by side. */
export function EvidenceTable({ items }: { items: Item[] }) {
  if (items.length === 0) return <Nothing why="本告警没有公告可以列出：依据是没有找到应有的公告，查过的范围见下。" />;
  return (
    <DataTable
      caption="证据：公告、所载时间、观测时间与归档"
      columns={COLUMNS}
      rows={items}
      rowKey={(item) => `${item.role} ${item.noticeId}`}
    />
  );
}
