import { systemClock } from '../../model/clock.ts';
import { printJson, say } from '../output.ts';
import { verifyCase } from '../verify.ts';
import { openWorkshop } from '../workshop.ts';

/** `gongshi verify CASE`: exit code 0 when everything is equal, 1 when anything differs. */
export async function verify(options: { config: string; number: string; json?: boolean }): Promise<void> {
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  try {
    const checks = await verifyCase(workshop, options.number);
    const differing = checks.filter(({ difference }) => difference !== null);
    if (options.json === true) printJson({ case: options.number, equal: differing.length === 0, checks });
    for (const { what, difference } of checks) say(`${difference === null ? '相同' : '不同'} ${what}`);
    for (const { what, difference } of differing) say(`\n${what}：${difference ?? ''}`);
    say(
      differing.length === 0
        ? `\n案件 ${options.number}：${checks.length} 项全部相同。`
        : `\n案件 ${options.number}：${checks.length} 项中有 ${differing.length} 项不同。`,
    );
    if (differing.length > 0) process.exitCode = 1;
  } finally {
    await workshop.close();
  }
}
