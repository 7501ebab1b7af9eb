import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import { answered, contentOf, start, until } from '../support/commands.ts';
import { installationAt } from '../support/installation.ts';

describe('a crawl killed in the middle', () => {
  let portal: Portal;
  const folders: string[] = [];

  beforeAll(async () => {
    portal = await startPortal({ seed: 7, notices: 240 });
  });

  afterAll(async () => {
    await portal.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('and started again comes to what an undisturbed crawl comes to', async () => {
    const undisturbed = installation();
    expect(await start(undisturbed, ['crawl']).ended).toBe(0);

    const killed = installation();
    const before = answered(portal);
    const first = start(killed, ['crawl']);
    await until(() => answered(portal) - before > 90);
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    expect(await start(killed, ['crawl']).ended).toBe(0);

    expect(await contentOf(killed)).toEqual(await contentOf(undisturbed));
  });

  function installation(): string {
    const folder = installationAt(portal);
    folders.push(folder);
    return folder;
  }
});
