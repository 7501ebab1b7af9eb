// usage: gate.js SCRIPT PATTERN MINIMUM: runs a score script, prints what it prints, fails below the minimum.
import { spawnSync } from 'node:child_process';

const [script, pattern, minimum] = process.argv.slice(2);
const run = spawnSync(process.execPath, [script], { encoding: 'utf8', maxBuffer: 1 << 26 });
process.stdout.write(run.stdout + run.stderr);
const reached = Number(new RegExp(pattern).exec(run.stdout)?.[1] ?? Number.NaN);
if (!(reached >= Number(minimum))) {
  console.error(`reached ${reached}, wanted at least ${minimum}`);
  process.exit(1);
}
