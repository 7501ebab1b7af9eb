import type { RequestRole } from '../../src/model/source.ts';

/** Warm-ups set the session that lists need; lists first, so that what is missing is known early. */
export const ROLE_RANK: Record<RequestRole, number> = { warmup: 0, list: 1, detail: 2 };
