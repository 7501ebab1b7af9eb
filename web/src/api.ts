import type {
  CaseChoicesReply,
  CaseDetailReply,
  CaseStepsBody,
  CaseSummaryReply,
  DoubtCaseBody,
  LedgerReply,
  SessionReply,
} from '../../src/api/case-schemas.ts';
import type { SimulationReply, SimulationTry } from '../../src/api/simulation-schemas.ts';
import type { LinkDecidedReply, LinkWordBody, SuggestedProjectReply } from '../../src/api/link-schemas.ts';
import type {
  AlertDetailReply,
  AlertSummaryReply,
  CalendarMonthReply,
  FindingReasonReply,
  FindingRowReply,
  IndicatorReply,
  LeadReply,
  NoticeDetailReply,
  NoticeSummaryReply,
  Overview,
  PageReply,
  ProjectDetailReply,
  ProjectSummaryReply,
  RuleListReply,
  RunSummaryReply,
  SourceHealthReply,
  SourceStatusReply,
} from '../../src/api/schemas.ts';

/** A request failed; `message` and `advice` are for the reader. `status` 0: no answer at all. */
export class ApiFailure extends Error {
  readonly code: string;
  readonly advice: string;
  readonly status: number;

  constructor(status: number, code: string, message: string, advice: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
    this.advice = advice;
  }
}

export type Query = Record<string, string | number | undefined>;

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

async function get<T>(path: string, signal: AbortSignal, query: Query = {}): Promise<T> {
  return ask<T>(withQuery(path, query), { signal, headers: { accept: 'application/json' } });
}

/** Something is changed, in the name of who is logged in. */
async function send<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const json =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return ask<T>(path, { method, ...json });
}

async function ask<T>(address: string, init: RequestInit): Promise<T> {
  let reply: Response;
  try {
    reply = await fetch(address, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    const advice = '请确认网络正常、服务正在运行（gongshi serve），然后重试。';
    throw new ApiFailure(0, 'NO_ANSWER', '无法连接服务', advice, cause);
  }
  const body = await readJson(reply);
  if (!reply.ok) throw failureOf(reply.status, body);
  return body as T;
}

async function readJson(reply: Response): Promise<unknown> {
  try {
    return await reply.json();
  } catch (cause) {
    const advice = '返回的不是数据，服务可能正在重启或地址被代理改写；请稍后重试，反复出现请联系管理员。';
    throw new ApiFailure(reply.status, 'NOT_JSON', `服务返回了无法读取的内容（${reply.status}）`, advice, cause);
  }
}

function failureOf(status: number, body: unknown): ApiFailure {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const words = (key: string, otherwise: string) => {
    const value = said[key];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  return new ApiFailure(
    status,
    words('code', `HTTP_${status}`),
    words('message', `服务返回错误（${status}）`),
    words('advice', '请稍后重试；反复出现请联系管理员。'),
  );
}

const id = encodeURIComponent;

/** Every route of the API that the page reads. */
export const api = {
  overview: (signal: AbortSignal) => get<Overview>('/api/overview', signal),
  notices: (query: Query, signal: AbortSignal) => get<PageReply<NoticeSummaryReply>>('/api/notices', signal, query),
  notice: (noticeId: string, signal: AbortSignal) => get<NoticeDetailReply>(`/api/notices/${id(noticeId)}`, signal),
  projects: (query: Query, signal: AbortSignal) => get<PageReply<ProjectSummaryReply>>('/api/projects', signal, query),
  suggestions: (query: Query, signal: AbortSignal) =>
    get<PageReply<SuggestedProjectReply>>('/api/link-suggestions', signal, query),
  project: (projectId: string, signal: AbortSignal) =>
    get<ProjectDetailReply>(`/api/projects/${id(projectId)}`, signal),
  alerts: (query: Query, signal: AbortSignal) => get<PageReply<AlertSummaryReply>>('/api/alerts', signal, query),
  findings: (query: Query, signal: AbortSignal) => get<PageReply<FindingRowReply>>('/api/findings', signal, query),
  reasons: (signal: AbortSignal) => get<FindingReasonReply[]>('/api/findings/reasons', signal),
  alert: (key: string, signal: AbortSignal) => get<AlertDetailReply>(`/api/alerts/${id(key)}`, signal),
  leads: (query: Query, signal: AbortSignal) => get<PageReply<LeadReply>>('/api/leads', signal, query),
  indicators: (signal: AbortSignal) => get<IndicatorReply[]>('/api/indicators', signal),
  sources: (signal: AbortSignal) => get<SourceStatusReply[]>('/api/sources', signal),
  runs: (sourceId: string, signal: AbortSignal) => get<RunSummaryReply[]>(`/api/sources/${id(sourceId)}/runs`, signal),
  cases: (query: Query, signal: AbortSignal) => get<PageReply<CaseSummaryReply>>('/api/cases', signal, query),
  caseChoices: (signal: AbortSignal) => get<CaseChoicesReply>('/api/cases/choices', signal),
  case: (number: string, signal: AbortSignal) => get<CaseDetailReply>(`/api/cases/${id(number)}`, signal),
  ledger: (signal: AbortSignal) => get<LedgerReply>('/api/ledger', signal),
  session: (signal: AbortSignal) => get<SessionReply>('/api/session', signal),
  health: (sourceId: string, signal: AbortSignal) =>
    get<SourceHealthReply>(`/api/sources/${id(sourceId)}/health`, signal),
  rules: (signal: AbortSignal) => get<RuleListReply>('/api/rules', signal),
  calendar: (month: string, asOf: string, signal: AbortSignal) =>
    get<CalendarMonthReply>(`/api/calendar/${id(month)}`, signal, { asOf }),
};

/** Every change that the page makes. */
export const act = {
  signIn: (name: string, password: string) => send<SessionReply>('POST', '/api/session', { name, password }),
  signOut: () => send<SessionReply>('DELETE', '/api/session'),
  steps: (body: CaseStepsBody) => send<CaseSummaryReply[]>('POST', '/api/cases/steps', body),
  openDoubt: (body: DoubtCaseBody) => send<CaseSummaryReply>('POST', '/api/cases', body),
  simulate: (body: SimulationTry) => send<SimulationReply>('POST', '/api/simulations', body),
  link: (body: LinkWordBody) => send<LinkDecidedReply>('POST', '/api/links', body),
  withdrawLink: (decisionId: string, reason: string) =>
    send<LinkDecidedReply>('POST', `/api/links/${id(decisionId)}/withdrawal`, { reason }),
  attach: (number: string, version: number, file: File) =>
    ask<CaseSummaryReply>(withQuery(`/api/cases/${id(number)}/attachments`, { version, name: file.name }), {
      method: 'POST',
      body: file,
      headers: { 'content-type': 'application/octet-stream' },
    }),
};

/** Addresses that the reader opens. */
export const attachmentFile = (number: string, sha256: string): string =>
  `/api/cases/${id(number)}/attachments/${sha256}`;
export const sheetFile = (number: string, kind: 'docx' | 'xlsx'): string => `/api/cases/${id(number)}/sheet.${kind}`;
export const archivedPage = (archiveId: string, words?: string): string =>
  `/api/archive/${id(archiveId)}/page${words === undefined ? '' : `?mark=${id(words.slice(0, 500))}#mark`}`;
export const archivedBytes = (archiveId: string): string => `/api/archive/${id(archiveId)}/bytes`;

/** Addresses inside the page. */
export const noticePath = (noticeId: string): string => `/notices/${id(noticeId)}`;
export const projectPath = (projectId: string): string => `/projects/${id(projectId)}`;
export const alertPath = (key: string): string => `/alerts/${id(key)}`;
export const findingsPath = (rule: string): string => `/findings?rule=${id(rule)}`;
export const rulePath = (rule: string): string => `/rules?q=${id(rule)}`;
export const agencyCasesPath = (agency: string): string => `/cases?agency=${id(agency)}`;
export const casePath = (number: string): string => `/cases/${id(number)}`;
