import { BSON, type Document } from 'bson';
import type { Backend } from './backend.ts';
import { CommandFailure } from './errors.ts';

/** A node of PostgreSQL's plan in JSON. */
interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

const FUNCTIONS: Record<string, string> = { find: 'bson_aggregation_find', aggregate: 'bson_aggregation_pipeline' };
const STAGES: Record<string, string> = {
  'Seq Scan': 'COLLSCAN',
  'Index Scan': 'IXSCAN',
  'Index Only Scan': 'IXSCAN',
  'Bitmap Index Scan': 'IXSCAN',
  'Bitmap Heap Scan': 'FETCH',
  Sort: 'SORT',
  'Incremental Sort': 'SORT',
  Limit: 'LIMIT',
};

/**
 * The engine's plan in MongoDB's words, so far as stages and index names go. Sorts are the engine's: it sorts in memory
 * what a mongod would read in the order of the index.
 */
export async function explain({ pool }: Backend, db: string, spec: Buffer): Promise<Document> {
  const inner = BSON.deserialize(spec, { promoteValues: false, bsonRegExp: true }).explain as Document;
  const [command = ''] = Object.keys(inner);
  const call = FUNCTIONS[command];
  if (!call) throw new CommandFailure(115, 'CommandNotSupported', `explain of ${command} is not supported here`);
  delete inner.$db;
  delete inner.lsid;
  // The engine plans from constants, not from parameters.
  const literal = `'BSONHEX${Buffer.from(BSON.serialize(inner)).toString('hex')}'::documentdb_core.bson`;
  const client = await pool.connect();
  try {
    // A mongod takes an index whenever one serves; PostgreSQL reads a table of a few pages whole.
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `explain (format json) select document from documentdb_api_catalog.${call}('${db.replaceAll("'", "''")}', ${literal})`,
    );
    const plan = rows[0]!['QUERY PLAN'][0].Plan;
    return { queryPlanner: { winningPlan: stageOf(plan) }, engine: { postgresql: plan }, ok: 1 };
  } finally {
    client.release(true);
  }
}

function stageOf(node: PlanNode): Document {
  const inputs = (node.Plans ?? []).map(stageOf);
  // The engine's own wrapper around the scan below it.
  if (node['Node Type'] === 'Custom Scan' && inputs.length === 1) return inputs[0]!;
  const index = node['Index Name'];
  const whole = index === '_id_' && !node['Index Cond']?.includes('object_id');
  return {
    stage: whole ? 'COLLSCAN' : (STAGES[node['Node Type']] ?? node['Node Type'].toUpperCase()),
    ...(index === undefined || whole ? {} : { indexName: index }),
    ...(inputs.length === 1 ? { inputStage: inputs[0] } : {}),
    ...(inputs.length > 1 ? { inputStages: inputs } : {}),
  };
}
