import { BSON, type Document } from 'bson';
import type { Runner } from './backend.ts';
import { CommandFailure } from './errors.ts';

/** A node of PostgreSQL's plan in JSON. */
interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
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

/** The engine's plan in MongoDB's words, so far as stages and index names go. */
export async function explain(runner: Runner, db: string, spec: Buffer): Promise<Document> {
  const inner = BSON.deserialize(spec, { promoteValues: false, bsonRegExp: true }).explain as Document;
  const [command = ''] = Object.keys(inner);
  const call = FUNCTIONS[command];
  if (!call) throw new CommandFailure(115, 'CommandNotSupported', `explain of ${command} is not supported here`);
  delete inner.$db;
  delete inner.lsid;
  // The engine plans from constants, not from parameters.
  const literal = `'BSONHEX${Buffer.from(BSON.serialize(inner)).toString('hex')}'::documentdb_core.bson`;
  const { rows } = await runner.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (format json) select document from documentdb_api_catalog.${call}('${db.replaceAll("'", "''")}', ${literal})`,
  );
  const plan = rows[0]!['QUERY PLAN'][0].Plan;
  const names = await indexNames(runner);
  return { queryPlanner: { winningPlan: stageOf(plan, names) }, engine: { postgresql: plan }, ok: 1 };
}

function stageOf(node: PlanNode, names: Map<string, string>): Document {
  const stage = STAGES[node['Node Type']] ?? node['Node Type'].toUpperCase();
  const index = node['Index Name'];
  const inputs = (node.Plans ?? []).map((plan) => stageOf(plan, names));
  return {
    stage,
    ...(index === undefined
      ? {}
      : { indexName: names.get(index) ?? (index.startsWith('collection_pk') ? '_id_' : index) }),
    ...(inputs.length === 1 ? { inputStage: inputs[0] } : {}),
    ...(inputs.length > 1 ? { inputStages: inputs } : {}),
  };
}

/** Names the product gave, by the names they have in PostgreSQL. */
async function indexNames(runner: Runner): Promise<Map<string, string>> {
  const { rows } = await runner.query<{ id: string; name: string }>(
    'select index_id::text as id, (index_spec).index_name as name from documentdb_api_catalog.collection_indexes',
  );
  return new Map(rows.map(({ id, name }) => [`documents_rum_index_${id}`, name]));
}
