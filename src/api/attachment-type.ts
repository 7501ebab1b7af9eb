import { CorrectInput } from '../model/errors.ts';

/** 5 MB: a scanned letter of some pages; larger than that belongs into the office's own archive. */
export const MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024;

/** Told by their first bytes, not by their name. Office files are ZIP archives inside. */
const KINDS: { type: string; endings: string[]; begins: number[] }[] = [
  { type: 'application/pdf', endings: ['pdf'], begins: [0x25, 0x50, 0x44, 0x46] },
  { type: 'image/png', endings: ['png'], begins: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', endings: ['jpg', 'jpeg'], begins: [0xff, 0xd8, 0xff] },
  { type: 'application/vnd.openxmlformats-officedocument', endings: ['docx', 'xlsx'], begins: [0x50, 0x4b, 3, 4] },
];

/** The type of a file handed in. Throws `CorrectInput` for one whose content is not what its name says. */
export function attachmentType(name: string, bytes: Uint8Array): string {
  const ending = /\.([a-z]{3,4})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const kind = KINDS.find(({ endings, begins }) => endings.includes(ending) && begins.every((b, i) => bytes[i] === b));
  if (kind !== undefined) return kind.type;
  throw new CorrectInput('不接受这种附件', '请上传 PDF、PNG、JPG、DOCX 或 XLSX 文件，且内容与扩展名相符。', {
    name: name.slice(0, 120),
  });
}

/** A name without path or marks that a file system or a header would take as its own. */
export function plainName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '_').replace(/^\.+/, '_');
}
