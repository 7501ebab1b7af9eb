import { Link } from 'react-router';

import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';

export default function NotFoundPage() {
  return (
    <div className="page">
      <PageHead title="没有这个页面" />
      <Nothing why="网址可能输入有误，或来自旧版本。">
        请从<Link to="/">概览</Link>或上方导航进入。
      </Nothing>
    </div>
  );
}
