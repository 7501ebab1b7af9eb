import type { CandidateReading, LotReading, NoticeFields, NoticeKind, Track } from '../model/notice.ts';
import { decode } from './decode.ts';
import { readNotice } from './read.ts';
import { trackOfColumn } from './scope.ts';
import { readTitle } from './title.ts';

/** What `gongshi extract --json` prints for a file: yuan as numbers, local days and moments, absent = null. */
interface ExtractedFile {
  file: string;
  kind: NoticeKind;
  track: Track | null;
  title: string;
  projectName: string | null;
  projectCode: string | null;
  purchaser: string | null;
  agency: string | null;
  suppliers: string[];
  amount: number | null;
  amountKind: NoticeFields['amountKind'];
  publishDate: string | null;
  publicityStart: string | null;
  publicityEnd: string | null;
  openingDate: string | null;
  region: string | null;
  lots: LotReading[];
  candidates: CandidateReading[];
}

/**
 * Reads a saved page. `meta`: what lies beside it and a crawler would know: address (`url`), `site`, `title`, `date`,
 * and the site's column (`infoType`, `column` or `noticeType`; `business` for the track). Throws `CHARSET_BROKEN`.
 */
export function extractFile(name: string, bytes: Uint8Array, meta: Record<string, unknown> | null): ExtractedFile {
  const { text } = decode(bytes, null, null);
  const known = (key: string): string | null => {
    const value = meta?.[key];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const column = known('infoType') ?? known('column') ?? known('noticeType');
  const business = `${known('business') ?? ''} ${column ?? ''}`;
  const isHtml = /\.html?$/i.test(name) || /^\s*<(?:!doctype|html|head|body|div|table|p)\b/i.test(text);
  const { fields } = readNotice({
    title: known('title'),
    ...(isHtml ? { html: text } : { text }),
    url: known('url'),
    publishDate: known('date'),
    columnKind: column === null ? null : readTitle(column).kind,
    columnTrack: trackOfColumn(business),
    region: known('region'),
  });
  const { publicity } = fields;
  return {
    file: name,
    kind: fields.kind,
    track: fields.track,
    title: fields.title,
    projectName: fields.projectName,
    projectCode: fields.projectCode,
    purchaser: fields.purchaser,
    agency: fields.agency,
    suppliers: fields.suppliers,
    amount: fields.amount,
    amountKind: fields.amountKind,
    publishDate: fields.publishDate,
    publicityStart: publicity?.from ?? null,
    publicityEnd: publicity?.to ?? null,
    openingDate: fields.openingDate,
    region: fields.region,
    lots: fields.lots,
    candidates: fields.candidates,
  };
}
