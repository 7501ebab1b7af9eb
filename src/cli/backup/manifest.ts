import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';

import { CorrectInput } from '../../model/errors.ts';
import type { Places } from '../workshop.ts';

export const MANIFEST = 'manifest.json';
export const DATABASE = 'gongshi.sqlite';
export const ARCHIVE = 'archive';

const fileSchema = z.strictObject({
  /** A plain name: a manifest must not lead out of its folder. */
  file: z.string().refine((name) => name !== '' && name !== '..' && name !== '.' && basename(name) === name),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** ISO 8601, UTC: when the database's state was taken. */
  takenAt: z.string(),
  database: fileSchema.extend({ file: z.literal(DATABASE) }),
  archive: z.array(fileSchema),
  /** Archived replies that the database knows, and those of them whose bytes were already unreadable. */
  records: z.strictObject({ checked: z.int().nonnegative(), unreadable: z.array(z.string()) }),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestFile = z.infer<typeof fileSchema>;

/** Size and SHA-256 of a file, read once. */
export async function describeFile(file: string, content: AsyncIterable<Uint8Array>): Promise<ManifestFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { file, bytes, sha256: hash.digest('hex') };
}

/** Written last: a folder without it is a backup that was not finished. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const handle = await open(join(folder, MANIFEST), 'wx');
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Throws `CorrectInput` where there is none or it is not one of ours. */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new CorrectInput(
      `${folder} 中没有可读的备份清单 ${MANIFEST}`,
      '请核对路径；清单在备份的最后一步写成，没有清单说明该次备份未完成，请改用另一份备份。',
      { file },
      cause,
    );
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CorrectInput(
      `备份清单 ${MANIFEST} 的内容不合规定`,
      '清单已被改动或损坏，请改用另一份备份。',
      { file },
      cause,
    );
  }
}

/** Compares every file with the manifest. Throws `CorrectInput` naming the first that differs. */
export async function checkFiles(manifest: Manifest, at: Places): Promise<void> {
  await checkFile(manifest.database, createReadStream(at.database), at.database);
  for (const file of manifest.archive) {
    await checkFile(file, at.archive.stream(file.file), `${at.archive.name}/${file.file}`);
  }
}

async function checkFile(expected: ManifestFile, content: AsyncIterable<Uint8Array>, place: string): Promise<void> {
  const facts = { file: place };
  const advice = '该备份不完整或已被改动，请改用另一份备份；目标位置没有启用其中的数据库。';
  let found: ManifestFile;
  try {
    found = await describeFile(expected.file, content);
  } catch (cause) {
    throw new CorrectInput(`备份中的文件 ${expected.file} 读不出来`, advice, facts, cause);
  }
  if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256) {
    throw new CorrectInput(`文件 ${expected.file} 与备份清单中的大小或 SHA-256 不符`, advice, {
      ...facts,
      expected: `${expected.bytes} 字节 ${expected.sha256}`,
      found: `${found.bytes} 字节 ${found.sha256}`,
    });
  }
}
