import { z } from 'zod';

import { errorReply } from '../schemas.ts';

/** Errors that any route may answer with. */
export const FAILURES = {
  400: errorReply.describe('参数不对'),
  404: errorReply.describe('没有该内容'),
  429: errorReply.describe('访问过于频繁'),
  500: errorReply.describe('服务内部错误'),
};

/** Of routes that change something, too. */
export const ACT_FAILURES = {
  ...FAILURES,
  401: errorReply.describe('没有登录'),
  403: errorReply.describe('没有权限，或请求来自其他网站'),
  409: errorReply.describe('案件已由他人先一步处理，或现在的状态不允许；没有保存'),
};

/** Ids are made of addresses of the sites: they are long, and hold slashes that the caller encodes. */
export const idParameter = z.object({ id: z.string().min(1).max(500) });
export const keyParameter = z.object({ key: z.string().min(1).max(500) });
