import { describe, expect, it } from 'vitest';

import { matchFile } from './match-file.ts';

const line = (file: string, more: object = {}): string =>
  JSON.stringify({
    file,
    kind: 'tender',
    track: 'procurement',
    title: '开远市灵泉东路人行道改造工程竞争性谈判公告',
    projectName: '开远市灵泉东路人行道改造工程',
    projectCode: 'HHZC2026-J1-00871-KYXM-0032',
    purchaser: '开远市住房和城乡建设局',
    agency: null,
    suppliers: [],
    amount: null,
    amountKind: null,
    publishDate: '2026-03-02',
    publicityStart: null,
    publicityEnd: null,
    openingDate: null,
    region: '开远市',
    lots: [],
    candidates: [],
    ...more,
  });

describe('the match command', () => {
  it('prints groups, projects and the reason of each link by file name', () => {
    const result = line('c.txt', {
      kind: 'result',
      title: '开远市灵泉东路人行道改造工程成交结果公告',
      publishDate: '2026-03-17',
    });
    const other = line('d.txt', {
      projectCode: 'X-2026-0009',
      projectName: '校舍维修',
      title: '校舍维修竞争性谈判公告',
      purchaser: '开远市第一中学校',
    });
    const matched = matchFile([line('a.txt'), line('b.html'), result, other, ''].join('\n'));
    expect(matched.groups).toEqual([['a.txt', 'b.html'], ['c.txt'], ['d.txt']]);
    expect(matched.projects).toEqual([['a.txt', 'b.html', 'c.txt'], ['d.txt']]);
    expect(matched.links.find((l) => l.as === 'group')).toEqual({
      a: 'a.txt',
      b: 'b.html',
      as: 'group',
      reason: '标题相同，已读出的字段一致，公告日相同',
      confidence: 0.9,
    });
  });

  it('takes two notices of one project for different lots as one project and two notices', () => {
    const lot = (n: string) =>
      line(`${n}.txt`, { title: `培训建设${n}包招标公告`, lots: [n], amount: Number(n) * 1000, amountKind: 'budget' });
    const matched = matchFile([lot('1'), lot('2')].join('\n'));
    expect(matched.projects).toEqual([['1.txt', '2.txt']]);
    expect(matched.groups).toEqual([['1.txt'], ['2.txt']]);
  });

  it.each([
    ['a line that is no JSON', 'not json', '第 2 行不是 JSON'],
    ['an unknown kind', line('b', { kind: 'award' }), '第 2 行字段 kind 不符合要求'],
    ['a line without file', '{"title":"x"}', '第 2 行字段 file 不符合要求'],
    ['a file named twice', line('a'), '第 2 行文件 a 出现两次'],
  ])('says which line is wrong: %s', (_, wrong, message) => {
    expect(() => matchFile(`${line('a')}\n${wrong}`)).toThrow(message);
  });
});
