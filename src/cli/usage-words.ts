import type { Command, HelpConfiguration, Option } from 'commander';

import { cells } from './output.ts';

/** What the library says of a line it cannot understand, in the clerk's language. The named groups are what was typed. */
const COMPLAINTS: readonly [RegExp, (named: Record<string, string | undefined>) => string][] = [
  [/^error: unknown command '(?<it>.*?)'/, ({ it }) => `没有命令 ${it}，全部命令见 gongshi --help`],
  [/^error: unknown option '(?<it>.*?)'/, ({ it }) => `没有选项 ${it}`],
  [/^error: missing required argument '(?<it>.*?)'/, ({ it }) => `缺少参数“${it}”`],
  [/^error: required option '(?<it>.*?)' not specified/, ({ it }) => `缺少选项 ${it}`],
  [/^error: option '(?<it>.*?)' argument missing/, ({ it }) => `选项 ${it} 之后缺少取值`],
  [
    /^error: option '(?<it>.*?)' argument '(?<got>.*?)' is invalid\. ?(?<why>.*)/s,
    ({ it, got, why }) => `选项 ${it} 的取值“${got}”不对：${why}`,
  ],
  [
    /^error: command-argument value '(?<got>.*?)' is invalid for argument '(?<it>.*?)'\. ?(?<why>.*)/s,
    ({ it, got, why }) => `参数“${it}”的取值“${got}”不对：${why}`,
  ],
  [
    /^error: too many arguments for '(?<it>.*?)'\. Expected (?<n>\d+) arguments? but got (?<got>\d+)/,
    ({ it, n, got }) => `命令 ${it} 只要 ${n} 个参数，给了 ${got} 个`,
  ],
];
const MEANT = /\(Did you mean (?:one of )?(?<names>.*?)\?\)/;

/** What the library would print of a wrong line, as the clerk reads it. */
export function complaint(message: string): string {
  for (const [pattern, words] of COMPLAINTS) {
    const match = pattern.exec(message);
    if (match === null) continue;
    const meant = MEANT.exec(message)?.groups?.['names'];
    const hint = meant === undefined ? '' : `；是不是 ${meant.replaceAll(', ', '、')}？`;
    return `错误：${words(match.groups ?? {}).trim()}${hint}\n`;
  }
  return message;
}

const TITLES: Record<string, string> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};
/** What the library puts into the terms of a help page. */
const chinese = (text: string): string =>
  text.replaceAll('[options]', '[选项]').replaceAll('[command]', '[命令]').replaceAll('[arguments]', '[参数]');

const HELP: HelpConfiguration = {
  styleTitle: (title) => TITLES[title] ?? title,
  styleUsage: chinese,
  subcommandTerm: (command) =>
    [command.name(), command.options.length > 0 ? '[选项]' : '', ...command.registeredArguments.map(argument)]
      .filter((part) => part !== '')
      .join(' '),
  optionDescription: ({ description, defaultValue, mandatory }: Option) =>
    `${description}${mandatory ? '（必填）' : ''}${shown(defaultValue)}`,
  displayWidth: cells,
};

function argument(declared: Command['registeredArguments'][number]): string {
  const words = `${declared.name()}${declared.variadic ? '...' : ''}`;
  return declared.required ? `<${words}>` : `[${words}]`;
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `（缺省 ${value}）` : '';
}

/** Makes a program and the commands added to it afterwards speak Chinese. */
export function speakChinese(program: Command): Command {
  return program.configureOutput({ outputError: (message, write) => write(complaint(message)) }).configureHelp(HELP);
}
