/** `gongshi crawl` in a process that is there before it is needed: what it costs to start does not lie between two kills. */
import { crawl } from '../src/cli/commands/crawl.ts';

export interface CrashOrder {
  /** Configuration folder. */
  config: string;
  sources: string[];
}

process.once('message', ({ config, sources }: CrashOrder) => {
  void crawl({ config, sources, since: null, until: null, full: false }).finally(() => process.disconnect());
});
process.send!('ready');
