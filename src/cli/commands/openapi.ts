import { openApiDocument } from '../../api/openapi.ts';

/** `gongshi openapi`: the API's description, as docs/openapi.json holds it. */
export async function openapi(): Promise<void> {
  process.stdout.write(`${JSON.stringify(await openApiDocument(), null, 2)}\n`);
}
