import { Loops } from '../../api/loops.ts';
import { runDaemon } from '../daemon.ts';
import { openChannels } from '../operators.ts';
import { createLog, isLogAsked, logSettings } from '../log.ts';
import { observeDaemon, workshopMetrics } from '../metrics.ts';
import { say, sayThrough } from '../output.ts';
import { startServer } from '../server.ts';
import { systemClock } from '../../model/clock.ts';
import { chooseSources, openWorkshop } from '../workshop.ts';

/** What a shell reports of a program ended by SIGINT. */
const EXIT_AT_ONCE = 130;

/** `gongshi run`: crawls by schedule, links, judges and serves the page, until it is asked to end. */
export async function run(options: {
  config: string;
  home: string;
  sources: string[];
  serve: boolean;
  host?: string;
  port?: number;
}): Promise<void> {
  const ending = endsOnSignal();
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  try {
    const adapters = chooseSources(workshop.adapters, options.sources);
    const channels = openChannels(workshop.config, systemClock);
    const logTo = logSettings(process.env['GONGSHI_LOG_LEVEL'], process.stderr);
    const log = createLog(logTo);
    if (isLogAsked(process.env['GONGSHI_LOG_LEVEL'])) sayThrough(log);
    const loops = new Loops();
    const metrics = workshopMetrics(workshop, loops);
    const { host, port } = workshop.config.server;
    const server = options.serve
      ? await startServer(workshop, {
          home: options.home,
          host: options.host ?? host,
          port: options.port ?? port,
          log: logTo,
          metrics,
          loops,
        })
      : null;
    if (server !== null) say(`页面：${server.address}`);
    say(`值守中：${adapters.map(({ definition }) => definition.name).join('、')}。按 Ctrl-C 结束。`);
    await runDaemon({
      workshop,
      adapters,
      channels,
      signal: ending.signal,
      random: Math.random,
      observer: observeDaemon(metrics, log),
      loops,
      log,
      tell: say,
    });
    await server?.close();
    say('已停止；未采完的页面下次启动时接着采。');
  } finally {
    ending.forget();
    await workshop.close();
  }
}

/** Aborted by the first SIGINT or SIGTERM; the second ends the process at once, which loses nothing either. */
function endsOnSignal(): { signal: AbortSignal; forget: () => void } {
  const ending = new AbortController();
  const stop = (): void => {
    if (ending.signal.aborted) process.exit(EXIT_AT_ONCE);
    say('正在停止：等当前页面处理完。再按一次立即结束。');
    ending.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: ending.signal,
    forget: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
