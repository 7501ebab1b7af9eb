import { Skeleton } from 'antd';
import type { ReactNode } from 'react';

import { Failed } from './Failed.tsx';

interface Props<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  /** What is being loaded, for those who cannot see the grey bars. */
  what: string;
  rows?: number;
  children: (data: T) => ReactNode;
}

/** The three states of anything that comes from the API: on its way, refused, here. */
export function Loaded<T>({ query, what, rows = 6, children }: Props<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error && <Failed error={query.error} again={query.refetch} stale />}
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <Failed error={query.error} again={query.refetch} />;
  return (
    <div role="status" aria-label={`正在载入${what}`} className="loading">
      <Skeleton title={false} paragraph={{ rows }} />
    </div>
  );
}
