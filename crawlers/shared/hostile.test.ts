import { describe, expect, it } from 'vitest';

import { source as citySource } from '../ky_gov/source.ts';
import { source as platformSource } from '../yn_ggzy/source.ts';
import type { ListReading } from '../../src/model/source.ts';
import { failureOf, Fixtures, replyTo } from './fixtures.ts';

const city = new Fixtures(citySource);
const platform = new Fixtures(platformSource);

describe('a hostile reply', () => {
  it('that counts its rows in billions is LIST_STRUCTURE_CHANGED, not a request for every page', () => {
    const text = Buffer.from(platform.bytes('gcjs_result-list.json')).toString('utf8');
    const reply = text.replace(/("total" ?: ?"?)\d+/, '$19000000000');
    expect(reply).not.toBe(text);
    const failure = failureOf(platform.adapter, replyTo(platform.request('gcjs_result-list.json'), reply, 'text/json'));
    expect(failure).toMatchObject({ code: 'LIST_STRUCTURE_CHANGED', facts: { field: 'total' } });
  });

  it('with half a character in an id is read with a mark in its place', () => {
    const text = Buffer.from(platform.bytes('gcjs_result-list.json')).toString('utf8');
    const reply = text.replace(/("guid" ?: ?")/, '$1\\ud83d');
    expect(reply).not.toBe(text);
    const reading = platform.adapter.read(replyTo(platform.request('gcjs_result-list.json'), reply, 'text/json'));
    expect((reading as ListReading).rows[0]!.externalId).toMatch(/^\ufffd/);
  });

  const within = (markup: string) => {
    const text = Buffer.from(city.bytes('zfcg-candidate.html')).toString('utf8');
    const reply = text.replace('</p>', () => `${markup}</p>`);
    return replyTo(city.request('zfcg-candidate.html'), reply, 'text/html');
  };

  it('nested deeper than a browser would is read all the same', () => {
    const reading = city.adapter.read(within(`${'<b>'.repeat(2500)}KY-最深处${'</b>'.repeat(2500)}`));
    expect(reading).toMatchObject({ notice: { text: expect.stringContaining('KY-最深处') } });
  });

  it.each([
    ['nested without end', '<b>'.repeat(50_000)],
    ['with elements side by side without end', '<i></i>'.repeat(50_000)],
  ])('%s is BODY_TOO_LARGE', (_what, markup) => {
    expect(failureOf(city.adapter, within(markup)).code).toBe('BODY_TOO_LARGE');
  });
});
