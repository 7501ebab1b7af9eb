import { retentionOf } from '../../src/cases/retention.ts';
import { pruneArchive } from '../../src/cli/prune.ts';
import { folderPlace } from '../../storage/archive/folder.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';

/** Prunes, and kills itself after the step named: DATABASE FOLDER BEFORE NOW STEP. */
const [database, folder, before, now, killAfter] = process.argv.slice(2);
const store = await openSqliteStore(database!);
const place = folderPlace(folder!);
const times = { before: Number(before), now: Number(now) };
const retention = await retentionOf(store, await place.open(), times.before);
await pruneArchive({ store, place }, retention, {
  ...times,
  onStep: (step) => {
    if (step === killAfter) process.kill(process.pid, 'SIGKILL');
  },
});
