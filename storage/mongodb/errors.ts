import {
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoServerError,
  MongoSystemError,
  MongoTopologyClosedError,
} from 'mongodb';

import { CorrectInput, GongshiError, RepairDatabase } from '../../src/model/errors.ts';

/** Another writer was faster: what was read is no longer so. The work is begun again from the reading. */
export class Overtaken extends Error {
  constructor(what: string) {
    super(`overtaken by another writer: ${what}`);
    this.name = 'Overtaken';
  }
}

const DUPLICATE_KEY = 11000;
/** Of the server's error codes those that a clerk can do something about. */
const REFUSALS: { codes: number[]; what: string; advice: string }[] = [
  {
    codes: [13, 18, 8000],
    what: '数据库拒绝了登录或权限不足',
    advice:
      '请核对用户名、密码和 authSource，并给该用户授予本数据库的 readWrite 与 dbAdmin 权限（升级数据库结构要用后者）。',
  },
  {
    codes: [121],
    what: '写入内容不符合数据库的结构要求',
    advice: '请确认所有机器上运行的是同一版本的程序；若仍出现，请把本条错误交给维护人员。',
  },
  {
    codes: [64, 79, 91, 100, 11600, 11602],
    what: '写入没有得到多数节点的确认',
    advice: '请检查副本集各成员是否在线（rs.status()）；恢复后重跑同一命令即可，不会重复。',
  },
  {
    codes: [189, 10058, 10107, 13435, 13436],
    what: '数据库正在更换主节点',
    advice: '请稍候一分钟，等副本集选出主节点后重跑同一命令，不会重复。',
  },
  {
    codes: [14031],
    what: '数据库所在磁盘已满',
    advice: '请为数据库腾出磁盘空间，然后重跑同一命令。',
  },
  {
    codes: [10334, 17419, 17420],
    what: '一条数据超过数据库允许的 16 MB',
    advice: '请把本条错误交给维护人员；该页原文已归档，可以之后重新读取。',
  },
];

/** True where beginning the whole write again may succeed. All writes here can be repeated without doubling. */
export function isWorthRepeating(thrown: unknown): boolean {
  const error = withoutBulk(thrown);
  if (isOvertaken(error)) return true;
  if (!(error instanceof MongoError)) return false;
  return (
    // After a time-out of two minutes, which the driver has tried twice, the operator should hear of it.
    (error instanceof MongoNetworkError && !(error instanceof MongoNetworkTimeoutError)) ||
    error.hasErrorLabel('RetryableWriteError') ||
    error.hasErrorLabel('TransientTransactionError') ||
    [10107, 13435, 11602, 189, 91].includes(Number(error.code))
  );
}

/**
 * True for a broken connection that the driver tells nobody to try again after. Where several connections break at once
 * the first error clears the pool; those that follow are of connections that count as given up, and come without a
 * label, within a transaction too, so that the driver ends the transaction instead of repeating it (7.9, November 2026).
 */
export function isBrokenUnlabelled(thrown: unknown): boolean {
  const error = withoutBulk(thrown);
  return (
    error instanceof MongoNetworkError &&
    !(error instanceof MongoNetworkTimeoutError) &&
    // With one of these the driver has tried for two minutes already.
    !error.hasErrorLabel('TransientTransactionError') &&
    !error.hasErrorLabel('UnknownTransactionCommitResult')
  );
}

/** True where another writer was faster, as the adapter noticed or as a unique index did. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof Overtaken || isDuplicate(error);
}

export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoError && Number(error.code) === DUPLICATE_KEY;
}

/** Other errors of the driver itself are mistakes of this program, and are shown as such. */
const UNREACHABLE = [MongoNetworkError, MongoSystemError, MongoNotConnectedError, MongoTopologyClosedError];

/** An address that the driver does not take. Neither its message nor the cause: they may quote the address as it was given. */
export function wrongAddress(place: string): CorrectInput {
  return new CorrectInput(
    'MongoDB 地址写法不对',
    '请按 mongodb://用户:密码@主机:端口/数据库?选项 的写法填写；用户名和密码中的 @ : / ? # 要写成 %40 %3A %2F %3F %23。',
    { place },
  );
}

/**
 * What the driver or the server reports, as the operator reads it. `place` is the printable address.
 * An error that is not of the database comes back as it is.
 */
export function inOperatorsWords(thrown: unknown, place: string): unknown {
  const error = withoutBulk(thrown);
  if (error instanceof GongshiError) return error;
  if (error instanceof MongoServerError) return refused(error, place);
  if (error instanceof RangeError && (error as { code?: unknown }).code === 'ERR_OUT_OF_RANGE') {
    // The driver's own limit, met before anything is sent.
    return unusable(REFUSALS.at(-1)!, error, place);
  }
  if (foundNoServer(error)) {
    return new RepairDatabase(
      `连不上数据库 ${place}：${error.message}`,
      '请确认 MongoDB 正在运行、地址与端口正确、防火墙放行；恢复后重跑同一命令即可接着做，不会重复。',
      { place },
      error,
    );
  }
  if (error instanceof Overtaken) {
    return new RepairDatabase(
      `数据库 ${place} 正被多个进程同时改写同一条数据`,
      '请确认没有两个进程在采集同一来源，然后重跑同一命令。',
      { place },
      error,
    );
  }
  return error;
}

/** True for what `inOperatorsWords` made of a server that did not answer. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof RepairDatabase && foundNoServer(error.cause);
}

function foundNoServer(error: unknown): error is Error {
  return UNREACHABLE.some((kind) => error instanceof kind);
}

/** A bulk write wraps whatever befell it, a broken connection too, as if the server had refused it (driver 7.9). */
function withoutBulk(error: unknown): unknown {
  const inner: unknown = error instanceof MongoBulkWriteError ? error.errorResponse : null;
  return inner instanceof MongoError ? inner : error;
}

function refused(error: MongoServerError, place: string): RepairDatabase {
  const code = Number(error.code);
  const known = REFUSALS.find(({ codes }) => codes.includes(code));
  if (known !== undefined) return unusable(known, error, place);
  return new RepairDatabase(
    `数据库 ${place} 拒绝了操作（代码 ${Number.isNaN(code) ? '无' : code}）：${error.message}`,
    '请查看数据库日志；排除后重跑同一命令即可，不会重复。',
    { place, ...indexOf(error) },
    error,
  );
}

function unusable(refusal: { what: string; advice: string }, error: Error, place: string): RepairDatabase {
  return new RepairDatabase(`${refusal.what}（${place}）：${error.message}`, refusal.advice, { place }, error);
}

/** Which of several writes was refused. */
function indexOf(error: MongoServerError): Record<string, unknown> {
  if (!(error instanceof MongoBulkWriteError)) return {};
  const first = [error.writeErrors].flat()[0];
  return first === undefined ? {} : { write: first.index };
}
