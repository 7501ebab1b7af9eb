import { crc32, deflateRawSync } from 'node:zlib';

import type { FileEnding, Page } from '../model.ts';
import { attachmentLines, endingOf } from './body.ts';

interface FileReply {
  status: 200;
  headers: Record<string, string>;
  body: Uint8Array;
}

const TYPES: Record<FileEnding, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ZCZBJ: 'application/octet-stream',
};

/** The file that hangs on a page; the notice's own text where the page leaves it to the file. */
export function fileReply(page: Page): FileReply {
  const ending = endingOf(page);
  const lines = page.attachmentOnly === false ? [] : attachmentLines(page);
  const body = { pdf: () => pdf(page.title, lines), docx: () => docx(lines), ZCZBJ: sealed }[ending]();
  return { status: 200, headers: { 'content-type': TYPES[ending] }, body };
}

/** A sealed tender file: a head of its own and bytes that only its viewer reads. */
function sealed(): Uint8Array {
  return Buffer.concat([Buffer.from('ZCZBJ\x00\x02', 'latin1'), Buffer.alloc(512, 0x9d)]);
}

const LINES_A_PAGE = 40;
const LINE_CHARACTERS = 42;

/**
 * A PDF with a text layer: characters are their own code points, told to readers by the ToUnicode map. The font is
 * not embedded, as in many that offices print. Without lines one empty page that only bears the notice's title.
 */
export function pdf(title: string, lines: string[] = []): Uint8Array {
  const wrapped = lines.flatMap((line) => line.match(new RegExp(`.{1,${LINE_CHARACTERS}}`, 'gu')) ?? []);
  const pages: string[][] = [];
  for (let at = 0; at < Math.max(1, wrapped.length); at += LINES_A_PAGE) {
    pages.push(wrapped.slice(at, at + LINES_A_PAGE));
  }
  const first = 7;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${pages.map((_, i) => `${first + 2 * i} 0 R`).join(' ')}]/Count ${pages.length}>>`,
    `<</Title<feff${hex(title)}>>>`,
    '<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 6 0 R>>',
    '<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 860/Descent -140/CapHeight 700/StemV 80>>>>',
    streamOf(
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end',
    ),
    ...pages.flatMap((page, i) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents ${first + 2 * i + 1} 0 R>>`,
      streamOf(`BT /F1 12 Tf 48 790 Td 18 TL ${page.map((line) => `<${hex(line)}> Tj T*`).join('\n')} ET`),
    ]),
  ];
  let text = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [i, object] of objects.entries()) {
    offsets.push(text.length);
    text += `${i + 1} 0 obj${object}endobj\n`;
  }
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) text += `${String(offset).padStart(10, '0')} 00000 n \n`;
  text += `trailer<</Size ${objects.length + 1}/Root 1 0 R/Info 3 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

function hex(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}

function streamOf(content: string): string {
  return `<</Length ${content.length}>>stream\n${content}\nendstream `;
}

/** A Word document of paragraphs: the three parts without which none opens. */
export function docx(lines: string[]): Uint8Array {
  const escaped = (line: string): string => line.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
  const paragraphs = lines.map((line) => `<w:p><w:r><w:t>${escaped(line)}</w:t></w:r></w:p>`).join('');
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const types = 'http://schemas.openxmlformats.org/package/2006';
  return zip({
    '[Content_Types].xml': `${head}<Types xmlns="${types}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${types}/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs}</w:body></w:document>`,
  });
}

/** Files packed with deflate, directory and all. */
export function zip(files: Record<string, string | Uint8Array>): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const raw = Buffer.from(content as Uint8Array);
    const packed = deflateRawSync(raw);
    const name = Buffer.from(path, 'utf8');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(raw), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(raw.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), facts, name, packed);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, entry, name);
    offset += 4 + facts.length + name.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
