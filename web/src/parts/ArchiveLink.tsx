import { archivedPage } from '../api.ts';

/** Opens the archived page: served sanitised, it loads nothing and runs nothing. */
export function ArchiveLink({ id, name = '归档页面' }: { id: string; name?: string }) {
  return (
    <a href={archivedPage(id)} target="_blank" rel="noopener noreferrer" className="outside">
      {name}
      <span aria-hidden="true"> ↗</span>
      <span className="unseen">（在新窗口打开）</span>
    </a>
  );
}
