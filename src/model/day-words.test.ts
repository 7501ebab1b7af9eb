import { expect, it } from 'vitest';

import { epochOf } from './day.ts';
import { plainDay, plainMoment, plainSpan, plainStated } from './day-words.ts';

it('writes days and moments as offices do, without leading zeros', () => {
  expect(plainDay('2024-03-07')).toBe('2024年3月7日');
  expect(plainStated('2024-03-07')).toBe('2024年3月7日');
  expect(plainStated('2024-11-20T09:05')).toBe('2024年11月20日 09:05');
  expect(plainMoment(epochOf('2024-01-01T00:30'))).toBe('2024年1月1日 00:30');
  expect(plainSpan('2024-03-07', '2024-03-09')).toBe('2024年3月7日至2024年3月9日');
  expect(plainSpan('2024-03-07', '2024-03-07')).toBe('2024年3月7日');
});
