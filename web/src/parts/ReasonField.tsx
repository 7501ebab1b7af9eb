import { Input } from 'antd';
import { useId } from 'react';

interface Props {
  value: string;
  onChange: (reason: string) => void;
  example: string;
}

/** Why somebody decides so: it stays on record under their name. */
export function ReasonField({ value, onChange, example }: Props) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>理由（长期保留，例如“{example}”）</label>
      <Input.TextArea
        id={id}
        value={value}
        onChange={(e) => onChange(e.target.value)}
        maxLength={500}
        autoSize={{ minRows: 2, maxRows: 6 }}
      />
    </>
  );
}
