import { once } from 'node:events';
import { openBreakableMongo } from './open.ts';

/** `node test/support/mongo/serve.ts`: prints the address of an empty test MongoDB and serves it until SIGINT or SIGTERM. */
const mongo = await openBreakableMongo();
process.stderr.write(`${mongo.verifiedOn()}\n`);
process.stdout.write(`${mongo.uri}\n`);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await mongo.close();
