import { describe, expect, it } from 'vitest';

import { loadDefinitions } from './registry.ts';
import { KAIYUAN, shippedSettings } from './shared/fixtures.ts';

const definitions = await loadDefinitions();

describe('the sources', () => {
  it('are the folders that hold a source.ts', () => {
    expect(definitions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['hh_finance', 'ky_gov', 'landchina', 'yn_ccgp', 'yn_ggzy']),
    );
  });

  it.each(definitions.map((definition) => [definition.id, definition] as const))(
    '%s asks for every column at once, each request with a key of its own',
    (_id, definition) => {
      const adapter = definition.create(shippedSettings(definition), KAIYUAN);
      const requests = definition.channels.map((channel) =>
        adapter.start(channel, { since: '2026-03-01', until: null }),
      );
      expect(requests.every((first) => first.some(({ role }) => role === 'list'))).toBe(true);
      const keys = requests.flat().map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(requests.flat().every(({ url }) => url.startsWith(adapter.settings.address))).toBe(true);
    },
  );

  it.each(definitions.map((definition) => [definition.id, definition] as const))(
    '%s says why it is asked no faster',
    (_id, { defaults }) => {
      expect(defaults.pace.minIntervalMs).toBeGreaterThanOrEqual(1000);
      expect(defaults.pace.reason.length).toBeGreaterThan(10);
    },
  );

  it.each(definitions.map((definition) => [definition.id, definition] as const))(
    'an option that %s does not know is answered with file, key and allowed values',
    (id, definition) => {
      const settings = { ...shippedSettings(definition), options: { pages: 3 } };
      expect(() => definition.create(settings, KAIYUAN)).toThrow(
        expect.objectContaining({
          code: 'CONFIG_INVALID',
          facts: expect.objectContaining({
            file: 'config/sources.yaml',
            key: expect.stringContaining(`${id}.options`),
          }),
        }),
      );
    },
  );
});
