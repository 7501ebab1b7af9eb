/**
 * Names of companies are compared after normalising width, brackets and blanks; nothing else is forgiven:
 * 分公司 or another word more is another company.
 */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[〔【[{〈《﹝]/g, '(')
    .replace(/[〕】\]}〉》﹞]/g, ')')
    .replace(/[\s\u200b-\u200f\u2060\ufeff]/g, '')
    .toUpperCase();
}

/** Members of a consortium as written on one line, normalised and sorted; a single company gives itself. */
function members(name: string): string[] {
  const plain = normaliseName(name).replace(
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

/** True when both lines name the same company, or the same consortium in any order. */
export function sameParty(a: string, b: string): boolean {
  return normaliseName(a) === normaliseName(b) || members(a).join('、') === members(b).join('、');
}
