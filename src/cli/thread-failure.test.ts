import { describe, expect, it } from 'vitest';

import { CorrectInput, GongshiError } from '../model/errors.ts';
import { failureOf, wordOf } from './thread-failure.ts';

/** As a message crosses from one thread to another. */
const crossed = (error: unknown): Error => failureOf(structuredClone(wordOf(error)));

describe('an error of another thread', () => {
  it('keeps code, message, advice and facts, and where it came from', () => {
    const error = new CorrectInput('日期不可识别', '请改为日期。', { id: 'p1', got: undefined, read: () => 1 });
    const arrived = crossed(error);
    expect(arrived).toBeInstanceOf(GongshiError);
    expect(arrived).toMatchObject({
      code: 'INPUT_INVALID',
      message: '日期不可识别',
      advice: '请改为日期。',
      facts: { id: 'p1' },
    });
    expect(arrived.cause).toMatchObject({ stack: error.stack });
  });

  it('of the platform keeps its code and what is known of it', () => {
    const error = Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 });
    const arrived = crossed(error);
    expect(arrived).not.toBeInstanceOf(GongshiError);
    expect(arrived).toMatchObject({ message: 'disk I/O error', code: 'ERR_SQLITE_ERROR', errcode: 10 });
  });

  it('that is no error is told as what it is', () => {
    expect(crossed('stop').message).toBe('stop');
  });
});
