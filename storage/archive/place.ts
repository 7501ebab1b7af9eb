import type { Archive } from '../../src/model/archive.ts';
import type { Clock } from '../../src/model/clock.ts';

export interface OpenOptions {
  /** Names the files. */
  clock?: Clock;
}

/**
 * Where the archive's files lie: a folder, or a bucket of an object storage. Files are WARC 1.1 and the same in both;
 * a finished one never changes.
 */
export interface ArchivePlace {
  /** For messages and logs; holds no secrets. */
  readonly name: string;
  /** For crawling and reading; makes the place where that can be done. Throws `FreeArchiveSpace`. */
  open(options?: OpenOptions): Promise<Archive>;
  /** Names of the archive's files in order; null where there is no such place. */
  files(): Promise<string[] | null>;
  /** A file's bytes from beginning to end. */
  stream(file: string): AsyncIterable<Uint8Array>;
  /** Bytes of a file; fewer where it ends earlier. */
  read(file: string, offset: number, length: number): Promise<Buffer>;
  /** Writes a file whole and durably. One of that name that was left half-written is replaced. */
  write(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** Does nothing where there is none. */
  remove(file: string): Promise<void>;
  /** Copies every file into an empty folder, while others append; returns their names in order. */
  copyInto(folder: string): Promise<string[]>;
}
