import { z } from 'zod';

import { errorReply } from '../schemas.ts';

/** Errors that any route may answer with. */
export const FAILURES = {
  400: errorReply.describe('参数不对'),
  404: errorReply.describe('没有该内容'),
  429: errorReply.describe('访问过于频繁'),
  500: errorReply.describe('服务内部错误'),
};

/** Ids are made of addresses of the sites: they are long, and hold slashes that the caller encodes. */
export const idParameter = z.object({ id: z.string().min(1).max(500) });
export const keyParameter = z.object({ key: z.string().min(1).max(500) });
