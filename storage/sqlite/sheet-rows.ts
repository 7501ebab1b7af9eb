import type { SheetRow } from '../store.ts';

export interface SheetColumns {
  id: string;
  sheet: string | null;
  said: string | null;
}

/** Every project with what it is judged by and what was said of it. */
export const SHEETS = `SELECT p.id, s.sheet, d.said FROM projects p
  LEFT JOIN fact_sheets s ON s.project_id = p.id LEFT JOIN said d ON d.project_id = p.id`;

export function sheetRow({ id, sheet, said }: SheetColumns): SheetRow {
  return { projectId: id, sheet, said };
}
