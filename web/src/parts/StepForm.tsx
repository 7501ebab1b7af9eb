import { Button, Input } from 'antd';
import { useId, useState } from 'react';

import type { CaseStepsBody, CaseSummaryReply } from '../../../src/api/case-schemas.ts';
import { DISMISSAL_REASONS, dismissalReasonsOf } from '../../../src/model/case.ts';
import { act } from '../api.ts';
import { useChange } from '../queries.ts';
import { Refused } from './Refused.tsx';

type Command = CaseStepsBody['command'];
type Action = Command['action'];

const ACTIONS: Record<Action, string> = {
  started: '开始核查',
  confirmed: '确认',
  dismissed: '排除',
  rectifying: '要求整改',
  closed: '办结',
  asked: '询问发布单位',
  replied: '登记答复',
  suspended: '暂挂',
  resumed: '恢复办理',
  reopened: '重新核查',
  assigned: '指派',
  due_set: '改定期限',
  commented: '备注',
  acknowledged: '已阅新事实',
};

const WITH_DAY: Partial<Record<Action, string>> = {
  confirmed: '整改期限',
  suspended: '暂挂至',
  due_set: '新的期限',
  rectifying: '整改期限',
};
/** Days that may be left out, and what then holds. */
const WITHOUT_DAY: Partial<Record<Action, string>> = {
  confirmed: '（可不填）',
  rectifying: '（不填按确认时所定或规定天数）',
};

interface Props {
  /** The cases as the person sees them: their versions go along. */
  cases: Pick<CaseSummaryReply, 'number' | 'version' | 'nature'>[];
  allowed: readonly string[];
  /** 发布单位, offered as whom to ask. */
  publisher?: string | null;
  onDone?: () => void;
}

/** One step for one case or for several of one cause. */
export function StepForm({ cases, allowed, publisher = null, onDone }: Props) {
  const offered = (Object.keys(ACTIONS) as Action[]).filter((action) => allowed.includes(action));
  const [chosen, setChosen] = useState<Action | ''>('');
  const action = chosen !== '' && offered.includes(chosen) ? chosen : (offered[0] ?? '');
  const [note, setNote] = useState('');
  const [reason, setReason] = useState<keyof typeof DISMISSAL_REASONS>('misread');
  const [day, setDay] = useState('');
  const [to, setTo] = useState(publisher ?? '');
  const steps = useChange(act.steps);
  // Reasons that every one of them may be dismissed for.
  const reasons = dismissalReasonsOf(cases.every(({ nature }) => nature === 'doubt') ? 'doubt' : 'violation');
  const id = useId();
  if (action === '') return null;
  return (
    <form
      className="step-form no-print"
      onSubmit={(event) => {
        event.preventDefault();
        const command = commandOf(action, { note, reason, day, to });
        const body = { cases: cases.map(({ number, version }) => ({ number, version })), command };
        steps.mutate([body], {
          onSuccess: () => {
            setNote('');
            setDay('');
            onDone?.();
          },
        });
      }}
    >
      <div className="step-fields">
        <div className="filter">
          <label htmlFor={`${id}-action`}>操作</label>
          <select id={`${id}-action`} value={action} onChange={(e) => setChosen(e.target.value as Action)}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {ACTIONS[one]}
              </option>
            ))}
          </select>
        </div>
        {action === 'dismissed' && (
          <div className="filter">
            <label htmlFor={`${id}-reason`}>排除理由</label>
            <select id={`${id}-reason`} value={reason} onChange={(e) => setReason(e.target.value as typeof reason)}>
              {reasons.map((key) => (
                <option key={key} value={key}>
                  {DISMISSAL_REASONS[key].name}
                </option>
              ))}
            </select>
          </div>
        )}
        {WITH_DAY[action] !== undefined && (
          <div className="filter">
            <label htmlFor={`${id}-day`}>
              {WITH_DAY[action]}
              {WITHOUT_DAY[action]}
            </label>
            <input
              id={`${id}-day`}
              type="date"
              value={day}
              onChange={(e) => setDay(e.target.value)}
              required={WITHOUT_DAY[action] === undefined}
            />
          </div>
        )}
        {(action === 'asked' || action === 'assigned') && (
          <div className="filter">
            <label htmlFor={`${id}-to`}>{action === 'asked' ? '询问的单位' : '指派给（账号，留空为取消）'}</label>
            <Input id={`${id}-to`} value={to} onChange={(e) => setTo(e.target.value)} maxLength={100} />
          </div>
        )}
      </div>
      <label htmlFor={`${id}-note`}>说明</label>
      <Input.TextArea
        id={`${id}-note`}
        value={note}
        onChange={(e) => setNote(e.target.value)}
        maxLength={4000}
        autoSize={{ minRows: 2, maxRows: 10 }}
      />
      <Button type="primary" htmlType="submit" loading={steps.isPending}>
        {ACTIONS[action]}
        {cases.length > 1 && `（${cases.length} 件）`}
      </Button>
      {steps.error && <Refused error={steps.error} />}
    </form>
  );
}

function commandOf(
  action: Action,
  { note, reason, day, to }: { note: string; reason: keyof typeof DISMISSAL_REASONS; day: string; to: string },
): Command {
  switch (action) {
    case 'dismissed':
      return { action, reason, note };
    case 'suspended':
      return { action, until: day, note };
    case 'due_set':
      return { action, due: day, note };
    case 'confirmed':
    case 'rectifying':
      return { action, note, ...(day !== '' && { due: day }) };
    case 'assigned':
      return { action, to: to.trim() === '' ? null : to.trim(), note };
    case 'asked':
      return { action, to: to.trim(), note };
    default:
      return { action, note };
  }
}
