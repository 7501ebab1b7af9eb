import type { ReactNode } from 'react';

export interface Column<T> {
  name: string;
  cell: (row: T) => ReactNode;
  /** num: right-aligned figures · name: keeps an office's name on one line · wide: takes the room that is left · title: heads the row on a narrow screen */
  as?: 'num' | 'name' | 'wide' | 'title';
}

interface Props<T> {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  rowClass?: (row: T) => string;
}

/**
 * A real table; on a narrow screen each row becomes a block with its labels.
 * Roles are written out because `display: block` takes them from a table.
 */
export function DataTable<T>({ caption, columns, rows, rowKey, rowClass }: Props<T>) {
  return (
    <table className="data" role="table">
      <caption className="unseen">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.name} scope="col" role="columnheader" className={column.as}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" className={rowClass?.(row)}>
            {columns.map((column) => (
              <td key={column.name} role="cell" className={column.as} data-label={column.name}>
                <div>{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
