import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { identityOfStored } from './identity.ts';
import { linkKeysOf } from './keys.ts';
import { pairLink } from './pair.ts';
import { notice } from './testing/notices.ts';
import { weakLink } from './weak.ts';

const WORDS = '灵泉东路 人行道 改造 路灯 节能 管网 疏浚 修复 凤凰片区 绿化 提升 小学 运动场 翻新 信息化 设备'.split(
  ' ',
);
const GENERIC = '项目 工程 建设 服务 采购'.split(' ');
const INSERTED = [...'市区及新增雨污配套老旧'];

const name = fc
  .tuple(fc.shuffledSubarray(WORDS, { minLength: 3, maxLength: 8 }), fc.constantFrom(...GENERIC))
  .map(([words, end]) => words.join('') + end);

type Edit = (text: string) => string;
const at = fc.double({ min: 0, max: 1, noNaN: true });
const inserting = fc.tuple(at, fc.constantFrom(...INSERTED, ...GENERIC)).map(([where, what]): Edit => (text) => {
  const i = Math.floor(where * (text.length + 1));
  return text.slice(0, i) + what + text.slice(i);
});
const exchanging = fc.tuple(at, fc.constantFrom(...INSERTED)).map(([where, what]): Edit => (text) => {
  const i = Math.floor(where * text.length);
  return text.slice(0, i) + what + text.slice(i + 1);
});
const turning = at.map((where): Edit => (text) => {
  const i = Math.floor(where * text.length);
  return text.slice(i) + text.slice(0, i);
});
const edits = fc.oneof(fc.array(inserting, { minLength: 0, maxLength: 2 }), fc.tuple(exchanging), fc.tuple(turning));

describe('the keys that notices meet by', () => {
  it('let two notices of one buyer meet that are linked or suggested by a name retyped', () => {
    let linked = 0;
    fc.assert(
      fc.property(name, edits, (original, changes) => {
        const retyped = changes.reduce((text, change) => change(text), original);
        const [a, b] = [original, retyped].map((projectName, i) =>
          identityOfStored(notice(`a:${i}`, { projectName, projectCode: null, kind: i === 0 ? 'tender' : 'result' })),
        ) as [ReturnType<typeof identityOfStored>, ReturnType<typeof identityOfStored>];
        if (pairLink(a, b) === null && weakLink(a, b) === null) return;
        linked += 1;
        const stored = new Set(linkKeysOf(a).stored);
        expect(
          linkKeysOf(b)
            .searched()
            .some((key) => stored.has(key)),
        ).toBe(true);
      }),
      { numRuns: 1500 },
    );
    expect(linked).toBeGreaterThan(300);
  });
});
