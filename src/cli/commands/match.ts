import { readFileSync } from 'node:fs';

import { CorrectInput } from '../../model/errors.ts';
import { matchFile } from '../../projects/match-file.ts';
import { printJson } from '../output.ts';

/** `gongshi match FILE --json`: reads what `extract --json` printed, prints groups, projects and the reason of each link. */
export function match(file: string): void {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CorrectInput(`读不到文件 ${file}`, '请给出 extract --json 的输出文件。', { file }, cause);
  }
  printJson(matchFile(text));
}
