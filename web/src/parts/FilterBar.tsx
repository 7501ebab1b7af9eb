import { Button, Input } from 'antd';
import { useEffect, useId, useState, type ReactNode } from 'react';

interface BarProps {
  q: string;
  hint: string;
  onSearch: (q: string) => void;
  onClear: () => void;
  clearable: boolean;
  children: ReactNode;
}

/** Search box and filters of a list. */
export function FilterBar({ q, hint, onSearch, onClear, clearable, children }: BarProps) {
  const id = useId();
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  return (
    <form
      className="filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed.trim());
      }}
    >
      <div className="filter filter-wide">
        <label htmlFor={id}>检索</label>
        <div className="filter-search">
          <Input
            id={id}
            value={typed}
            onChange={(e) => setTyped(e.target.value)}
            placeholder={hint}
            maxLength={100}
            allowClear
          />
          <Button type="primary" htmlType="submit">
            检索
          </Button>
        </div>
      </div>
      {children}
      <Button onClick={onClear} disabled={!clearable}>
        清除条件
      </Button>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  options: readonly (readonly [string, string])[];
  /** What the empty value is called. */
  none?: string;
  onChange: (value: string) => void;
}

/**
 * One filter of several values; the empty value is 全部 unless it is called otherwise. The browser's own list: it opens as the reader's phone or
 * screen reader expects, where antd's fails two of axe's serious rules when open (6.6.8, November 2026).
 */
export function Choice({ name, value, options, onChange, none = '全部' }: ChoiceProps) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{name}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {options.map(([option, label]) => (
          <option key={option} value={option}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Filters of a list that has no words to search. */
export function Choices({ onClear, clearable, children }: Pick<BarProps, 'onClear' | 'clearable' | 'children'>) {
  return (
    <div className="filters" role="group" aria-label="筛选">
      {children}
      <Button onClick={onClear} disabled={!clearable}>
        清除条件
      </Button>
    </div>
  );
}
