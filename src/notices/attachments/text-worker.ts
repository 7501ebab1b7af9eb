import { parentPort, workerData } from 'node:worker_threads';

import mammoth from 'mammoth';
import { extractText, getDocumentProxy } from 'unpdf';

import type { ReadableFormat } from './format.ts';
import { checkZip, SuspiciousZip } from './unzip-guard.ts';

/** What the worker is given, and what it answers. */
export interface TextTask {
  format: ReadableFormat;
  bytes: Uint8Array;
  mostPages: number;
  mostCharacters: number;
}
export type TextAnswer = { text: string } | { refused: string };

const { format, bytes, mostPages, mostCharacters } = workerData as TextTask;

async function pdfText(): Promise<TextAnswer> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  if (document.numPages > mostPages) return { refused: `页数 ${document.numPages} 超过 ${mostPages}` };
  const { text } = await extractText(document, { mergePages: false });
  return { text: text.join('\n') };
}

async function docxText(): Promise<TextAnswer> {
  try {
    checkZip(bytes);
  } catch (error) {
    if (error instanceof SuspiciousZip) return { refused: error.message };
    throw error;
  }
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
  return { text: value };
}

const answer = await (format === 'pdf' ? pdfText() : docxText());
parentPort?.postMessage('text' in answer ? { text: answer.text.slice(0, mostCharacters) } : answer);
