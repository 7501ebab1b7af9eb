import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import type { FastifyServerOptions } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import type { ApiContext, ApiInstance } from './context.ts';
import { answerError } from './failures.ts';
import { OPENAPI_INFO } from './openapi-info.ts';
import { pageFiles } from './page-files.ts';
import { alertRoutes } from './routes/alerts.ts';
import { archiveRoutes } from './routes/archive.ts';
import { caseRoutes } from './routes/cases.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { findingRoutes } from './routes/findings.ts';
import { healthRoutes } from './routes/health.ts';
import { linkRoutes } from './routes/links.ts';
import { leadRoutes } from './routes/leads.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { noticeRoutes } from './routes/notices.ts';
import { overviewRoutes } from './routes/overview.ts';
import { projectRoutes } from './routes/projects.ts';
import { readyRoutes } from './routes/ready.ts';
import { ruleRoutes } from './routes/rules.ts';
import { sessionRoutes } from './routes/session.ts';
import { simulationRoutes } from './routes/simulations.ts';
import { sourceRoutes } from './routes/sources.ts';

export interface ApiOptions extends ApiContext {
  /** Folder of the built page; null: API only. */
  webRoot: string | null;
  /** Requests to /api a minute and address; a page of the site asks for three or four. Null: no limit. */
  requestsPerMinute?: number | null;
  logger?: FastifyServerOptions['logger'];
}

const REQUESTS_PER_MINUTE = 600;
/** Ids hold encoded addresses. */
const MAX_PARAMETER_LENGTH = 1500;

/** The API and the page. Only cases, links and sessions can be changed, by who is logged in. Listening is the caller's. */
export function buildApi(options: ApiOptions): ApiInstance {
  const app = Fastify({
    logger: options.logger ?? { level: 'error', stream: process.stderr },
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    // Addresses that cannot be read never reach the error handler below.
    frameworkErrors: answerError,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);

  app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The page's component library writes its style sheets into the document.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // The service is often run inside an office network over plain http; TLS and HSTS are the proxy's.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  const perMinute = options.requestsPerMinute === undefined ? REQUESTS_PER_MINUTE : options.requestsPerMinute;
  if (perMinute !== null) {
    app.register(rateLimit, {
      max: perMinute,
      timeWindow: 60_000,
      // Files of the page cost nothing; the watchdog must always be answered.
      allowList: (request) => !request.url.startsWith('/api/'),
    });
  }
  app.register(swagger, { openapi: OPENAPI_INFO, transform: jsonSchemaTransform });
  // Registered as a plugin, so that swagger is there before the first route.
  app.register(async (scope) => {
    const routes = scope.withTypeProvider<ZodTypeProvider>();
    overviewRoutes(routes, options);
    noticeRoutes(routes, options);
    projectRoutes(routes, options);
    linkRoutes(routes, options);
    alertRoutes(routes, options);
    findingRoutes(routes, options);
    leadRoutes(routes, options);
    caseRoutes(routes, options);
    simulationRoutes(routes, options);
    sessionRoutes(routes, options);
    sourceRoutes(routes, options);
    calendarRoutes(routes, options);
    ruleRoutes(routes, options);
    archiveRoutes(routes, options);
    healthRoutes(routes, options);
    readyRoutes(routes, options);
    metricsRoutes(routes, options);
    routes.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  });
  pageFiles(app, options.webRoot);
  return app;
}
