import { describe, expect, it } from 'vitest';

import { CorrectInput } from '../../src/model/errors.ts';
import { databaseOf, printableAddress } from './address.ts';
import { openMongoStore } from './open.ts';

describe('a MongoDB address', () => {
  it.each([
    ['mongodb://gongshi:geheim@db1:27017,db2:27017/gongshi?authSource=admin', 'mongodb://db1:27017,db2:27017/gongshi'],
    ['mongodb+srv://gongshi:geheim@cluster.example/', 'mongodb+srv://cluster.example/'],
    // Not percent-encoded as it should be.
    ['mongodb://gongshi:ge@heim/?x@db1/gongshi', 'mongodb://db1/gongshi'],
    ['mongodb://db1/gongshi?tlsCertificateKeyFilePassword=geheim', 'mongodb://db1/gongshi'],
    ['mongodb://db1', 'mongodb://db1'],
    ['geheim', 'mongodb://…'],
  ])('%s is printed without anything secret', (uri, printed) => {
    expect(printableAddress(uri)).toBe(printed);
  });

  it.each([
    ['mongodb://db1:27017/kaiyuan', 'kaiyuan'],
    ['mongodb://a:b@db1:27017,db2:27017/kaiyuan?replicaSet=rs0', 'kaiyuan'],
    ['mongodb://db1:27017/', 'gongshi'],
    ['mongodb://db1:27017', 'gongshi'],
    ['mongodb://db1:27017/?replicaSet=rs0', 'gongshi'],
    ['mongodb://db1/%E5%BC%80%E8%BF%9C', '开远'],
  ])('%s names the database %s', (uri, database) => {
    expect(databaseOf(uri)).toBe(database);
  });

  it.each(['mongodb://db1/a.b', 'mongodb://db1/a%20b', `mongodb://db1/${'a'.repeat(64)}`])(
    '%s names a database that no server takes',
    (uri) => {
      expect(() => databaseOf(uri)).toThrow(CorrectInput);
    },
  );

  it.each([
    'mongodb://gongshi:ge@heim:9@db1/gongshi',
    'mongodb://gongshi:geheim@db1:99999/gongshi',
    'mongodb://gongshi:geheim@db1/?w=geheim&w=geheim',
    'mongodb://gongshi:geheim@',
  ])('that the driver does not take is refused without repeating the password: %s', async (uri) => {
    const error = await openMongoStore(uri, { database: 'gongshi' }).catch((e: unknown) => e as CorrectInput);
    expect(error).toBeInstanceOf(CorrectInput);
    expect((error as CorrectInput).advice).toContain('mongodb://');
    expect((error as CorrectInput).cause).toBeUndefined();
    expect(everythingIn(error)).not.toMatch(/ge@?heim/);
  });

  it('of a server that is not there is named with what to do, without the password', async () => {
    const uri = 'mongodb://gongshi:geheim@127.0.0.1:1/gongshi?serverSelectionTimeoutMS=50';
    const error = await openMongoStore(uri).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'DATABASE_UNUSABLE', facts: { place: 'mongodb://127.0.0.1:1/gongshi' } });
    expect((error as Error).message).toContain('连不上数据库 mongodb://127.0.0.1:1/gongshi');
    expect(everythingIn(error)).not.toContain('geheim');
  });
});

/** Message, advice, facts, stack, and all causes with their own. */
function everythingIn(error: unknown): string {
  const parts: string[] = [];
  for (let e: unknown = error; e instanceof Error; e = e.cause) parts.push(e.stack ?? '', JSON.stringify(e));
  return parts.join('\n');
}
