import { systemClock } from '../../model/clock.ts';
import { printJson, say } from '../output.ts';
import { verifyCase } from '../verify.ts';
import type { Check } from '../verify.ts';
import { openWorkshop } from '../workshop.ts';

const MARKS: Record<Check['outcome'], string> = {
  equal: '相同',
  different: '不同',
  unverifiable: '无法核对',
  aside: '另示',
};

/** `gongshi verify CASE`: exit code 0 when everything is equal, 1 when anything differs or could not be computed again. */
export async function verify(options: { config: string; number: string; json?: boolean }): Promise<void> {
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  try {
    const checks = await verifyCase(workshop, options.number);
    const of = (outcome: Check['outcome']): Check[] => checks.filter((check) => check.outcome === outcome);
    const [equal, different, unverifiable] = [of('equal'), of('different'), of('unverifiable')];
    const held = equal.length + different.length + unverifiable.length;
    if (options.json === true) {
      printJson({ case: options.number, equal: equal.length === held, checks });
    }
    for (const { what, outcome } of checks) say(`${MARKS[outcome]} ${what}`);
    for (const { what, words } of checks) if (words !== null) say(`\n${what}：${words}`);
    say(`\n案件 ${options.number}：${summary(held, different.length, unverifiable.length)}`);
    if (equal.length < held) process.exitCode = 1;
  } finally {
    await workshop.close();
  }
}

function summary(held: number, different: number, unverifiable: number): string {
  if (different + unverifiable === 0) return `${held} 项全部相同。`;
  const parts = [
    ...(different === 0 ? [] : [`${different} 项不同`]),
    ...(unverifiable === 0 ? [] : [`${unverifiable} 项无法核对`]),
  ];
  return `${held} 项中有 ${parts.join('、')}。`;
}
