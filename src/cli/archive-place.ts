import { S3_ADDRESS } from '../../config/schema.ts';
import type { BasicConfig } from '../../config/schema.ts';
import { folderPlace } from '../../storage/archive/folder.ts';
import type { ArchivePlace } from '../../storage/archive/place.ts';
import type { S3Settings } from '../../storage/archive/s3.ts';
import { CorrectInput } from '../model/errors.ts';
import { secretFile } from './secret-file.ts';

/** Where the archive lies: a folder, or `s3://bucket/prefix` with its settings. Throws `CorrectInput` where keys are missing. */
export async function archivePlace({ archive, s3 }: BasicConfig['storage']): Promise<ArchivePlace> {
  const [, bucket, prefix = ''] = S3_ADDRESS.exec(archive) ?? [];
  if (bucket === undefined || s3 === undefined) return folderPlace(archive);
  // Takes half a second to load, which commands on a folder need not wait for.
  const { s3Place } = await import('../../storage/archive/s3.ts');
  return s3Place({ bucket, prefix: prefix.replace(/^\/+|\/+$/g, ''), ...s3, credentials: credentials() });
}

/** From secret files, else from the environment variables that every S3 client reads; never from the configuration. */
function credentials(): S3Settings['credentials'] {
  const accessKeyId = secretFile('GONGSHI_S3_KEY_ID_FILE') ?? process.env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = secretFile('GONGSHI_S3_SECRET_FILE') ?? process.env['AWS_SECRET_ACCESS_KEY'];
  if (!accessKeyId || !secretAccessKey) {
    throw new CorrectInput(
      '归档设为对象存储，但没有给出密钥',
      '请用环境变量 GONGSHI_S3_KEY_ID_FILE、GONGSHI_S3_SECRET_FILE 指出密钥文件，或设置 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY。',
    );
  }
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
