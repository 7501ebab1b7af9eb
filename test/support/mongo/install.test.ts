import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { EngineUnavailable, installedEngine } from './install.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongshi-engine-'));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it('says what to do when the engine cannot be installed by this user', async () => {
  vi.stubEnv('GONGSHI_MONGO_CACHE', folder);
  vi.spyOn(process as { getuid: () => number }, 'getuid').mockReturnValue(1000);
  const failure = await installedEngine().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(EngineUnavailable);
  expect((failure as Error).message).toMatch(/root.*MONGODB_URI/);
});
