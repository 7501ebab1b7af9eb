import type { ReactNode } from 'react';

/** An empty place says why it is empty and what can be done. */
export function Nothing({ why, children }: { why: string; children?: ReactNode }) {
  return (
    <div className="nothing">
      <p>{why}</p>
      {children && <div className="quiet">{children}</div>}
    </div>
  );
}
