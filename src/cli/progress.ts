import { MultiBar } from 'cli-progress';

/** How far the crawl of one source has come. */
export interface Progress {
  sourceId: string;
  done: number;
  waiting: number;
  failed: number;
}

export interface ProgressBars {
  update(progress: Progress): void;
  stop(): void;
}

/** One bar a source on standard error; silent where that is no terminal. */
export function progressBars(names: Map<string, string>): ProgressBars {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bars = new MultiBar({
    format: '{name} [{bar}] {value}/{total} 失败 {failed}',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: false,
  });
  const bySource = new Map(
    [...names].map(([id, name]) => [id, bars.create(1, 0, { name: name.padEnd(14, '\u3000'), failed: 0 })]),
  );
  return {
    update({ sourceId, done, waiting, failed }) {
      const bar = bySource.get(sourceId);
      bar?.setTotal(Math.max(1, done + waiting));
      bar?.update(done, { failed });
    },
    stop: () => bars.stop(),
  };
}
