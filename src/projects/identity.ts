import { dayNumber, type LocalDay } from '../model/day.ts';
import type { Notice, NoticeFields } from '../model/notice.ts';
import { nameKey } from '../notices/parties.ts';
import { titleKey } from '../notices/title.ts';
import { codesOf, parcelKey, type CodeMark } from './code-marks.ts';
import { withoutRegion } from './parties.ts';
import { nameOf, plain, shinglesOf, type Name } from './similarity.ts';

/** What linking needs of a notice. */
interface LinkableNotice {
  id: string;
  /** Site and column of the page: two pages of one column are compared more strictly than copies elsewhere. */
  where: string;
  fields: NoticeFields;
  /** Empty where only the fields are at hand. */
  text: string;
}

/** What a notice is recognised by, computed once. */
export interface Identity {
  id: string;
  where: string;
  fields: NoticeFields;
  day: LocalDay | null;
  codes: CodeMark[];
  /** Title keys: of the title and of the project's name, with and without the buyer's name in front. */
  names: (Name & { withBuyer: boolean })[];
  /** The project's name without specialties: what a plan calls the whole of which 监理 or 勘察设计 is tendered. */
  trunk: string | null;
  /** The whole title, letters and digits only. */
  fullTitle: string;
  buyer: string | null;
  agency: string | null;
  isLand: boolean;
  parcels: string[];
  /** 施工, 监理, 设计 … as title and name state them. */
  specialties: string[];
  /** Lots it speaks of; on the land track its parcels: the parcel is the unit. */
  lots: string[];
  /** Runs of the body, computed at first use. */
  shingles(): Set<string>;
}

/** Contracts of one investment that are tendered apart. */
const SPECIALTIES = [
  '施工',
  '监理',
  '勘察',
  '设计',
  '检测',
  '造价',
  '审计',
  '测绘',
  '总承包',
  '设备采购',
  '材料采购',
] as const;

export function identityOf(notice: LinkableNotice): Identity {
  const { fields } = notice;
  const buyer = partyKey(fields.purchaser);
  const printed = [...fields.parcels.map((p) => p.code), ...(fields.track === 'land' ? parcelsIn(fields.title) : [])];
  const parcels = unique(printed.map(parcelKey));
  const isLand = fields.track === 'land' || (fields.track === null && parcels.length > 0);
  const words = `${fields.title} ${fields.projectName ?? ''}`;
  let shingles: Set<string> | null = null;
  return {
    id: notice.id,
    where: notice.where,
    fields,
    day: fields.publishDate?.slice(0, 10) ?? null,
    codes: codesOf(fields),
    names: namesOf(fields, buyer),
    trunk: trunkOf(fields),
    fullTitle: plain(fields.title),
    buyer,
    agency: partyKey(fields.agency),
    isLand,
    parcels,
    specialties: SPECIALTIES.filter((s) => words.includes(s)),
    lots: unique(
      isLand ? printed.map((code) => code.normalize('NFKC').replace(/\s/g, '')) : fields.lots.map((l) => l.id),
    ).sort(),
    shingles: () => (shingles ??= shinglesOf(notice.text)),
  };
}

export function identityOfStored(notice: Pick<Notice, 'id' | 'sourceId' | 'channelId' | 'fields' | 'text'>): Identity {
  return identityOf({ ...notice, where: `${notice.sourceId}/${notice.channelId}` });
}

/** Days between the stated days of two notices; null where one states none. */
export function daysApart(a: Identity, b: Identity): number | null {
  return a.day === null || b.day === null ? null : Math.abs(dayNumber(a.day) - dayNumber(b.day));
}

/** Earliest first: stated day (none last), then id. Every tie is broken by this order. */
export function byDay(a: Identity, b: Identity): number {
  return compare(a.day ?? '9999', b.day ?? '9999') || compare(a.id, b.id);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function unique(values: string[]): string[] {
  return [...new Set(values)].filter((v) => v !== '');
}

function partyKey(name: string | null): string | null {
  const key = name === null ? '' : nameKey(name);
  return key.length >= 2 ? key : null;
}

function trunkOf(fields: NoticeFields): string | null {
  const name = titleKey(fields.projectName ?? fields.title);
  const trunk = name.replace(new RegExp(`(${SPECIALTIES.join('|')}|全过程|咨询|服务|招标)+$`), '');
  return trunk.length >= 8 ? trunk : null;
}

/** 开2016-05号: parcels that only a title names (终止公告, 供地结果). */
function parcelsIn(title: string): string[] {
  return title.normalize('NFKC').match(/\p{Script=Han}{1,3}\d{4}-\d{1,3}号/gu) ?? [];
}

/** A shorter name (办公设备) is shared by projects that have nothing in common. */
const SHORTEST_NAME = 6;

function namesOf(fields: NoticeFields, buyer: string | null): Identity['names'] {
  const keys = [fields.projectName, fields.title].map((t) => (t === null ? '' : titleKey(t)));
  // A title key has lost the region in front, so the buyer stands there without his.
  const fronts = buyer === null ? [] : unique([buyer, withoutRegion(buyer)]).filter((front) => front.length >= 4);
  const bare = keys.flatMap((k) => fronts.filter((front) => k.startsWith(front)).map((front) => k.slice(front.length)));
  const withBuyer = (k: string): boolean => fronts.some((front) => k.startsWith(front));
  return unique([...keys, ...bare])
    .filter((k) => k.length >= SHORTEST_NAME)
    .map((k) => ({ ...nameOf(k), withBuyer: withBuyer(k) }));
}
