import { Button } from 'antd';
import type { ReactNode } from 'react';

import type { PageReply } from '../../../src/api/schemas.ts';
import { count } from '../numbers.ts';
import { Failed } from './Failed.tsx';
import { Loaded } from './Loaded.tsx';

interface Props<T> {
  list: {
    data: { pages: PageReply<T>[] } | undefined;
    error: Error | null;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
  };
  what: string;
  empty: ReactNode;
  children: (rows: T[]) => ReactNode;
}

/** A list by cursor: how many there are, the rows so far, and a button for more. */
export function GrowingList<T>({ list, what, empty, children }: Props<T>) {
  // A further page that failed is told at the button, not above the list.
  const query = { data: list.data, error: list.isFetchNextPageError ? null : list.error, refetch: list.refetch };
  return (
    <Loaded query={query} what={what} rows={10}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items);
        if (rows.length === 0) return empty;
        return (
          <>
            <p className="tally" role="status">
              <Total page={pages.at(-1)} />
              ，已显示 <b className="num">{count(rows.length)}</b> 条
            </p>
            {children(rows)}
            {list.isFetchNextPageError && list.error && <Failed error={list.error} again={list.fetchNextPage} />}
            {list.hasNextPage && (
              <div className="more">
                <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
                  加载更多
                </Button>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function Total({ page }: { page: PageReply<unknown> | undefined }) {
  const total = <b className="num">{count(page?.total ?? 0)}</b>;
  if (page?.totalIs === 'about') return <>约 {total} 条</>;
  return page?.totalIs === 'at_least' ? <>{total} 条以上</> : <>共 {total} 条</>;
}
