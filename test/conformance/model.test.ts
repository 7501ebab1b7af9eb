import { it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { expectAgreement } from './agreement.ts';
import { createModelStore } from './model.ts';
import { describeStore } from './store.ts';

describeStore('the model', async () => createModelStore());

it('SQLite answers random operations as the model does', async () => {
  await expectAgreement({ SQLite: () => openSqliteStore(':memory:') }, { runs: 100, length: 40 });
});
