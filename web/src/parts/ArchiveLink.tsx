import { archivedPage } from '../api.ts';

/** Opens the archived page: served sanitised, it loads nothing and runs nothing. `words` are marked in it. */
export function ArchiveLink({ id, name = '归档页面', words }: { id: string; name?: string; words?: string }) {
  return (
    <a href={archivedPage(id, words)} target="_blank" rel="noopener noreferrer" className="outside">
      {name}
      <span aria-hidden="true"> ↗</span>
      <span className="unseen">（在新窗口打开）</span>
    </a>
  );
}
