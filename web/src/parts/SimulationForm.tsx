import { Button, InputNumber } from 'antd';
import { useId, useState } from 'react';
import { Link } from 'react-router';

import type { SimulationReply, SimulationTry } from '../../../src/api/simulation-schemas.ts';
import { act, casePath, projectPath } from '../api.ts';
import { count } from '../numbers.ts';
import { useRules, useSession, useTrial } from '../queries.ts';
import { NATURE, SEVERITY } from '../words.ts';
import { Choice } from './FilterBar.tsx';
import { Refused } from './Refused.tsx';
import { SignIn } from './SignIn.tsx';

const KEPT = '现行设置';
type Switched = keyof NonNullable<SimulationTry['enabled']>;

/** A changed setting is tried on the projects there are before anybody puts it in force. */
export function SimulationForm() {
  const user = useSession().data?.user ?? null;
  const rules = useRules().data?.rules ?? [];
  const trial = useTrial(act.simulate);
  const [rollover, setRollover] = useState('');
  const [local, setLocal] = useState('');
  const [review, setReview] = useState('');
  const [budget, setBudget] = useState<number | null>(null);
  const [rule, setRule] = useState('');
  const id = useId();
  const switched = rules.find((one) => one.id === rule);
  const tried: SimulationTry = {
    ...(rollover !== '' && { rollover: rollover === 'true' }),
    ...(local !== '' && { localHolidays: local as SimulationTry['localHolidays'] }),
    ...(review !== '' && { reviewAlert: reviewOf(review, budget) }),
    ...(switched && { enabled: { [switched.id as Switched]: !switched.enabled } }),
  };
  return (
    <>
      <p className="under">
        改动设置以前，先在现有项目上试算：哪些告警会没有、会变、会新增。试算不作任何改动；正式改动在
        config/rules.yaml，用 gongshi rejudge 预览并适用。
      </p>
      <SignIn />
      {user !== null && user.role === 'viewer' && <p className="note">试算限监管人员和运行人员。</p>}
      {user !== null && user.role !== 'viewer' && (
        <form
          className="step-form no-print"
          onSubmit={(event) => {
            event.preventDefault();
            trial.mutate([tried]);
          }}
        >
          <div className="step-fields">
            <Choice
              name="最后一日顺延"
              none={KEPT}
              value={rollover}
              options={[
                ['true', '遇休息日顺延'],
                ['false', '不顺延'],
              ]}
              onChange={setRollover}
            />
            <Choice
              name="地方放假日"
              none={KEPT}
              value={local}
              options={[
                ['undetermined', '取决于它的不作判定'],
                ['ignore', '不计'],
                ['restDay', '作休息日'],
              ]}
              onChange={setLocal}
            />
            <Choice
              name="待核提示"
              none={KEPT}
              value={review}
              options={[
                ['off', '停用'],
                ['review', '作待核提示'],
                ['violation', '作违规告警'],
              ]}
              onChange={setReview}
            />
            {review !== '' && review !== 'off' && (
              <div className="filter">
                <label htmlFor={`${id}-budget`}>只提示预算不低于（元，可不填）</label>
                <InputNumber id={`${id}-budget`} min={0} value={budget} onChange={setBudget} />
              </div>
            )}
            <Choice
              name="停用或启用一条规则"
              none={KEPT}
              value={rule}
              options={rules
                .filter((one) => one.id !== 'KY-REVIEW-3D')
                .map((one) => [one.id, `${one.enabled ? '停用' : '启用'}：${one.title}`] as const)}
              onChange={setRule}
            />
          </div>
          <Button type="primary" htmlType="submit" loading={trial.isPending} disabled={Object.keys(tried).length === 0}>
            试算
          </Button>
          {trial.error && <Refused error={trial.error} />}
        </form>
      )}
      {trial.data && <Outcome reply={trial.data} />}
    </>
  );
}

function reviewOf(as: string, minBudget: number | null): SimulationTry['reviewAlert'] {
  if (as === 'off' || minBudget === null) return as as 'off' | 'review' | 'violation';
  return { as: as as 'review' | 'violation', minBudget };
}

function Outcome({ reply: { projects, gone, changed, added } }: { reply: SimulationReply }) {
  return (
    <div role="status">
      <p>
        按试算的设置重新核查了 {count(projects)} 个项目，未作任何改动：不会再有的告警{' '}
        <strong>{count(gone.count)}</strong>
        条，性质或程度会变的 <strong>{count(changed.count)}</strong> 条，会新增的 <strong>{count(added.count)}</strong>
        条。
      </p>
      <Listed title="不会再有的告警" of={gone} decided={gone}>
        {gone.items.map((one) => (
          <li key={one.number}>
            <Link to={casePath(one.number)}>{one.number}</Link>（{one.stateName}）{one.projectName}
            <p className="under">{one.sentence}</p>
          </li>
        ))}
      </Listed>
      <Listed title="性质或程度会变的告警" of={changed} decided={changed}>
        {changed.items.map((one) => (
          <li key={one.number}>
            <Link to={casePath(one.number)}>{one.number}</Link>（{one.stateName}）{one.projectName}：
            {standing(one.before)} → {standing(one.after)}
            <p className="under">{one.sentence}</p>
          </li>
        ))}
      </Listed>
      <Listed title="会新增的告警" of={added}>
        {added.items.map((one, i) => (
          <li key={i}>
            {standing(one)} <Link to={projectPath(one.projectId)}>{one.projectName}</Link>
            <p className="under">{one.sentence}</p>
          </li>
        ))}
      </Listed>
    </div>
  );
}

type Standing = Pick<SimulationReply['added']['items'][number], 'nature' | 'severity'>;
const standing = ({ nature, severity }: Standing): string => `${NATURE[nature]}（${SEVERITY[severity]}）`;

interface ListedProps {
  title: string;
  of: { count: number; items: readonly unknown[] };
  decided?: { confirmed: number; dismissed: number };
  children: React.ReactNode;
}

function Listed({ title, of, decided, children }: ListedProps) {
  if (of.count === 0) return null;
  return (
    <details>
      <summary>
        {title} {count(of.count)} 条
        {decided && `，其中案件已确认 ${count(decided.confirmed)} 条、已排除 ${count(decided.dismissed)} 条`}
        {of.count > of.items.length && `（列出最先的 ${of.items.length} 条）`}
      </summary>
      <ul>{children}</ul>
    </details>
  );
}
