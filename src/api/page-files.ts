import { existsSync } from 'node:fs';
import { join } from 'node:path';

import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ApiInstance } from './context.ts';

/**
 * Serves the built page; every address that is neither a file nor of the API is a place inside the page.
 * What is not there is answered in the shape of all errors.
 */
export function pageFiles(app: ApiInstance, webRoot: string | null): void {
  const built = webRoot !== null && existsSync(join(webRoot, 'index.html'));
  if (built) {
    app.register(fastifyStatic, {
      root: webRoot,
      wildcard: true,
      // Built files carry a digest of their content in the name.
      setHeaders: (reply, path) => {
        void reply.header(
          'cache-control',
          path.includes('assets') ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(reply);
    const path = new URL(request.url, 'http://page.invalid').pathname;
    if (path.startsWith('/api/') || path === '/api') {
      return missing(reply, `没有这个接口：${path.slice(0, 100)}`, '接口说明见 /api/openapi.json。');
    }
    if (!built) return missing(reply, '页面尚未构建', '请先运行 npm run web:build；接口说明见 /api/openapi.json。');
    if (isPlace(path, request)) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return missing(reply, '没有这个文件', '请刷新页面；服务可能已更新。');
  });
}

/** A missing script answered with the page would fail in the browser without a word. */
function isPlace(path: string, request: FastifyRequest): boolean {
  return !path.startsWith('/assets/') && /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*');
}

function missing(reply: FastifyReply, message: string, advice: string): FastifyReply {
  return reply.code(404).send({ code: 'NOT_FOUND', message, advice });
}

function refuseMethod(reply: FastifyReply): FastifyReply {
  return reply
    .code(405)
    .header('allow', 'GET, HEAD')
    .send({ code: 'METHOD_NOT_ALLOWED', message: '本服务只读', advice: '请使用 GET 请求。' });
}
