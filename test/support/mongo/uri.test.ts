import { expect, it } from 'vitest';
import { withDatabase } from './uri.ts';

it('gives a server without a database one', () => {
  expect(withDatabase('mongodb://localhost:27017', 'own')).toBe('mongodb://localhost:27017/own');
});

it('takes the place of the database that was named, and keeps the options', () => {
  expect(withDatabase('mongodb://a:1,b:2/other?replicaSet=rs0', 'own')).toBe('mongodb://a:1,b:2/own?replicaSet=rs0');
});

it('looks a user up where the address had it', () => {
  expect(withDatabase('mongodb://u:p@a/other', 'own')).toBe('mongodb://u:p@a/own?authSource=other');
  expect(withDatabase('mongodb://u:p@a/', 'own')).toBe('mongodb://u:p@a/own?authSource=admin');
  expect(withDatabase('mongodb://u:p@a/other?authSource=users', 'own')).toBe('mongodb://u:p@a/own?authSource=users');
});

it('does not take an address of something else', () => {
  expect(() => withDatabase('postgres://a/b', 'own')).toThrow('MONGODB_URI');
});
