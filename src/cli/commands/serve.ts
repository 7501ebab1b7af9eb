import { systemClock } from '../../model/clock.ts';
import { createLog, isLogAsked, logSettings } from '../log.ts';
import { say, sayThrough } from '../output.ts';
import { startServer } from '../server.ts';
import { openWorkshop } from '../workshop.ts';
import { interrupted } from './portal.ts';

/** `gongshi serve`: page and API on what the store holds. */
export async function serve(options: { config: string; home: string; host?: string; port?: number }): Promise<void> {
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  try {
    const log = logSettings(process.env['GONGSHI_LOG_LEVEL'], process.stderr);
    if (isLogAsked(process.env['GONGSHI_LOG_LEVEL'])) sayThrough(createLog(log));
    const { host, port } = workshop.config.server;
    const server = await startServer(workshop, {
      home: options.home,
      host: options.host ?? host,
      port: options.port ?? port,
      log,
    });
    say(`页面：${server.address}，按 Ctrl-C 结束。`);
    await interrupted();
    await server.close();
  } finally {
    await workshop.close();
  }
}
