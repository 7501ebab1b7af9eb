import type { ListRowFacts, Region } from '../../src/model/source.ts';
import type { NoticeReading } from '../../src/model/notice.ts';

/** The prefecture as sites name it: a row filed under it may be of any of its counties. */
const PREFECTURE = /红河哈尼族彝族自治州|红河州(本级|直)?|^5325(00)?$/;

/**
 * Counties of Honghe and the other prefectures of Yunnan, in the forms a title uses. The suffix is kept on purpose:
 * 河口 and 元阳 are also places along a river, 大理 begins 大理石, 普洱 is a tea.
 */
const COUNTY_TITLES =
  '个旧市|开远市|蒙自市|弥勒市|屏边县|屏边苗族|建水县|石屏县|泸西县|元阳县|红河县|金平县|金平苗族|绿春县|河口县|河口瑶族';
const OTHER_PREFECTURES =
  '昆明市|曲靖市|玉溪市|保山市|昭通市|丽江市|普洱市|临沧市|楚雄州|楚雄彝族|楚雄市|文山州|文山壮族|文山市|西双版纳|大理州|大理白族|大理市|德宏州|德宏傣族|怒江州|怒江傈僳|迪庆州|迪庆藏族';
const PLACES = new RegExp(`${COUNTY_TITLES}|${OTHER_PREFECTURES}`, 'g');

/** Names of counties as platforms use them (红河州公共资源交易中心蒙自分中心), where no other meaning can stand. */
const COUNTY_PLATFORMS = /个旧|开远|蒙自|弥勒|屏边|建水|石屏|泸西|元阳|红河县|金平|绿春|河口/g;

/** True where one of the region's words or its name stands in a text. */
function mentions(region: Region, ...texts: (string | null | undefined)[]): boolean {
  return texts.some((text) => text != null && [region.name, ...region.words].some((word) => text.includes(word)));
}

/** True where a title names places, and none of them is the region. */
function namesAnotherPlace(region: Region, title: string): boolean {
  return !mentions(region, title) && (title.match(PLACES) ?? []).length > 0;
}

/** Whether a title alone places a notice: true, false, or null where it names no place. */
export function regionByTitle(region: Region, title: string): boolean | null {
  if (mentions(region, title)) return true;
  return namesAnotherPlace(region, title) ? false : null;
}

/**
 * By a region field (行政区划 of a list). The prefecture's own rows and rows without a region are told by title;
 * any other name is another region, unless the title names ours (a provincial prison in 开远).
 */
export function regionByField(region: Region, field: string | null, title: string): boolean | null {
  const printed = (field ?? '').trim();
  if (mentions(region, printed) || printed === region.code) return true;
  if (printed === '' || PREFECTURE.test(printed)) return regionByTitle(region, title);
  return printed.match(PLACES) === null && mentions(region, title) ? true : false;
}

/** By the trading platform's name and the title; the prefecture's own platform leaves it to the title. */
export function regionByPlatform(region: Region, platform: string | null, title: string): boolean | null {
  if (mentions(region, title, platform)) return true;
  if ((platform?.match(COUNTY_PLATFORMS) ?? []).length > 0) return false;
  return regionByTitle(region, title);
}

/** The county that a platform's name states, as a region: 开远分中心 → 开远市. Null where it names none of ours. */
export function regionOfPlatform(region: Region, platform: string | null): string | null {
  return mentions(region, platform) ? region.name : null;
}

/** Labels after which a notice prints where the work is done, the goods go or the land lies. */
const LOCATION =
  /(?:建设|项目|工程|实施|施工|服务|交货|交付|履约|标的|资产|房屋|宗地|地块|土地|供货)(?:所在)?(?:地点|位置|坐落|地址|地)[:：\s]{1,4}([^\n]{0,60})/g;

/**
 * Whether a page read whole is of the region: by title, project, purchaser, the region it prints,
 * or the place where the work is done. A page that names no purchaser (land offices sign their notices)
 * is told by its text; a page that names one, and the region nowhere, is of another region.
 */
export function belongsTo(region: Region, reading: NoticeReading, row: ListRowFacts): boolean {
  const { fields, text } = reading;
  if (fields.regionCode === region.code) return true;
  if (mentions(region, fields.title, fields.projectName, fields.purchaser, fields.region, row.title, row.region)) {
    return true;
  }
  if (fields.parcels.some((parcel) => mentions(region, parcel.location))) return true;
  if (fields.purchaser === null && mentions(region, text)) return true;
  return [...text.matchAll(LOCATION)].some((match) => mentions(region, match[1]));
}
