import type { NoticeFields, NoticeKind } from '../model/notice.ts';
import type { TimelineEntry } from '../model/project.ts';
import { plain } from './similarity.ts';

/** Words by which a correction names what it corrects, the most telling first. */
const NAMED: readonly [RegExp, readonly NoticeKind[]][] = [
  [/候选(人|供应商)|评标结果公示|拟(中标|成交)/, ['candidate']],
  [/单一来源/, ['single_source']],
  [/(中标|成交|采购|竞价)结果|中标公告|成交公告|结果公告|结果公示/, ['result']],
  [/合同/, ['contract']],
  [
    /(招标|采购|磋商|谈判|询价|竞价|比选|出让)(文件|公告|通知书)|资格预审|开标时间|投标截止|答疑/,
    ['tender', 'prequalification'],
  ],
];

/**
 * The notice that a correction corrects: the one it cites, else the one its words name, else the publicity that was
 * running, else the tender. Null where the project has none of these before it.
 * `fields`: of the correction's copies.
 */
export function correctedEntry(
  correction: TimelineEntry,
  fields: readonly NoticeFields[],
  entries: readonly TimelineEntry[],
): TimelineEntry | null {
  const earlier = entries.filter(
    (e) => e.kind !== 'correction' && e.round === correction.round && (e.day ?? '9999') <= (correction.day ?? '9999'),
  );
  for (const { refersTo } of fields) {
    if (refersTo?.title == null) continue;
    const cited = earlier.filter((e) => plain(e.title) === plain(refersTo.title ?? ''));
    const dated = refersTo.date === null ? cited : cited.filter((e) => e.day === refersTo.date);
    const found = dated.at(-1) ?? cited.at(-1);
    if (found !== undefined) return found;
  }
  const said = [correction.title, ...fields.map((f) => f.refersTo?.title ?? '')].join(' ');
  const kinds = NAMED.find(([words]) => words.test(said))?.[1];
  if (kinds !== undefined) return earlier.findLast((e) => kinds.includes(e.kind)) ?? null;
  const dates = fields.flatMap((f) => f.refersTo?.date ?? []);
  const onThatDay = earlier.filter((e) => e.day !== null && dates.includes(e.day));
  if (onThatDay.length === 1) return onThatDay[0] ?? null;
  return (
    earlier.findLast((e) => e.kind === 'candidate' || e.kind === 'single_source') ??
    earlier.findLast((e) => e.kind === 'tender') ??
    null
  );
}
