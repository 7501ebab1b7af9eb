/**
 * Errors carry a stable code, and say to the operator what to do.
 * The message is Chinese: it is read by the trading centre's clerk, not by a programmer.
 */
export interface ErrorDetails {
  /** What the operator should do, one Chinese sentence. */
  advice: string;
  /** Facts that help: address, file, key, allowed values … printed as they are. */
  facts?: Record<string, unknown>;
  cause?: unknown;
}

export class GongshiError extends Error {
  readonly code: string;
  readonly advice: string;
  readonly facts: Record<string, unknown>;

  constructor(code: string, message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.advice = details.advice;
    this.facts = details.facts ?? {};
  }
}

/** The operator edits a configuration file: it names the file, the key and the allowed values. */
export class FixConfiguration extends GongshiError {
  constructor(message: string, facts: { file: string; key: string; allowed: string; got?: unknown }, cause?: unknown) {
    super('CONFIG_INVALID', message, {
      advice: `请打开 ${facts.file}，修改 ${facts.key}；允许的取值：${facts.allowed}。`,
      facts,
      cause,
    });
  }
}

/** The operator gives the command another input file or argument. */
export class CorrectInput extends GongshiError {
  constructor(message: string, advice: string, facts: Record<string, unknown> = {}, cause?: unknown) {
    super('INPUT_INVALID', message, { advice, facts, cause });
  }
}

/** The calendar has no data for a day that a judgement needs: add the State Council notice of that year. */
export class ExtendCalendar extends GongshiError {
  constructor(day: string) {
    super('CALENDAR_MISSING', `日历没有 ${day} 所在年份的放假安排`, {
      advice: '请把国务院办公厅该年度的放假通知补入 config/calendar.json，不得按普通周末推算。',
      facts: { day },
    });
  }
}

/** Archived bytes are gone or are not the ones that were written: bring the file back from a backup. */
export class RestoreArchive extends GongshiError {
  constructor(message: string, facts: { file: string; id: string } & Record<string, unknown>, cause?: unknown) {
    super('ARCHIVE_DAMAGED', message, {
      advice: `请从备份恢复归档文件 ${facts.file}；在此之前，依据该记录的证据不可采信。`,
      facts,
      cause,
    });
  }
}

/** The database file cannot be used as it is. */
export class RepairDatabase extends GongshiError {
  constructor(message: string, advice: string, facts: Record<string, unknown> = {}, cause?: unknown) {
    super('DATABASE_UNUSABLE', message, { advice, facts, cause });
  }
}

/** Others are at work on the store, and what is asked for needs it to keep still: ask again once they are through. */
export class RepeatUndisturbed extends GongshiError {
  constructor(message: string, advice: string, facts: Record<string, unknown> = {}) {
    super('STORE_BUSY', message, { advice, facts });
  }
}

/** The archive takes no more bytes; nothing is read from pages that cannot be kept as evidence. */
export class FreeArchiveSpace extends GongshiError {
  /** @param place folder, or address of the object storage */
  constructor(place: string, cause: unknown, check = `请检查归档文件夹 ${place} 所在磁盘的剩余空间和写入权限`) {
    super('ARCHIVE_UNWRITABLE', `归档写入失败：${cause instanceof Error ? cause.message : String(cause)}`, {
      advice: `${check}，然后重跑同一命令续采。`,
      facts: { place },
      cause,
    });
  }
}

/** The storage that holds the archive does not answer as it should; nothing is said about the archived bytes. */
export class ReachArchive extends GongshiError {
  constructor(place: string, cause: unknown) {
    super('ARCHIVE_UNREACHABLE', `读不到归档存储 ${place}：${cause instanceof Error ? cause.message : String(cause)}`, {
      advice: '请检查对象存储是否运行、网络是否通畅、密钥与读取权限是否有效，然后重试；归档内容未必有损。',
      facts: { place },
      cause,
    });
  }
}

/** Somebody was faster: the reader looks at what has happened meanwhile, then decides again. Nothing of the attempt was stored. */
export class CaseOvertaken extends GongshiError {
  constructor(number: string, what: string) {
    super('CASE_OVERTAKEN', `案件 ${number} ${what}，本次操作没有保存`, {
      advice: '请刷新该案件，看过新的经过后再决定；已填写的内容仍在页面上。',
      facts: { number },
    });
  }
}

/** The step does not follow from the state the case is in. */
export class StepNotAllowed extends GongshiError {
  constructor(number: string, message: string, advice: string) {
    super('CASE_STEP_NOT_ALLOWED', `案件 ${number}：${message}`, { advice, facts: { number } });
  }
}

/** The program's files are others than those this process was started from: it must not judge with some of each. */
export class RestartProgram extends GongshiError {
  constructor() {
    super('PROGRAM_REPLACED', '程序文件在运行期间被更换', {
      advice: '请停止本程序并重新启动；重启之前不再核查，已有的结论不变。',
    });
  }
}

/**
 * A lease of this process lapsed and another process has taken over: what this one still had to write was refused,
 * and nothing of it was stored.
 */
export class LeaveToOtherWorker extends GongshiError {
  constructor(lease: string) {
    super('LEASE_LOST', `另一进程已接手 ${lease}，本进程的写入被拒绝`, {
      advice: '无需处理，另一进程会接着做完；若反复出现，请检查本机是否长时间停顿，或到数据库的连接是否中断过。',
      facts: { lease },
    });
  }
}
