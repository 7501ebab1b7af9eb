import { describe, expect, it } from 'vitest';

import { bytes, inWan, share } from './numbers.ts';

describe('figures', () => {
  it('loses no fen when yuan become 万元', () => {
    expect(inWan(1_234_567.89)).toBe('123.456789');
  });

  it('shows two decimals of 万元 at least', () => {
    expect(inWan(980_000)).toBe('98.00');
  });

  it('does not call 1999 of 2000 all of them', () => {
    expect(share(1999 / 2000)).toBe('>99.9%');
    expect(share(1)).toBe('100%');
  });

  it('does not call 1 of 2000 none of them', () => {
    expect(share(1 / 2000)).toBe('<0.1%');
    expect(share(0)).toBe('0%');
  });

  it('measures bytes in the unit people read', () => {
    expect(bytes(900)).toBe('900 B');
    expect(bytes(18_342)).toBe('17.9 KB');
  });
});
