import type { FieldName, NoticeFields, NoticeReading } from '../../model/notice.ts';
import { readNotice } from '../read.ts';

/** A body that says more than this has said something of its own. */
const LONGEST_POINTER = 300;
const POINTER = /(?:详|请|参|具体)?(?:见|查看|查阅|下载)[^。；\n]{0,12}(?:附件|文件)|附件[^。；\n]{0,6}下载/;

/** Whether a notice's body says no more than that its content stands in a file: 详见附件. */
export function pointsToAttachment({ text }: Pick<NoticeReading, 'text'>): boolean {
  return text.length <= LONGEST_POINTER && POINTER.test(text);
}

/** Told by title and column, or defaults that state nothing: a file's own reading of them replaces nothing. */
const NOT_FROM_FILES: ReadonlySet<FieldName> = new Set<FieldName>(['kind', 'track', 'title', 'publishDate', 'round']);

/** The reading of a notice with what its attached file states; each field so read names the file. */
export function withAttachment(
  reading: NoticeReading,
  file: { name: string; text: string },
  url: string | null,
): NoticeReading {
  const { kind, track, title, publishDate, region } = reading.fields;
  const read = readNotice({
    title,
    text: file.text,
    url,
    publishDate,
    columnKind: kind,
    columnTrack: track,
    region,
  });
  const fields = { ...reading.fields };
  const origins = { ...reading.origins };
  const disagreements = [...reading.disagreements];
  for (const field of Object.keys(fields) as FieldName[]) {
    const origin = read.origins[field];
    if (NOT_FROM_FILES.has(field) || !isStated(read.fields[field]) || origin === undefined) continue;
    const from = { ...origin, attachment: file.name };
    if (!isStated(fields[field])) {
      fields[field] = read.fields[field] as never;
      origins[field] = from;
    } else if (JSON.stringify(fields[field]) !== JSON.stringify(read.fields[field])) {
      disagreements.push({ field, value: read.fields[field], origin: from });
    }
  }
  return {
    fields: withMainCode(fields),
    origins,
    disagreements,
    text: `${reading.text}\n【附件：${file.name}】\n${read.text}`,
  };
}

function withMainCode(fields: NoticeFields): NoticeFields {
  const { projectCode, codes } = fields;
  return projectCode === null || codes.includes(projectCode) ? fields : { ...fields, codes: [projectCode, ...codes] };
}

function isStated(value: unknown): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}
