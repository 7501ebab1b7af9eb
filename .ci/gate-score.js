// Runs the detection score on a seed of the day and fails when a planted violation is missed or an innocent accused.
import { spawnSync } from 'node:child_process';

const seed = String(Math.floor(Date.now() / 86_400_000));
const run = spawnSync('npm', ['run', '-s', 'gongshi', '--', 'score', '--seed', seed, '--notices', '2000', '--json'], {
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
process.stdout.write(run.stdout);
if (run.status !== 0) {
  process.stderr.write(run.stderr);
  process.exit(1);
}
const score = JSON.parse(run.stdout);
if (score.violations.precision < 1 || score.violations.recall < 0.98) {
  console.error(`seed ${seed}: violations precision ${score.violations.precision}, recall ${score.violations.recall}`);
  process.exit(1);
}
