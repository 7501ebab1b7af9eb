/** Sums vitest's JSON reports: `node .ci/count.js REPORT…` prints how many tests passed, failed and were skipped. */
import { existsSync, readFileSync } from 'node:fs';

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const path of process.argv.slice(2)) {
  if (!existsSync(path)) {
    // A run that ended before it could report has failed, whatever passed in it.
    sum.failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const unread = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  sum.passed += report.numPassedTests;
  // A file that could not be loaded, or whose set-up failed, has no test that says so.
  sum.failed += report.numFailedTests + unread.length;
  sum.skipped += report.numPendingTests + report.numTodoTests;
}
process.stdout.write(`${sum.passed} ${sum.failed} ${sum.skipped}\n`);
