import type { SheetRow, Store } from '../../storage/store.ts';
import type { FactSheet } from '../model/fact-sheet.ts';
import { candidateEditsOf } from './candidate-edits.ts';
import { factSheetOf } from './fact-sheet.ts';
import { sheetOfText, sheetText } from './sheet-text.ts';

interface ReadSheets {
  sheets: FactSheet[];
  /** By project, those that had to be made from the pages. */
  made: Map<string, string>;
}

/** The sheets of these rows, in their order. One that is missing, or of another version, is made from the project's pages. */
export async function sheetsOf(
  store: Pick<Store, 'projects' | 'notices' | 'runs'>,
  rows: readonly SheetRow[],
): Promise<ReadSheets> {
  const read: ReadSheets = { sheets: [], made: new Map() };
  for (const { projectId, sheet: text } of rows) {
    const stored = text === null ? null : sheetOfText(text);
    if (stored !== null) {
      read.sheets.push(stored);
      continue;
    }
    const project = await store.projects.get(projectId);
    if (project === null) continue;
    const notices = await store.notices.getMany(project.noticeIds);
    const sheet = factSheetOf(project, notices, await candidateEditsOf(store, notices));
    read.sheets.push(sheet);
    read.made.set(projectId, sheetText(sheet));
  }
  return read;
}
