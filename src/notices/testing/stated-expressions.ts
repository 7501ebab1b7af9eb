import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

/** A regular expression of a module, as its source states it. */
export interface Stated {
  /** file:line */
  at: string;
  source: string;
  flags: string;
}

/** Every regular expression that modules below a folder state: literals and `new RegExp`, tests and their helpers left out. */
export function statedIn(folder: string): Stated[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
    .sort()
    .flatMap((file) => statedInModule(file, readFileSync(join(folder, file), 'utf8')));
}

function statedInModule(file: string, text: string): Stated[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const constants = constantsOf(source);
  const found: Stated[] = [];
  const visit = (node: ts.Node): void => {
    const at = `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) found.push({ at, ...partsOf(node.text) });
    else if (ts.isNewExpression(node) && node.expression.getText(source) === 'RegExp') {
      const [pattern, flags] = node.arguments ?? [];
      if (pattern === undefined) throw new Error(`${at}: new RegExp without a pattern`);
      found.push({
        at,
        source: textOf(pattern, constants),
        flags: flags !== undefined && ts.isStringLiteralLike(flags) ? flags.text : '',
      });
    } else if (ts.isCallExpression(node) && node.expression.getText(source) === 'RegExp')
      throw new Error(`${at}: RegExp is to be called with new, so that it is seen here`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function partsOf(literal: string): { source: string; flags: string } {
  const end = literal.lastIndexOf('/');
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

/** Constants of a module by name, wherever they are declared in it. */
function constantsOf(source: ts.SourceFile): ReadonlyMap<string, ts.Expression> {
  const constants = new Map<string, ts.Expression>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      constants.set(node.name.text, node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return constants;
}

/** Stands for what only a run can tell. */
const SOME_WORD = '某';

function textOf(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isRegularExpressionLiteral(node)) return partsOf(node.text).source;
  if (ts.isTemplateExpression(node))
    return (
      node.head.text +
      node.templateSpans.map(({ expression, literal }) => textOf(expression, constants) + literal.text).join('')
    );
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return textOf(node.left, constants) + textOf(node.right, constants);
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'source') return textOf(node.expression, constants);
  if (ts.isNewExpression(node))
    return node.arguments?.[0] === undefined ? SOME_WORD : textOf(node.arguments[0], constants);
  const known = ts.isIdentifier(node) ? constants.get(node.text) : undefined;
  return known === undefined ? SOME_WORD : textOf(known, constants);
}

/** What pumping adds to the expression's own words: what the offices' pages are full of. */
const COMMON = ['某', '1', '1,', ' ', '（', '：', '、', '某公司', '2026年3月5日', 'A-'];
const MOST_WORDS = 12;

/** Words that drive an expression: each of its own runs of plain characters, all of them in a row, and the common ones. */
export function pumpsOf({ source }: Stated): string[] {
  const own = [...source.matchAll(/[\p{Script=Han}\w（）：，。；、￥]+/gu)]
    .map(([word]) => word)
    .filter((word) => !/^[dswpSDW]$/.test(word));
  const distinct = [...new Set(own)];
  const chosen =
    distinct.length <= MOST_WORDS
      ? distinct
      : Array.from({ length: MOST_WORDS }, (_, i) => distinct[Math.floor((i * distinct.length) / MOST_WORDS)]!);
  return [
    ...new Set([
      ...chosen,
      distinct.slice(0, MOST_WORDS).join(''),
      ...chosen.slice(0, 3).map((word) => `${word}某`),
      ...COMMON,
    ]),
  ].filter((word) => word !== '');
}
