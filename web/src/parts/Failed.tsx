import { Button } from 'antd';

import { ApiFailure } from '../api.ts';

interface Props {
  error: Error;
  again: () => unknown;
  /** Something older is still shown below. */
  stale?: boolean;
}

/** What went wrong and what the reader can do, as the API says it. */
export function Failed({ error, again, stale = false }: Props) {
  const advice = error instanceof ApiFailure ? error.advice : '请重新载入页面；反复出现请联系管理员。';
  return (
    <div className="note note-error" role="alert">
      <p>
        <strong>{error.message}</strong>
        {error instanceof ApiFailure && <span className="quiet">（{error.code}）</span>}
      </p>
      <p>{advice}</p>
      {stale && <p>下面是上一次读到的内容。</p>}
      <Button onClick={() => void again()}>重试</Button>
    </div>
  );
}
