import { writeSync } from 'node:fs';

import { openStore } from '../../src/cli/store-address.ts';
import { buildArchiveRecord, buildCommit, buildObservation, buildRequest, buildRun } from './build.ts';

/**
 * A process that a test can kill.
 * `open ADDRESS`: opens the store, prints `opened`, closes it.
 * `commit ADDRESS N`: resumes or begins run-1 of N requests and prints the key of each commit once it is acknowledged.
 */
const [mode, address, count] = process.argv.slice(2);
const store = await openStore(address!);

if (mode === 'open') {
  writeSync(1, 'opened\n');
} else {
  const keys = Array.from({ length: Number(count) }, (_, i) => `detail:${i}`);
  await store.runs.begin(
    buildRun(),
    keys.map((key) => buildRequest(key)),
  );
  for (const { request } of await store.runs.waiting('run-1', keys.length)) {
    const externalId = request.key.slice('detail:'.length);
    await store.runs.commitPage(
      buildCommit({
        requestKey: request.key,
        archive: buildArchiveRecord({ id: externalId }),
        observations: [buildObservation({ noticeId: `yn_ccgp:${externalId}`, text: '公路养护工程'.repeat(200) })],
        bytes: 1,
      }),
    );
    writeSync(1, `${request.key}\n`);
  }
}
await store.close();
