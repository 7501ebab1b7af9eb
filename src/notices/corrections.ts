import type { LocalDay, LocalMoment } from '../model/day.ts';
import type { Materiality } from '../model/notice.ts';
import { findDates } from './dates.ts';
import type { Grid } from './grids.ts';
import type { Cell, Pair } from './pairs.ts';
import { OTHER_DEADLINE } from './times.ts';

/** What touches the outcome: who stands first, for how much, and whether he qualifies. */
const MATERIAL =
  /候选人|候选供应商|候选单位|排序|排名|名次|中标(?:人|单位|供应商|金额|价)|成交(?:人|单位|供应商|金额|价)|投标报价|最终报价|响应报价|报价|综合得分|评审得分|得分|评分|资格|资质|业绩|投标人名称|供应商名称/;
/** 中标（成交）金额: the form's own alternative. */
const EITHER = /[（(](?:中标|成交|中选)[）)]/g;
/** What does not: how to reach somebody, misprints, attachments, and when and where papers are handed in. */
const IMMATERIAL =
  /电话|联系人|联系方式|地址|邮箱|邮编|传真|错别字|笔误|网址|账号|账户|户名|开户行|开标地点|地点|开标时间|截止时间|开启时间|获取时间/;
/** 补充上传…声明函: a file that was missing, whatever firms its name names. */
const UPLOADS = /[^。；\n]{0,20}(?:补充上传|重新上传|上传错误|上传有误)[^。；\n]*[。；]?(?:[^。\n]{0,12}下载[^。\n]*)?/;
const ATTACHMENT_ONLY =
  /^(?:详?见(?:附件|文件|招标文件|澄清文件|变更文件|公告附件|更正文件)?|详情见文件|\/|无)?[。.]?$/;

/** The words of a correction that say what changes: its table, else the words behind 更正内容. */
export function correctionWords(grids: readonly Grid[], pairs: readonly Pair[], cells: readonly Cell[]): string {
  const rows = grids
    .filter(
      ({ header }) => header.some((h) => /更正|变更|修改|原/.test(h)) && header.some((h) => /后|前|为|内容/.test(h)),
    )
    .flatMap(({ rows: all }) => all.map((row) => row.cells.join(' ')));
  if (rows.length > 0) return rows.join('\n');
  const contents = pairs.filter(({ label }) => label === 'correctionContent');
  const first = contents[0];
  if (first !== undefined) {
    const following: string[] = [];
    for (let at = first.valueAt; at < cells.length && following.length < 30; at++) {
      const cell = cells[at]!;
      if (at > first.valueAt && (cell.section !== first.section || /^\d{0,2}[、.．]?\s*更正日期/.test(cell.text)))
        break;
      following.push(cell.text);
    }
    return following.join('\n');
  }
  return cells
    .filter(({ section }) => section === 'correction')
    .map(({ text }) => text)
    .join('\n');
}

/**
 * Whether a correction touches candidates, ranking, price or qualification. False where what it names is of another
 * kind; null where the page does not say, as with 详见附件.
 */
export function materialityOf(words: string): Materiality {
  const text = words
    .replace(
      /^(?:[\d一二三四五六七八九十]{1,2}[、.．)]\s*)?(?:更正|变更|澄清|补充)(?:(?:信息|内容|事项)[:：]?|[:：])/gm,
      '',
    )
    .trim();
  const rest = text
    .replace(UPLOADS, '')
    .replace(/其[他它余][^。\n]{0,8}不变[。.]?/g, '')
    .replace(/(?:更正|变更)日期[:：][^\n]*/g, '')
    .trim();
  if (rest === '' && UPLOADS.test(text)) return false;
  if (rest === '' || ATTACHMENT_ONLY.test(rest.replace(/\s/g, ''))) return null;
  if (MATERIAL.test(rest.replace(EITHER, ''))) return true;
  return IMMATERIAL.test(rest) ? false : null;
}

const OPENING = /开标|开启|递交|提交|磋商时间|谈判时间/;
const DEADLINE = /截止/;
const MOVED =
  /(?:开标|开启|截止)时间[^。\n]{0,120}?(?:更正|变更|延期|调整|修改|推迟|顺延|改)(?:为|至|到)[:：]?\s*([^。\n]{0,40})/g;

/** The opening as corrected: 变更后, or the date behind 更正为. Null where the correction moves none. */
export function correctedOpening(grids: readonly Grid[], words: string): LocalDay | LocalMoment | null {
  for (const grid of grids) {
    const after = grid.header.findIndex((h) => /后/.test(h));
    if (after < 0) continue;
    for (const row of grid.rows) {
      const subject = row.cells.slice(0, after).join(' ');
      if (!OPENING.test(subject) && (!DEADLINE.test(subject) || OTHER_DEADLINE.test(subject))) continue;
      const dates = findDates(row.cells[after] ?? '');
      if (dates.length > 0) return dates[0]!.value;
    }
  }
  for (const m of words.matchAll(MOVED)) {
    const clause =
      words
        .slice(Math.max(0, m.index - 14), m.index)
        .split(/[。；;\n：:]/)
        .at(-1) ?? '';
    if (OTHER_DEADLINE.test(clause)) continue;
    const first = findDates(m[1] ?? '')[0];
    if (first !== undefined) return first.value;
  }
  return null;
}

/** 第一中标候选人…放弃…, 顺延…: the sentence that gives the reason for passing over the first. */
export function skipReasonIn(text: string): string | null {
  for (const m of text.matchAll(FIRST)) {
    const behind = m.index + m[0].length;
    const clause = text.slice(behind, behind + FAR).split(/[。；;\n]/, 1)[0] ?? '';
    const given = GIVEN_UP.exec(clause);
    if (given === null) continue;
    const end = behind + given.index + given[0].length;
    const rest = text.slice(end, end + LONGEST_REASON).split(/[。\n]/, 1)[0] ?? '';
    const from = Math.max(...['。', '；', '\n', '|'].map((mark) => text.lastIndexOf(mark, m.index))) + 1;
    return text.slice(Math.max(from, m.index - 80), end + rest.length).trim();
  }
  return null;
}

const FIRST =
  /第一(?:名|顺位)?(?:的)?(?:中标|成交|中选)?(?:[（(][^（）()]{1,4}[)）])?(?:候选人|候选供应商|候选单位)|排名第一/g;
const GIVEN_UP = /放弃|取消|不能履行|不履行|拒绝|撤销|无效|未按|不符合/;
/** How far behind the first candidate's name the words stand, and how long a reason may be. */
const FAR = 70;
const LONGEST_REASON = 120;
