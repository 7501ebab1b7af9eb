import { CorrectInput } from '../../src/model/errors.ts';
import type { CaseFile } from '../../src/model/case.ts';
import type { Alert } from '../../src/model/finding.ts';
import type { Lead } from '../../src/model/lead.ts';
import type { NoticeFields } from '../../src/model/notice.ts';
import type { Project } from '../../src/model/project.ts';
import { searchTokens } from '../../src/notices/search.ts';

/** Between parts: blanks alone would let the tokenizer join the end of one to the beginning of the next. */
const PART_BREAK = '\n/\n';

/** The text that a notice is found by: title, project, codes, parties, then the page's text. */
export function noticeSearchText(fields: NoticeFields, text: string): string {
  return [
    fields.title,
    fields.projectName,
    fields.projectCode,
    ...fields.codes,
    fields.purchaser,
    fields.agency,
    ...fields.suppliers,
    ...fields.candidates.map((candidate) => candidate.name),
    text,
  ]
    .filter((part) => part !== null && part !== '')
    .join(PART_BREAK);
}

/** The text that a project is found by. */
export function projectSearchText(project: Project): string {
  return [project.name, ...project.codes, project.code, project.purchaser, project.agency, project.region]
    .filter((part) => part !== null)
    .join(PART_BREAK);
}

/** The text that an alert is found by. */
export function alertSearchText(alert: Alert): string {
  return [alert.number, alert.projectName, alert.purchaser ?? '', alert.finding.sentence].join(' / ');
}

/** The text that a lead is found by. */
export function leadSearchText(lead: Lead): string {
  return [lead.purchaser ?? '', lead.agency ?? '', lead.sentence, ...lead.inputs.map(({ name }) => name)].join(' / ');
}

/** The text that a case is found by. */
export function caseSearchText(file: CaseFile): string {
  return [file.number, file.projectName, file.purchaser ?? '', file.agency ?? '', file.facts.sentence].join(' / ');
}

/** Longer than any name or code; the API takes no more than half of it. */
const MAX_QUERY_CHARACTERS = 200;

/**
 * Words of a query, all of which must occur. Marks alone (`——`, `（`) are passed over beside real words.
 * No text at all gives an empty list; nothing but marks, or more than 200 characters, throws `CorrectInput`.
 */
export function queryWords(text: string | undefined): string[] {
  if (text !== undefined && text.length > MAX_QUERY_CHARACTERS) {
    throw new CorrectInput('检索词过长', `请缩短到 ${MAX_QUERY_CHARACTERS} 个字以内。`, { length: text.length });
  }
  // Private-use characters are no words in any language.
  const written = (text ?? '').split(/[\s\p{Co}]+/u).filter((word) => word !== '');
  const words = written.filter((word) => searchTokens(word).length > 0);
  if (words.length === 0 && (text ?? '').trim() !== '') {
    throw new CorrectInput('检索词里没有可检索的字', '请输入汉字、字母或数字，多个词用空格分开。', { text });
  }
  return words;
}
