import type { RequestRole } from '../../src/model/source.ts';

/**
 * Warm-ups set the session that lists need; lists first, so that what is missing is known early;
 * the files of a notice right behind its page's, which waits for them.
 */
export const ROLE_RANK: Record<RequestRole, number> = {
  warmup: 0,
  list: 1,
  detail: 2,
  attachments: 3,
  attachment: 3,
};
