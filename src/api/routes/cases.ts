import { createHash } from 'node:crypto';

import { z } from 'zod';

import { actOnCases, openDoubtCase } from '../../cases/case-stage.ts';
import type { CaseDesk } from '../../cases/case-stage.ts';
import { ledgerOf, MINIMUM_DECIDED } from '../../cases/ledger.ts';
import type { Actor, CaseFile } from '../../model/case.ts';
import { dayOf } from '../../model/day.ts';
import { CorrectInput } from '../../model/errors.ts';
import type { User } from '../../model/user.ts';
import { attachmentType, MAX_ATTACHMENT_BYTES, plainName } from '../attachment-type.ts';
import { caseChoicesReply, caseDetailReply, caseSummaryReply } from '../case-replies.ts';
import {
  attachmentQuery,
  caseChoices,
  caseDetail,
  caseQuery,
  caseSteps,
  caseSummary,
  doubtCase,
  ledger,
  numberParameter,
} from '../case-schemas.ts';
import { ruleInfo, sourceName } from '../context.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { NotFound } from '../failures.ts';
import { judgedProjectsReply } from '../judged-replies.ts';
import { page } from '../schemas.ts';
import { actingUser } from '../session.ts';
import { evidenceSheet } from '../sheet/sheet.ts';
import { ACT_FAILURES, FAILURES } from './route.ts';

const SHEET_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Steps that decide nothing: whoever keeps the program running may take them too. */
const SHARED_STEPS: readonly string[] = ['commented', 'acknowledged'];

export function caseRoutes(app: ApiInstance, context: ApiContext): void {
  const { store, clock } = context;
  // Days are counted as findings are: an edited calendar waits here, too.
  const deskNow = async (): Promise<CaseDesk> => {
    const { calendar } = await context.settingsInForce();
    return { ...context.desk, calendar, store, clock };
  };
  const caseUnder = async (number: string): Promise<CaseFile> => {
    const file = await store.cases.get(number);
    if (file === null) throw new NotFound('案件', number, '请核对编号，或从案件列表打开。');
    return file;
  };

  app.get(
    '/api/cases',
    {
      schema: {
        summary: '案件，最近立案的在前',
        tags: ['案件'],
        querystring: caseQuery.strict(),
        response: { 200: page(caseSummary), ...FAILURES },
      },
    },
    async (request) => {
      const { q, news, source, replyOverdue, ...rest } = request.query;
      const query = {
        ...rest,
        text: q,
        news: news === undefined ? undefined : news === 'true',
        sourceId: source,
        replyBefore: replyOverdue === undefined ? undefined : dayOf(clock.now()),
      };
      const [found, total] = [await store.cases.search(query), await store.cases.count(query)];
      const items = found.items.map((file) => caseSummaryReply(context, file));
      return { items, nextCursor: found.nextCursor, total };
    },
  );

  app.get(
    '/api/cases/choices',
    {
      schema: {
        summary: '案件可按哪些来源、代理机构、原因筛选',
        tags: ['案件'],
        response: { 200: caseChoices, ...FAILURES },
      },
    },
    () => caseChoicesReply(context),
  );

  app.post(
    '/api/cases',
    {
      schema: {
        summary: '就一项无法判定的结论立存疑案：不是违法认定，不计入违规',
        tags: ['案件'],
        body: doubtCase,
        response: { 200: caseSummary, ...ACT_FAILURES },
      },
    },
    async (request) => {
      const user = await actingUser(context, request, ['supervisor']);
      const { finding, note } = request.body;
      return caseSummaryReply(context, await openDoubtCase(await deskNow(), { name: user.name, note }, finding));
    },
  );

  app.get(
    '/api/cases/:number',
    {
      schema: {
        summary: '一个案件：状态、期限、经过与所依据的告警',
        tags: ['案件'],
        params: numberParameter,
        response: { 200: caseDetail, ...FAILURES, 503: FAILURES[500] },
      },
    },
    async (request) => caseDetailReply(context, await caseUnder(request.params.number)),
  );

  app.post(
    '/api/cases/steps',
    {
      schema: {
        summary: '办理一个或一批案件：全部办成，或一个也不办',
        tags: ['案件'],
        body: caseSteps,
        response: { 200: z.array(caseSummary), ...ACT_FAILURES },
      },
    },
    async (request) => {
      const { cases, command } = request.body;
      const shared = SHARED_STEPS.includes(command.action);
      const user = await actingUser(context, request, shared ? ['supervisor', 'operator'] : ['supervisor']);
      if (command.action === 'assigned' && command.to !== null) await refuseUnknown(context, command.to);
      const expected = new Map(cases.map(({ number, version }) => [number, version]));
      const files = await actOnCases(await deskNow(), actorOf(user), expected, command);
      return files.map((file) => caseSummaryReply(context, file));
    },
  );

  app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: MAX_ATTACHMENT_BYTES },
      (_request, body, done) => done(null, body),
    );
    (scope as ApiInstance).post(
      '/api/cases/:number/attachments',
      {
        bodyLimit: MAX_ATTACHMENT_BYTES,
        schema: {
          summary: '附上文件（PDF、PNG、JPG、DOCX、XLSX，不超过 5 MB），以 application/octet-stream 送出',
          tags: ['案件'],
          params: numberParameter,
          querystring: attachmentQuery,
          response: { 200: caseSummary, ...ACT_FAILURES, 413: FAILURES[400] },
        },
      },
      async (request) => {
        const user = await actingUser(context, request, ['supervisor', 'operator']);
        const file = await caseUnder(request.params.number);
        const bytes = request.body;
        if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
          throw new CorrectInput('没有收到文件内容', '请选择一个不为空的文件。');
        }
        const { version, note } = request.query;
        const name = plainName(request.query.name);
        const type = attachmentType(name, bytes);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        // The bytes first: an event never names a file that is not there.
        await store.cases.putAttachment(sha256, bytes);
        const command = { action: 'attached', name, type, size: bytes.length, sha256, note } as const;
        const [after] = await actOnCases(await deskNow(), actorOf(user), new Map([[file.number, version]]), command);
        return caseSummaryReply(context, after!);
      },
    );
  });

  app.get(
    '/api/cases/:number/attachments/:sha256',
    {
      schema: {
        summary: '下载附件',
        tags: ['案件'],
        params: numberParameter.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
        response: {
          200: { description: '附件内容', content: { 'application/octet-stream': { schema: z.any() } } },
          ...FAILURES,
        },
      },
    },
    async (request, reply) => {
      const { number, sha256 } = request.params;
      const steps = (await store.cases.events(number)).map(({ step }) => step);
      const step = steps.find((one) => one.action === 'attached' && one.sha256 === sha256);
      const bytes = step === undefined ? null : await store.cases.attachment(sha256);
      if (step?.action !== 'attached' || bytes === null) throw new NotFound('附件', sha256);
      return reply
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(step.name)}`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .type('application/octet-stream')
        .send(Buffer.from(bytes));
    },
  );

  for (const [kind, writer] of [
    // Loaded when first asked for: the two libraries take memory that crawling and lists do without.
    ['docx', async () => (await import('../sheet/docx.ts')).sheetDocx],
    ['xlsx', async () => (await import('../sheet/xlsx.ts')).sheetXlsx],
  ] as const) {
    app.get(
      `/api/cases/:number/sheet.${kind}`,
      {
        schema: {
          summary: `核查单（${kind === 'docx' ? 'Word' : 'Excel'}）`,
          tags: ['案件'],
          params: numberParameter,
          response: {
            200: { description: '核查单', content: { [SHEET_TYPES[kind]]: { schema: z.any() } } },
            ...FAILURES,
          },
        },
      },
      async (request, reply) => {
        const file = await caseDetailReply(context, await caseUnder(request.params.number));
        const write = await writer();
        const bytes = await write(await evidenceSheet(context, file));
        return reply
          .header(
            'content-disposition',
            `attachment; filename*=UTF-8''${encodeURIComponent(`核查单-${file.number}.${kind}`)}`,
          )
          .header('x-content-type-options', 'nosniff')
          .type(SHEET_TYPES[kind])
          .send(bytes);
      },
    );
  }

  app.get(
    '/api/ledger',
    {
      schema: {
        summary: '准确率台账：确认与排除，按规则、来源、代理机构',
        tags: ['案件'],
        response: { 200: ledger, ...FAILURES },
      },
    },
    async () => {
      const judged = await store.findings.judged();
      const { byRule, bySource, byAgency, doubts } = await ledgerOf(store.cases.all());
      return {
        minimum: MINIMUM_DECIDED,
        byRule: byRule.map((row) => {
          const rule = row.name as CaseFile['rule'];
          return { ...row, name: ruleInfo(context, rule).title, projects: judgedProjectsReply(context, judged, rule) };
        }),
        bySource: bySource.map((row) => ({ ...row, name: sourceName(context, row.name) })),
        byAgency,
        doubts,
      };
    },
  );
}

function actorOf(user: User): Actor {
  return { kind: 'person', name: user.name };
}

async function refuseUnknown({ store }: ApiContext, name: string): Promise<void> {
  const user = await store.users.get(name);
  if (user !== null && user.disabledAt === null) return;
  throw new CorrectInput(`没有账号 ${name.slice(0, 40)}，或已停用`, '请指派给现有的账号。', { name });
}
