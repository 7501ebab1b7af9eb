import { inflateRawSync } from 'node:zlib';

/** A notice of a hundred pages unpacks to some megabytes; fifty leave room for pictures. */
const MOST_UNPACKED_BYTES = 50 * 1024 * 1024;
const MOST_ENTRIES = 2_000;
const END = Buffer.from('PK\x05\x06', 'latin1');
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** The archive is not what an office writes: it unpacks without end, or is made to. */
export class SuspiciousZip extends Error {}

/**
 * Unpacks every entry within bounds and throws it away: sizes that a zip states can lie, what comes out cannot.
 * Throws `SuspiciousZip`, or what the inflater throws for a broken one.
 */
export function checkZip(bytes: Uint8Array): void {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = zip.lastIndexOf(END);
  if (end < 0 || end + 22 > zip.length) throw new SuspiciousZip('压缩包目录缺失');
  const count = zip.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw new SuspiciousZip(`压缩包含 ${count} 个条目`);
  let at = zip.readUInt32LE(end + 16);
  let left = MOST_UNPACKED_BYTES;
  for (let i = 0; i < count; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY) throw new SuspiciousZip('压缩包目录损坏');
    left -= unpackedSize(zip, at, left);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

function unpackedSize(zip: Buffer, entry: number, left: number): number {
  const method = zip.readUInt16LE(entry + 10);
  const packed = zip.readUInt32LE(entry + 20);
  const local = zip.readUInt32LE(entry + 42);
  if (local + 30 > zip.length || zip.readUInt32LE(local) !== LOCAL) throw new SuspiciousZip('压缩包条目损坏');
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  if (from + packed > zip.length) throw new SuspiciousZip('压缩包条目超出文件');
  if (method === STORED) {
    if (packed > left) throw new SuspiciousZip('压缩包解开后过大');
    return packed;
  }
  if (method !== DEFLATED) throw new SuspiciousZip(`压缩方式 ${method} 不受支持`);
  try {
    return inflateRawSync(zip.subarray(from, from + packed), { maxOutputLength: Math.max(1, left) }).length;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new SuspiciousZip(`压缩包解开后超过 ${MOST_UNPACKED_BYTES / 1024 / 1024} MB`, { cause });
    }
    throw cause;
  }
}
