import { Command, InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';

import { complaint, speakChinese } from './usage-words.ts';

/** What a line that cannot be understood is answered with. */
function answered(...line: string[]): string {
  let told = '';
  const program = speakChinese(new Command('gongshi')).exitOverride();
  program.configureOutput({ writeErr: (text) => (told += text), writeOut: (text) => (told += text) });
  const day = (): never => {
    throw new InvalidArgumentError('应为日期，如 2026-11-20。');
  };
  program
    .command('verify')
    .description('核对')
    .argument('<案件>', '编号')
    .option('--since <日期>', '起始日', day)
    .option('--show <条数>', '列出多少条', '20')
    .action(() => undefined);
  program
    .command('evidence')
    .argument('<案件>')
    .requiredOption('--out <文件>', '文件')
    .action(() => undefined);
  expect(() => program.parse(line, { from: 'user' })).toThrow();
  return told;
}

describe('a line that the commands do not understand', () => {
  it.each([
    [['verfy'], '错误：没有命令 verfy，全部命令见 gongshi --help；是不是 verify？\n'],
    [['verify'], '错误：缺少参数“案件”\n'],
    [['verify', 'a', 'b'], '错误：命令 verify 只要 1 个参数，给了 2 个\n'],
    [['verify', 'a', '--frob'], '错误：没有选项 --frob\n'],
    [['verify', 'a', '--sinc', 'x'], '错误：没有选项 --sinc；是不是 --since？\n'],
    [['verify', 'a', '--since'], '错误：选项 --since <日期> 之后缺少取值\n'],
    [
      ['verify', 'a', '--since', '2026-02-30'],
      '错误：选项 --since <日期> 的取值“2026-02-30”不对：应为日期，如 2026-11-20。\n',
    ],
    [['evidence', 'a'], '错误：缺少选项 --out <文件>\n'],
  ])('%j is answered in Chinese', (line, words) => {
    expect(answered(...line)).toBe(words);
  });

  it('that the library words in a way not known here is told as the library does', () => {
    expect(complaint('error: something else\n')).toBe('error: something else\n');
  });
});

it('a help page is Chinese, its columns aligned by what a terminal shows', () => {
  const page = answered('verify', '--help');
  expect(page).toMatch(/^用法： gongshi verify \[选项\] <案件>\n/);
  expect(page).toContain('  --show <条数>   列出多少条（缺省 20）\n');
  expect(page).not.toMatch(/Usage|Options|Arguments|default/);
  expect(answered('--help')).toContain('evidence [选项] <案件>');
});
