import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { z } from 'zod';

import { CorrectInput, GongshiError } from '../model/errors.ts';
import type { errorReply } from './schemas.ts';

type ErrorReply = z.infer<typeof errorReply>;

/** There is nothing under this id. */
export class NotFound extends GongshiError {
  constructor(what: string, id: string, advice = '请核对地址；该内容可能已重新归并，可从列表重新检索。') {
    super('NOT_FOUND', `没有这个${what}：${id.slice(0, 100)}`, { advice, facts: { id } });
  }
}

/** An alert's evidence is not in the store: it must not be shown as if it had none. */
export class EvidenceMissing extends GongshiError {
  constructor(noticeIds: string[]) {
    super('EVIDENCE_MISSING', '告警所依据的公告暂时读不到', {
      advice: '数据可能正在重建，请稍后重试；反复出现请联系管理员核对数据库。',
      facts: { noticeIds },
    });
  }
}

/** HTTP status of each code that is not the server's own fault. */
const STATUS: Record<string, number> = {
  INPUT_INVALID: 400,
  SIGN_IN_REQUIRED: 401,
  NOT_PERMITTED: 403,
  NOT_FOUND: 404,
  CASE_OVERTAKEN: 409,
  CASE_STEP_NOT_ALLOWED: 409,
  EVIDENCE_MISSING: 503,
};

/** Answers every error in the same shape. What the caller cannot mend is logged; its details are not sent out. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const [status, body] = replyOf(error);
  if (status >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
  void reply.code(status).type('application/json; charset=utf-8').send(body);
}

function replyOf(error: FastifyError): [number, ErrorReply] {
  if (hasZodFastifySchemaValidationErrors(error)) return [400, validationReply(error.validation)];
  if (error instanceof GongshiError) {
    return [STATUS[error.code] ?? 500, { code: error.code, message: error.message, advice: error.advice }];
  }
  if (error.statusCode === 429) {
    return [
      429,
      { code: 'TOO_MANY_REQUESTS', message: '访问过于频繁', advice: '请在一分钟后重试；批量读取请放慢速度。' },
    ];
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return [
      error.statusCode,
      { code: 'REQUEST_INVALID', message: '请求不合规范', advice: '请核对地址与参数，接口说明见 /api/openapi.json。' },
    ];
  }
  return [500, { code: 'INTERNAL', message: '服务内部错误', advice: '请稍后重试；反复出现请联系管理员查看服务日志。' }];
}

interface ValidationIssue {
  keyword?: string;
  instancePath?: string;
  params?: Record<string, unknown>;
}

/** Names the parameter and what it may be. */
function validationReply(issues: readonly ValidationIssue[]): ErrorReply {
  const issue = issues[0]!;
  const params = issue.params ?? {};
  if (issue.keyword === 'unrecognized_keys') {
    const keys = (params['keys'] as string[]).join('、');
    return {
      code: 'INPUT_INVALID',
      message: `不认识的查询参数：${keys.slice(0, 100)}`,
      advice: '请核对参数名称，接口说明见 /api/openapi.json。',
    };
  }
  const name =
    issue.instancePath
      ?.split('/')
      .filter((part) => part !== '')
      .join('.') ?? '';
  return {
    code: 'INPUT_INVALID',
    message: `查询参数 ${name} 的取值不对`,
    advice: `${name} 允许的取值：${allowed(issue.keyword, params)}。`,
  };
}

function allowed(keyword: string | undefined, params: Record<string, unknown>): string {
  if (keyword === 'invalid_value') return (params['values'] as unknown[]).map(String).join('、');
  const unit = params['origin'] === 'string' ? '个字' : '';
  if (keyword === 'too_big') return `不超过 ${String(params['maximum'])}${unit}`;
  if (keyword === 'too_small') return `不少于 ${String(params['minimum'])}${unit}`;
  return params['expected'] === 'int' || params['expected'] === 'number' ? '整数' : '单个文本值';
}

/** A parameter that the schema takes as text and only the handler can check. */
export function wrongParameter(name: string, allowedValues: string): CorrectInput {
  return new CorrectInput(`查询参数 ${name} 的取值不对`, `${name} 允许的取值：${allowedValues}。`, { name });
}
