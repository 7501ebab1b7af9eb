import type { Oddity } from '../../src/model/incident.ts';
import { labelOf, withoutNumbering } from '../../src/notices/labels.ts';
import { headingOf } from '../../src/notices/sections.ts';

/**
 * Sections of the standard texts (财办库〔2020〕50号) beyond those that `headingOf` gives a meaning: nothing is read by
 * them, but they are no news either.
 */
const KNOWN_SECTIONS =
  /^(?:合同(?:编号|名称|签订日期|公告日期|变更)|项目(?:编号|名称|终止)|(?:项目)?(?:终止|废标|流标)的?原因|附件|相关当事人|处理(?:依据|结果|决定)|验收|监督检查|(?:对本次|凡对)|(?:提出)?异议|异常情况)/;
/** A heading of the standard texts has 24 characters at most; longer numbered lines are sentences. */
const LONGEST_HEADING = 24;

/** Labels of a site's own summary that no rule knows. */
export function oddLabels(labels: Iterable<string>): Oddity[] {
  return distinct([...labels].filter((label) => label !== '' && labelOf(label) === null)).map((words) => ({
    code: 'UNKNOWN_LABEL',
    words,
  }));
}

/** Numbered sections of a notice in a standard text that are none of the text's own. */
export function oddSections(text: string): Oddity[] {
  const headings = text
    .split('\n')
    .filter((line) => headingOf(line)?.kind === 'unknown')
    .map((line) => withoutNumbering(line).split(/[:：]/, 1)[0]!.trim())
    .filter((words) => words !== '' && words.length <= LONGEST_HEADING && !/[，。,；;]/.test(words))
    .filter((words) => labelOf(words) === null && !KNOWN_SECTIONS.test(words));
  return distinct(headings).map((words) => ({ code: 'UNKNOWN_SECTION', words }));
}

/** `oddities` for a detail's reading: nothing where there are none. */
export function withOddities(oddities: Oddity[]): { oddities?: Oddity[] } {
  return oddities.length === 0 ? {} : { oddities };
}

function distinct(words: string[]): string[] {
  return [...new Set(words)];
}
