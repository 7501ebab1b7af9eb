import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What goes wrong with one request.
 * error: 500, not executed · refuse: 403, not executed · drop-before: closed unread · drop-after: executed, closed without an answer ·
 * slow: executed, answered when the server closes · cut: half of the body, then closed
 */
type S3Fault = 'error' | 'refuse' | 'drop-before' | 'drop-after' | 'slow' | 'cut';

export interface TestS3 {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string };
  /** By key. */
  readonly objects: Map<string, Buffer>;
  /** Method and key of every request that was properly signed, in order. */
  readonly requests: string[];
  /** Why requests were refused: a signature, digest or length that does not fit. */
  readonly refusals: string[];
  /** The next requests of a method meet these, one each. */
  fail(method: string, ...faults: S3Fault[]): void;
  /** Every request meets it from now on; null: none. */
  failAlways(fault: S3Fault | null): void;
  close(): Promise<void>;
}

/**
 * An S3 storage on loopback as far as the archive needs one: objects in memory, PUT, GET with a range, DELETE and
 * ListObjectsV2, path style. It checks every signature (AWS Signature Version 4) and every digest by itself, from the
 * bytes that arrived, so that a client that signs or sends anything else is refused.
 */
export async function startS3(): Promise<TestS3> {
  const credentials = { accessKeyId: 'TESTKEY', secretAccessKey: 'test/secret+key' };
  const bucket = 'archive';
  const region = 'cn-test-1';
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  const refusals: string[] = [];
  const faults: { method: string; fault: S3Fault }[] = [];
  const held: ServerResponse[] = [];
  let always: S3Fault | null = null;

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      refusals.push(String(error));
      send(response, 500, errorXml('InternalError'));
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const refusal = refusalOf(request, body, credentials, region);
    if (refusal !== null) {
      refusals.push(refusal);
      return send(response, 403, errorXml('SignatureDoesNotMatch'));
    }
    const method = request.method!;
    const url = new URL(request.url!, 'http://x');
    const [, of, ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    requests.push(`${method} ${key}`);
    const planned = faults.findIndex((one) => one.method === method);
    const fault = always ?? (planned === -1 ? null : faults.splice(planned, 1)[0]!.fault);
    if (fault === 'drop-before') return void request.socket.destroy();
    if (fault === 'error') return send(response, 500, errorXml('InternalError'));
    if (fault === 'refuse') return send(response, 403, errorXml('AccessDenied'));
    if (of !== bucket) return send(response, 404, errorXml('NoSuchBucket'));
    const [status, headers, content] = execute(method, key, url.searchParams, request, body);
    if (fault === 'drop-after') return void request.socket.destroy();
    if (fault === 'slow') return void held.push(response);
    response.writeHead(status, { ...headers, 'content-length': content.length });
    if (fault === 'cut') {
      response.write(content.subarray(0, content.length / 2), () => request.socket.destroy());
      return;
    }
    response.end(content);
  }

  function execute(
    method: string,
    key: string,
    query: URLSearchParams,
    request: IncomingMessage,
    body: Buffer,
  ): [number, Record<string, string>, Buffer] {
    const none = Buffer.alloc(0);
    if (method === 'PUT') {
      objects.set(key, body);
      return [200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }, none];
    }
    if (method === 'DELETE') {
      objects.delete(key);
      return [204, {}, none];
    }
    if (key === '') return [200, { 'content-type': 'application/xml' }, listing(query)];
    const object = objects.get(key);
    if (object === undefined) return [404, { 'content-type': 'application/xml' }, errorXml('NoSuchKey')];
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (range === null) return [200, {}, object];
    const [from, to] = [Number(range[1]), Math.min(Number(range[2]), object.length - 1)];
    if (from >= object.length) return [416, { 'content-type': 'application/xml' }, errorXml('InvalidRange')];
    return [206, { 'content-range': `bytes ${from}-${to}/${object.length}` }, object.subarray(from, to + 1)];
  }

  /** Pages of two, so that a client that reads only the first is found out. */
  function listing(query: URLSearchParams): Buffer {
    const after = query.get('continuation-token') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort();
    const page = keys.slice(0, 2);
    const more = keys.length > 2;
    return Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${
        more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
      }${page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}</ListBucketResult>`,
    );
  }

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket,
    region,
    credentials,
    objects,
    requests,
    refusals,
    fail: (method, ...next) => void faults.push(...next.map((fault) => ({ method, fault }))),
    failAlways: (fault) => {
      always = fault;
    },
    close: async () => {
      held.forEach((response) => response.destroy());
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Why a request is not what its signature says; null where it is. */
function refusalOf(
  request: IncomingMessage,
  body: Buffer,
  { accessKeyId, secretAccessKey }: TestS3['credentials'],
  region: string,
): string | null {
  const { headers } = request;
  const said = /^AWS4-HMAC-SHA256 Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  if (said === null) return 'no signature';
  const [, credential, names, signature] = said as unknown as [string, string, string, string];
  const time = String(headers['x-amz-date']);
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  if (credential !== `${accessKeyId}/${scope}`) return `credential ${credential}`;
  const payload = createHash('sha256').update(body).digest('hex');
  if (headers['x-amz-content-sha256'] !== payload) return 'the body is not the signed one';
  const md5 = headers['content-md5'];
  if (request.method === 'PUT' && md5 !== createHash('md5').update(body).digest('base64')) return 'Content-MD5 differs';
  const url = new URL(request.url!, 'http://x');
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  const canonical = [
    request.method,
    url.pathname,
    query,
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    payload,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = [time.slice(0, 8), region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac('sha256', key).update(toSign).digest('hex') === signature ? null : 'the signature differs';
}

function errorXml(code: string): Buffer {
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
}

function send(response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': body.length });
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
