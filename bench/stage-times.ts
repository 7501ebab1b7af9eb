import type { PipelineObserver } from '../src/cli/pipeline.ts';
import type { Workshop } from '../src/cli/workshop.ts';
import type { Store } from '../storage/store.ts';

/**
 * CPU, ms. `fetch`: what crawling takes beside the others: requests, robots.txt, the archive, the run's own accounts, and
 * the search index, which SQLite's notices enter a hundred or more at a time.
 */
export interface StageTimes {
  fetch: number;
  read: number;
  store: number;
  match: number;
  judge: number;
}

/** A workshop whose crawl, matching and judging are watched; `end` tells what they took since. */
export function stageTimes(workshop: Workshop): {
  watching: Workshop;
  observer: PipelineObserver;
  end(): StageTimes;
} {
  const times: StageTimes = { fetch: 0, read: 0, store: 0, match: 0, judge: 0 };
  let mark = process.cpuUsage();
  const sinceMark = (): number => {
    const { user, system } = process.cpuUsage(mark);
    mark = process.cpuUsage();
    return (user + system) / 1000;
  };
  let isCrawled = false;
  return {
    watching: {
      ...workshop,
      store: watched(workshop.store, (ms) => (times.store += ms)),
      adapters: workshop.adapters.map((adapter) => ({
        ...adapter,
        read: (page) =>
          measured(
            () => adapter.read(page),
            (ms) => (times.read += ms),
          ),
      })),
    },
    observer: {
      ran() {
        // All are reported once the last has ended.
        if (!isCrawled) times.fetch = sinceMark() - times.read - times.store;
        isCrawled = true;
      },
      page() {},
      staged(stage) {
        times[stage] = sinceMark();
      },
    },
    end: () => times,
  };
}

/** Of this thread, from the call to its return: SQLite has stored a page when `commitPage` returns its promise. */
function measured<T>(work: () => T, took: (ms: number) => void): T {
  const before = process.threadCpuUsage();
  try {
    return work();
  } finally {
    const { user, system } = process.threadCpuUsage(before);
    took((user + system) / 1000);
  }
}

/** The store, also under a lease, with what its `runs.commitPage` takes. */
function watched(store: Store, took: (ms: number) => void): Store {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'fenced') {
        return (...[lease]: Parameters<Store['fenced']>): Store => watched(target.fenced(lease), took);
      }
      const part: unknown = Reflect.get(target, name, target);
      if (typeof part === 'function') return part.bind(target) as unknown;
      return name === 'runs' ? watchedRuns(target.runs, took) : part;
    },
  });
}

function watchedRuns(runs: Store['runs'], took: (ms: number) => void): Store['runs'] {
  return new Proxy(runs, {
    get(target, name) {
      const part: unknown = Reflect.get(target, name, target);
      if (typeof part !== 'function') return part;
      const bound = part.bind(target) as (...given: unknown[]) => unknown;
      return name === 'commitPage' ? (...given: unknown[]) => measured(() => bound(...given), took) : bound;
    },
  });
}
