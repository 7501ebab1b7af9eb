/** A measured reader or crawler: how many pages in what time. */
export interface Measured {
  name: string;
  pages: number;
  /** Wall clock, seconds. */
  seconds: number;
  /** User and system time of the process, seconds; null where only the wall was watched. */
  cpuSeconds: number | null;
  /** Highest resident set, MB; null where it was not watched. */
  peakMb: number | null;
}

export const rate = ({ pages, seconds }: Measured): number => pages / seconds;

/** The figures side by side; the last column is the first row's pages/s over the row's own. */
export function figures(rows: readonly Measured[]): string {
  const [first] = rows;
  const header = ['', 'pages', 'wall s', 'pages/s', 'CPU ms/page', 'peak RSS MB', 'ratio'];
  const lines = rows.map((row) => [
    row.name,
    String(row.pages),
    row.seconds.toFixed(1),
    rate(row).toFixed(0),
    row.cpuSeconds === null ? '–' : ((row.cpuSeconds / row.pages) * 1000).toFixed(2),
    row.peakMb === null ? '–' : row.peakMb.toFixed(0),
    first === undefined ? '–' : `${(rate(first) / rate(row)).toFixed(2)} ×`,
  ]);
  const all = [header, ...lines];
  const widths = header.map((_, i) => Math.max(...all.map((line) => line[i]!.length)));
  return all
    .map((line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
    .join('\n');
}

/** A whole number from the command line: `--notices 2000`. */
export function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return otherwise;
  const n = Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(n) || n < 0) throw new Error(`--${name} takes a whole number`);
  return n;
}
