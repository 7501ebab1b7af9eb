import { Popover } from 'antd';

import type { NoticeDetailReply } from '../../../src/api/schemas.ts';
import { share } from '../numbers.ts';

type Reading = NoticeDetailReply['origins'][string];

const Words = ({ origin }: { origin: Reading }) => (
  <span className="origin">
    {origin.attachment === undefined ? '原文' : `附件《${origin.attachment}》原文`}：“{origin.words}”
    <span className="under">
      （读取规则 {origin.rule}，把握 {share(origin.confidence)}）
    </span>
  </span>
);

/** Where a value was read: on hover, on focus, or written out for all fields at once. */
export function Origin({ origin, field, open }: { origin: Reading | undefined; field: string; open: boolean }) {
  if (origin === undefined) return null;
  if (open) {
    return (
      <p className="origin-open">
        <Words origin={origin} />
      </p>
    );
  }
  return (
    <Popover content={<Words origin={origin} />} trigger={['hover', 'focus', 'click']} placement="right">
      <button type="button" className="origin-button no-print" aria-label={`${field}的出处`}>
        出处
      </button>
    </Popover>
  );
}
