import { Worker } from 'node:worker_threads';

import { endingOf, formatOf } from './format.ts';
import type { TextAnswer, TextTask } from './text-worker.ts';

/** The text of an attachment, or why there is none, in words that stand behind 附件未能读取：. */
export type AttachmentText = { text: string; reason: null } | { text: null; reason: string };

/** Notices that hang on as a file have a few pages; tender documents of hundreds are not read for fields. */
const MOST_PAGES = 60;
const MOST_CHARACTERS = 200_000;
const MOST_BYTES = 20 * 1024 * 1024;
/** Reading a page of text takes some ten milliseconds; what takes this long is built to. */
const MOST_MS = 20_000;
const MOST_HEAP_MB = 256;

/**
 * Reads a file's text in a thread of its own, bounded in bytes, pages, characters, memory and time.
 * Any bytes give an answer; nothing is thrown.
 * @param name as the notice names it: only said, the bytes decide
 */
export async function attachmentText(name: string, bytes: Uint8Array): Promise<AttachmentText> {
  const format = formatOf(bytes);
  if (format === null) return unread(`格式 ${endingOf(name) || '不明'} 不能读取`);
  if (bytes.length > MOST_BYTES) return unread(`文件超过 ${MOST_BYTES / 1024 / 1024} MB`);
  // A copy: pages share their buffer with others, and the thread gets the whole of what it is given.
  const task: TextTask = { format, bytes: bytes.slice(), mostPages: MOST_PAGES, mostCharacters: MOST_CHARACTERS };
  const answer = await inThread(task);
  if ('refused' in answer) return unread(answer.refused);
  const text = (format === 'pdf' ? unwrapped(answer.text) : answer.text).trim();
  return text === '' ? unread('文件中没有文字，可能是扫描件') : { text, reason: null };
}

/** A line of a PDF that fills the page's width goes on in the next, unless that one begins something of its own. */
function unwrapped(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const width = Math.max(...lines.map((line) => line.length));
  const joined: string[] = [];
  let isFull = false;
  for (const line of lines) {
    if (isFull && line !== '' && !BEGINS.test(line)) joined[joined.length - 1] += line;
    else joined.push(line);
    isFull = width >= NARROWEST && line.length >= width * FULL;
  }
  return joined.join('\n');
}

/** A label, a numbered heading. */
const BEGINS = /^(?:[^：:]{1,20}[：:]|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])/;
/** Lines of an A4 page hold 35 to 45 characters; a text of short lines is not wrapped. */
const NARROWEST = 25;
const FULL = 0.9;

function unread(reason: string): AttachmentText {
  return { text: null, reason };
}

function inThread(task: TextTask): Promise<TextAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./text-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
      stdout: true,
      stderr: true,
    });
    const end = (answer: TextAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      // What a broken file does to its thread while it ends is of no interest any more.
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      void worker.terminate();
    };
    const timer = setTimeout(() => end({ refused: '读取超时' }), MOST_MS);
    worker.once('message', (answer: TextAnswer) => end(answer));
    worker.once('error', () => end({ refused: '文件损坏或过于复杂' }));
    worker.once('exit', () => end({ refused: '文件损坏或过于复杂' }));
  });
}
