import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';

interface Props {
  title: string;
  /** Where the page hangs: [address, name]. */
  up?: [string, string];
  children?: ReactNode;
  actions?: ReactNode;
}

/** The heading of a page, and the window's title with it. */
export function PageHead({ title, up, children, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · 公示`;
  }, [title]);
  return (
    <header className="page-head">
      <div>
        {up && (
          <nav aria-label="上级页面" className="crumb">
            <Link to={up[0]}>{up[1]}</Link>
            <span aria-hidden="true"> ›</span>
          </nav>
        )}
        <h1>{title}</h1>
        {children}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  );
}
