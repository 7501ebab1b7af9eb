import { randomBytes } from 'node:crypto';

import { ruleTitle } from '../../compliance/rules/index.ts';
import { withBench } from '../bench-workshop.ts';
import { say } from '../output.ts';
import { detectionOf } from '../detection.ts';
import { scoreDetection } from '../detection-score.ts';
import { runPipeline } from '../pipeline.ts';
import { alertLines, crawlReport, storeReport } from '../report.ts';
import { startServer } from '../server.ts';
import { interrupted } from './portal.ts';
import { addUser } from './user.ts';

/** `gongshi demo`: the bench's sites, crawled by the real crawlers into an embedded database, judged and shown. */
export async function demo(options: {
  once?: boolean;
  seed: number;
  notices: number;
  port: number;
  store?: string;
  config: string;
  home: string;
}): Promise<void> {
  await withBench(options, async ({ portal, workshop }) => {
    say(
      `五个模拟网站已在本机启动（种子 ${options.seed}，公告 ${portal.truth.notices} 条，截至 ${portal.truth.today}）。开始采集……`,
    );
    const started = performance.now();
    const { runs } = await runPipeline(workshop, {
      adapters: workshop.adapters,
      window: { since: null, until: null },
      full: false,
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const print = (text = ''): void => void process.stdout.write(`${text}\n`);
    print(crawlReport(runs, workshop.definitions));
    print();
    print(`采集、归并、核查共 ${seconds} 秒。`);
    print(await storeReport(workshop.store, ruleTitle));
    print();
    const score = scoreDetection(portal.truth, await detectionOf(workshop, portal.truth.today));
    const { violations, review } = score;
    print(`埋设的违规 ${violations.planted} 处，告警 ${violations.detected} 处，误报 ${violations.false} 处。`);
    print(`应提示待核 ${review.planted} 处，提示 ${review.detected} 处，多余 ${review.false} 处。`);
    const { items } = await workshop.store.findings.alerts({ nature: 'violation', state: 'open', limit: 3 });
    for (const alert of items) print(`\n${alertLines(alert)}`);
    if (options.once === true) {
      if (violations.detected < violations.planted || violations.false > 0) process.exitCode = 1;
      return;
    }
    const server = await startServer(workshop, { home: options.home, host: '127.0.0.1', port: options.port });
    const account = { name: '演示', role: 'supervisor', password: randomBytes(9).toString('base64url') } as const;
    await addUser(workshop.store, account, workshop.clock);
    print(`\n页面：${server.address}，按 Ctrl-C 结束。`);
    print(`办理案件请登录：账号 ${account.name}，密码 ${account.password}（仅本次演示有效）。`);
    await interrupted();
    await server.close();
  });
}
