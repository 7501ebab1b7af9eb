import type { LocalDay, LocalMoment } from '../../src/model/day.ts';
import type { Habits, Page } from './model.ts';

const DIGITS = '零一二三四五六七八九';

/** 1 → 一, 12 → 十二, 30 → 三十, 101 → 一〇一 */
export function chineseNumber(n: number): string {
  if (n < 10) return DIGITS[n] ?? String(n);
  if (n < 100) {
    const tens = Math.floor(n / 10);
    const ones = n % 10;
    return `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十${ones === 0 ? '' : (DIGITS[ones] ?? '')}`;
  }
  return [...String(n)].map((digit) => (digit === '0' ? '〇' : (DIGITS[Number(digit)] ?? digit))).join('');
}

export function printDay(day: LocalDay, style: Habits['dates']): string {
  const [year = '', month = '', date = ''] = day.split('-');
  if (style === 'iso') return day.slice(0, 10);
  if (style === 'short') return `${year}年${Number(month)}月${Number(date.slice(0, 2))}日`;
  return `${year}年${month}月${date.slice(0, 2)}日`;
}

/** 2026年03月16日 09点30分 in notices, 2026-03-16 09:30 where dates are printed so. */
export function printMoment(moment: LocalMoment, style: Habits['dates']): string {
  const hour = moment.slice(11, 13);
  const minute = moment.slice(14, 16);
  const day = printDay(moment.slice(0, 10), style);
  return style === 'iso' ? `${day} ${hour}:${minute}` : `${day} ${hour}点${minute}分`;
}

/** Whole and two decimals: 873500 → 873500.00 */
const yuan = (amount: number): string => amount.toFixed(2);

const grouped = (amount: number): string => {
  const [whole = '', decimals = ''] = amount.toFixed(2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals}`;
};

/** 万元 with up to six decimals, without trailing zeros. */
export const tenThousand = (amount: number): string => (amount / 10_000).toFixed(6).replace(/\.?0+$/, '');

/** An amount with its unit, as a project's notices print it. */
export function printAmount(amount: number, unit: Habits['unit']): string {
  return unit === '元' ? `${grouped(amount)}元` : `${tenThousand(amount)}万元`;
}

/** A cell under a header that names the unit. */
export function amountCell(amount: number, unit: Habits['unit']): string {
  return unit === '元' ? yuan(amount) : tenThousand(amount);
}

const CAPITALS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];

/** Amount in capitals as contracts and award letters print it: 873500 → 捌拾柒万叁仟伍佰元整 */
export function capitals(amount: number): string {
  const cents = Math.round(amount * 100);
  const whole = Math.floor(cents / 100);
  const section = (n: number): string => {
    let text = '';
    let gap = false;
    for (let place = 3; place >= 0; place--) {
      const digit = Math.floor(n / 10 ** place) % 10;
      if (digit === 0) gap = text !== '';
      else {
        text += (gap ? '零' : '') + (CAPITALS[digit] ?? '') + (PLACES[place] ?? '');
        gap = false;
      }
    }
    return text;
  };
  const hundredMillions = Math.floor(whole / 1e8);
  const tenThousands = Math.floor(whole / 1e4) % 1e4;
  const rest = whole % 1e4;
  let text = hundredMillions > 0 ? `${section(hundredMillions)}亿` : '';
  if (tenThousands > 0) text += `${text !== '' && tenThousands < 1000 ? '零' : ''}${section(tenThousands)}万`;
  if (rest > 0) text += `${text !== '' && rest < 1000 ? '零' : ''}${section(rest)}`;
  if (text === '') text = '零';
  const jiao = Math.floor(cents / 10) % 10;
  const fen = cents % 10;
  if (jiao === 0 && fen === 0) return `${text}元整`;
  return `${text}元${jiao > 0 ? `${CAPITALS[jiao] ?? ''}角` : '零'}${fen > 0 ? `${CAPITALS[fen] ?? ''}分` : ''}`;
}

/** Digits, letters and dashes in full width, as some offices type a code. */
export const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

/** The same words as this page prints them: bracket width differs from site to site. */
export const printed = (text: string, page: Pick<Page, 'brackets'>): string =>
  page.brackets === 'full' ? text : text.replaceAll('（', '(').replaceAll('）', ')');
