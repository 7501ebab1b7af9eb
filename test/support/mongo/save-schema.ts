import { MongoClient } from 'mongodb';

import { openMongoStore } from '../../../storage/mongodb/open.ts';
import { everythingIn } from '../everything.ts';
import { fill } from '../fill.ts';
import { openTestMongo } from './open.ts';
import { collectionsOf, save } from './saved-database.ts';

/**
 * Saves a small database of the present schema, and what it holds, for storage/mongodb/upgrade.mongo.test.ts.
 * Run once when a migration has been added: `node test/support/mongo/save-schema.ts`.
 */
const mongo = await openTestMongo();
const store = await openMongoStore(mongo.uri);
await fill(store);
const holds = await everythingIn(store);
const { version } = await store.schema();
await store.close();
const client = new MongoClient(mongo.uri);
save(version, { collections: await collectionsOf(client.db()), holds });
await client.close();
await mongo.close();
process.stdout.write(`schema-${version}.json.gz\n`);
