/** A new file's name: it carries time and process, and what `part` adds. */
export function archiveFileName(at: number, part: string): string {
  const time = new Date(at).toISOString().replace(/[-:.]/g, '');
  return `gongshi-${time}-${process.pid}-${part}.warc.gz`;
}

/** True for the name of a file that an archive writes. */
export function isArchiveFile(name: string): boolean {
  return /^gongshi-[A-Za-z0-9-]*\.warc\.gz$/.test(name);
}

/** When a file was begun (epoch ms), by its name; null where the name does not say. */
export function begunAt(name: string): number | null {
  const parts = /^gongshi-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-/.exec(name)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year, month, day, hour, minute, second, ms] = parts as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}
