import { useEffect, useRef } from 'react';
import { NavLink, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';

const ROOMS = [
  ['/', '概览'],
  ['/notices', '公告'],
  ['/projects', '项目'],
  ['/alerts', '告警'],
  ['/cases', '案件'],
  ['/leads', '线索'],
  ['/sources', '来源'],
  ['/rules', '规则'],
  ['/calendar', '日历'],
] as const;

/** Frame of every page: name, navigation, the page itself. */
export function Shell() {
  const main = useFocusOnNewPage();
  const busy = useNavigation().state !== 'idle';
  return (
    <>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="masthead">
        <div className="masthead-in">
          <p className="masthead-name">
            <strong>公示</strong>
            <span>公共资源交易公告跟踪与公示期核查</span>
          </p>
          <nav aria-label="主导航">
            {ROOMS.map(([to, name]) => (
              <NavLink key={to} to={to} end={to === '/'}>
                {name}
              </NavLink>
            ))}
          </nav>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} aria-busy={busy}>
        <Outlet />
      </main>
      <footer className="colophon">公告内容以原网站为准；本系统所载为采集时的归档与核查结果。时间均为北京时间。</footer>
      <ScrollRestoration />
    </>
  );
}

/** Shown while the first page's code arrives. */
export function Opening() {
  return (
    <p className="opening" role="status">
      正在打开…
    </p>
  );
}

/** Keyboard and screen-reader users start at the new page, not at the link they left. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
