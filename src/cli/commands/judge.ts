import { readFileSync } from 'node:fs';

import { loadConfig } from '../../../config/load.ts';
import { judgeCaseFile } from '../../compliance/case-file.ts';
import { CorrectInput } from '../../model/errors.ts';
import { loadCalendar } from '../calendar.ts';
import { printJson, say, sayError } from '../output.ts';

/** `gongshi judge FILE --json`: one JSON line a case; what was not understood goes to standard error, and a case that cannot be read fails the command. */
export function judge(file: string, configFolder: string): void {
  const calendar = loadCalendar(loadConfig(configFolder));
  const { verdicts, refused, remarks } = judgeCaseFile(readJson(file), calendar);
  verdicts.forEach(printJson);
  remarks.forEach((remark) => say(`提示：${remark}`));
  refused.forEach(sayError);
  if (refused.length > 0) process.exitCode = 1;
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CorrectInput(`读不到文件 ${file}`, '请核对路径。', { file }, cause);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CorrectInput(`${file} 不是合法的 JSON`, '请给出形如 {"cases": […]} 的文件。', { file }, cause);
  }
}
