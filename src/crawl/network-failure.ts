import { RequestError, TimeoutError } from 'got';

import { SiteFailure } from '../model/failure.ts';
import type { FailureCode } from '../model/failure.ts';

const BY_CODE: Record<string, FailureCode> = {
  ENOTFOUND: 'DNS_FAILED',
  EAI_AGAIN: 'DNS_FAILED',
  EAI_FAIL: 'DNS_FAILED',
  EAI_NODATA: 'DNS_FAILED',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  EHOSTUNREACH: 'CONNECTION_REFUSED',
  ENETUNREACH: 'CONNECTION_REFUSED',
  EHOSTDOWN: 'CONNECTION_REFUSED',
  ECONNRESET: 'CONNECTION_LOST',
  ECONNABORTED: 'CONNECTION_LOST',
  EPIPE: 'CONNECTION_LOST',
  ETIMEDOUT: 'TIMED_OUT',
  EPROTO: 'TLS_FAILED',
  HOSTNAME_MISMATCH: 'TLS_FAILED',
};
/** Names that OpenSSL and Node give to certificate errors. */
const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|PATH_LENGTH)/;

const PHASES: Record<string, string> = {
  lookup: '解析域名',
  connect: '建立连接',
  secureConnect: '建立加密连接',
  response: '等待应答',
};

/**
 * What an error of the HTTP client says about the site. `answered`: headers had arrived, so that a loss is a truncated
 * body. Null when the request could not be sent as it stands (a control character in a header …): a defect of ours.
 */
export function networkFailure(error: unknown, url: string, answered: boolean): SiteFailure | null {
  if (!(error instanceof RequestError) || error.cause instanceof TypeError) return null;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof SiteFailure) return cause;
  }
  if (error instanceof TimeoutError) {
    const phase = PHASES[error.event] ?? '接收内容';
    return new SiteFailure('TIMED_OUT', `${phase}超过时限：${url}`, { url, phase: error.event }, error);
  }
  const { code } = error;
  if (TLS_CODE.test(code)) return new SiteFailure('TLS_FAILED', `${code}：${url}`, { url, code }, error);
  if (answered) {
    // Past the headers every loss means the same: a length that does not fit, a reset, a cut gzip member.
    return new SiteFailure('BODY_TRUNCATED', `接收中断（${code}）：${url}`, { url, code }, error);
  }
  if (code.startsWith('HPE_')) {
    return new SiteFailure('CONNECTION_LOST', `应答不合 HTTP 格式（${code}）：${url}`, { url, code }, error);
  }
  return new SiteFailure(BY_CODE[code] ?? 'CONNECTION_LOST', `${code}：${url}`, { url, code }, error);
}
