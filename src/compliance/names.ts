import { nameKey } from '../notices/parties.ts';

/** Members of a consortium as written on one line, normalised and sorted; a single company gives itself. */
function members(name: string): string[] {
  const plain = nameKey(name).replace(
    /\((?:联合体)?(?:牵头人|牵头方|牵头单位|主办方|成员|成员方|成员单位|联合体)\)/g,
    '',
  );
  return plain
    .replace(/联合体(?:成员|牵头人)?:/g, '、')
    .replace(/(?:组成的?)?联合体$/, '')
    .split(/[、,;/+|&]/)
    .filter((part) => part !== '')
    .sort();
}

/**
 * True when both lines name the same company, or the same consortium in any order. Width, brackets and blanks apart
 * nothing is forgiven: 分公司 or another word more is another company.
 */
export function sameParty(a: string, b: string): boolean {
  if (a === b) return true;
  return nameKey(a) === nameKey(b) || members(a).join('、') === members(b).join('、');
}
