import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBreakableMongo } from '../../test/support/mongo/open.ts';
import type { BreakableMongo } from '../../test/support/mongo/open.ts';
import { Connection } from './connection.ts';

/** More than the buffers between two sockets take, so that the write is still under way when the server ends it. */
const LARGE = 'x'.repeat(15_000_000);

describe('a large write', () => {
  let mongo: BreakableMongo;
  let way: Way;

  beforeAll(async () => {
    mongo = await openBreakableMongo({ topology: 'standalone' });
    way = await openWay(Number(new URL(mongo.uri).port));
  });

  afterAll(async () => {
    await way.close();
    await mongo.close();
  });

  it('whose connection the server ends halfway, without an error, is made again', async () => {
    const uri = new URL(mongo.uri);
    uri.port = String(way.port);
    const connection = await Connection.open(uri.href, uri.pathname.slice(1));
    try {
      const texts = connection.collection<{ _id: number; text: string }>('texts');
      const ended = way.endAt(1_000_000);
      await connection.writeApart(() => texts.updateOne({ _id: 1 }, { $set: { text: LARGE } }, { upsert: true }));
      await ended;
      expect(await texts.countDocuments({ _id: 1, text: LARGE })).toBe(1);
    } finally {
      await connection.close();
    }
  });
});

interface Way {
  readonly port: number;
  /** Says once, in the middle of a message so long, that nothing more will be answered; what comes is read to its end. */
  endAt(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/** A way to a server on which a connection can be ended in the middle of a message. */
async function openWay(serverPort: number): Promise<Way> {
  let limit = Infinity;
  let tell = (): void => {};
  const sockets = new Set<Socket>();
  const way: Server = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect(serverPort, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    server.pipe(client);
    let received = 0;
    client.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received < limit) server.write(chunk);
      else if (limit < Infinity) {
        limit = Infinity;
        server.destroy();
        client.end();
        tell();
      }
    });
    client.on('end', () => server.end());
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  return {
    port: (way.address() as AddressInfo).port,
    endAt(bytes) {
      limit = bytes;
      const { promise, resolve } = Promise.withResolvers<void>();
      tell = resolve;
      return promise;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      way.close();
      await once(way, 'close');
    },
  };
}
