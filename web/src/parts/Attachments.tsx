import type { NoticeDetailReply } from '../../../src/api/schemas.ts';
import { ArchiveLink } from './ArchiveLink.tsx';
import { OutsideLink } from './OutsideLink.tsx';

type File = NoticeDetailReply['attachments'][number];

/** What became of a file, in a word or two. */
function remark({ state, reason }: File): string {
  switch (state) {
    case 'read':
      return '已归档，已读取其中的文字';
    case 'kept':
      return '已归档';
    case 'unread':
      return `已归档；附件未能读取：${reason ?? '原因不明'}`;
    case 'missing':
      return '附件未能取得：网站没有给出';
    case 'elsewhere':
      return '未采集：不在来源网站上，或超出每条公告的附件数';
    case undefined:
      return '未采集';
  }
}

/** The files that hang on a notice: each is named, whether it could be read or not. */
export function Attachments({ files }: { files: File[] }) {
  return (
    <ul className="attachments" aria-label="附件">
      {files.map((file) => (
        <li key={file.url}>
          附件：<OutsideLink href={file.url}>{file.name}</OutsideLink> <span className="under">{remark(file)}</span>{' '}
          {file.archiveId !== undefined && <ArchiveLink id={file.archiveId} name="查看归档" />}
        </li>
      ))}
    </ul>
  );
}
