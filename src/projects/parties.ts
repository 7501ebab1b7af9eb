/** In front of a name a page may print any of these, or none. */
const REGION = /^(云南省|红河哈尼族彝族自治州|红河州|开远市|[\u4e00-\u9fa5]{2,3}(省|市|州|县|区))+/;

/** How two offices' names (keys) stand to each other. */
type Sameness = 'same' | 'unknown' | 'abbreviated' | 'different';

/**
 * 'same': equal, or equal but for the region in front or 本级/机关 behind ·
 * 'abbreviated': 开远市住建局 for 开远市住房和城乡建设局; enough only where code and title agree ·
 * 'unknown': one page names none.
 */
export function compareNames(a: string | null, b: string | null): Sameness {
  if (a === null || b === null) return 'unknown';
  if (a === b) return 'same';
  const [short, long] = [core(a), core(b)].sort((x, y) => x.length - y.length) as [string, string];
  if (short === long) return regionsAgree(a, b) ? 'same' : 'different';
  return isAbbreviation(short, long) && regionsAgree(a, b) ? 'abbreviated' : 'different';
}

export function compareBuyers(a: { buyer: string | null }, b: { buyer: string | null }): Sameness {
  return compareNames(a.buyer, b.buyer);
}

/** 开远市第四中学校 → 第四中学校 */
export function withoutRegion(name: string): string {
  return name.replace(REGION, '') || name;
}

function core(name: string): string {
  return withoutRegion(name).replace(/(本级|机关|本级行政|\(本级\))$/, '') || name;
}

/** 开远市人民医院 and 人民医院 agree, 开远市人民医院 and 个旧市人民医院 do not. */
function regionsAgree(a: string, b: string): boolean {
  const [x, y] = [a, b].map((name) => REGION.exec(name)?.[0] ?? '') as [string, string];
  return x === '' || y === '' || x.endsWith(y) || y.endsWith(x);
}

/** Same first and last character, the rest in the same order: 住建局 in 住房和城乡建设局. */
function isAbbreviation(short: string, long: string): boolean {
  if (short.length < 3 || short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false;
  let i = 0;
  for (const c of long) if (c === short[i]) i++;
  return i === short.length;
}
