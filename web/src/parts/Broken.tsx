import { Button } from 'antd';
import { useRouteError } from 'react-router';

import { PageHead } from './PageHead.tsx';

/** A page that could not be shown: its code did not arrive, or it failed while drawing. */
export function Broken() {
  const error = useRouteError();
  return (
    <div className="page">
      <PageHead title="页面无法显示" />
      <div className="note note-error" role="alert">
        <p>页面程序没有完整载入，或显示时出错。</p>
        <p>请重新载入；如仍出现，请把下面一行发给管理员。</p>
        <p className="mono">{error instanceof Error ? error.message : String(error)}</p>
        <Button type="primary" onClick={() => window.location.reload()}>
          重新载入
        </Button>
      </div>
    </div>
  );
}
