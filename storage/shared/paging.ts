import { CorrectInput } from '../../src/model/errors.ts';

/** At least one row a page: with none a list would never end. */
export function checkedLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 1) return limit;
  throw new CorrectInput('每页条数 limit 不对', '请给出不小于 1 的整数。', { limit });
}
