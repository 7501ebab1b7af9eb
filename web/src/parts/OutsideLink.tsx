import type { ReactNode } from 'react';

/** A link that leaves the page. Addresses come from crawled pages: only http(s) becomes a link, all else stays text. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  if (!/^https?:\/\//i.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="outside">
      {children}
      <span aria-hidden="true"> ↗</span>
      <span className="unseen">（在新窗口打开）</span>
    </a>
  );
}
