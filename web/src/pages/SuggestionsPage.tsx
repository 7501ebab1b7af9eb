import { Link } from 'react-router';

import { projectPath } from '../api.ts';
import { Block } from '../parts/Block.tsx';
import { GrowingList } from '../parts/GrowingList.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { SignIn } from '../parts/SignIn.tsx';
import { Suggestions } from '../parts/Suggestions.tsx';
import { useList } from '../queries.ts';

const NO_FILTERS = {};

export default function SuggestionsPage() {
  const list = useList('suggestions', NO_FILTERS);
  return (
    <div className="page">
      <PageHead title="疑似同一项目" up={['/projects', '项目']}>
        <p className="under">
          依据不足以自动归并、可能属于同一项目的公告。未裁定之前，可能因此改变的核查结论为“无法判定”，不作违规告警。
        </p>
      </PageHead>
      <SignIn />
      <GrowingList list={list} what="疑似同一项目" empty={<Nothing why="没有待裁定的疑似归并。" />}>
        {(rows) =>
          rows.map(({ id, name, purchaser, suggestions }) => (
            <Block key={id} title={name}>
              <p className="under">
                <Link to={projectPath(id)}>查看项目</Link> {purchaser ?? '采购人未载明'}
              </p>
              <Suggestions projectId={id} suggestions={suggestions} />
            </Block>
          ))
        }
      </GrowingList>
    </div>
  );
}
