import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import type { Store } from '../../storage/store.ts';
import type { CaseDesk } from '../cases/case-stage.ts';
import type { Calendar } from '../compliance/calendar.ts';
import type { Archive } from '../model/archive.ts';
import type { CountWorkdays } from '../crawl/silence.ts';
import type { Clock } from '../model/clock.ts';
import type { ReasonCode, RuleId } from '../model/finding.ts';
import type { IndicatorSettings } from '../model/lead.ts';
import type { Policy } from '../model/policy.ts';
import type { SourceDefinition, SourceSettings } from '../model/source.ts';
import type { Loops } from './loops.ts';
import type { Metrics } from './metrics.ts';

/** What the page's reader is told of a rule. */
export interface RuleInfo {
  id: RuleId;
  title: string;
  /** 依据, with its mark where the article was not checked. */
  basis: string;
}

/** What findings are judged by now. */
export interface SettingsInForce {
  policy: Policy;
  calendar: Calendar;
  /** The operator's files say something else, which was not applied; null: they do not. */
  held: {
    /** What was edited and what to do. */
    words: string;
    /** What the files say; null where they cannot be read. */
    files: { policy: Policy; calendar: Calendar } | null;
  } | null;
}

/** What the API answers from. Everything is handed in. */
export interface ApiContext {
  store: Store;
  archive: Archive;
  definitions: readonly SourceDefinition[];
  /** By source id. */
  settings: Readonly<Record<string, SourceSettings>>;
  rules: readonly RuleInfo[];
  /** Limits of the indicators. */
  indicators: IndicatorSettings;
  codeText: (code: ReasonCode) => string;
  countWorkdays: CountWorkdays;
  clock: Clock;
  /** Calendar and deadlines that cases are handled by. */
  desk: Pick<CaseDesk, 'calendar' | 'deadlines'>;
  /** Asked at each request: another process may put an edit in force at any time. */
  settingsInForce: () => Promise<SettingsInForce>;
  newId: () => string;
  /** Links anew what people decided and judges; false: another process is at it, and the decision is heeded after that. */
  relink: () => Promise<boolean>;
  /** Loops of this process; left out where it only serves the page. */
  loops?: Loops;
  /** Answered at /metrics; left out: no such address. */
  metrics?: Metrics;
  /** Columns (`source/channel`) in which the notices a rule asks for would stand; left out: all columns of the project's track. */
  columnsOf?: (rule: RuleId) => readonly string[] | null;
}

export type ApiInstance = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Names of sources and columns; one that is no longer configured is shown by its id. */
export function sourceName(context: ApiContext, sourceId: string): string {
  return definitionOf(context, sourceId)?.name ?? sourceId;
}

export function channelName(context: ApiContext, sourceId: string, channelId: string): string {
  return definitionOf(context, sourceId)?.channels.find((channel) => channel.id === channelId)?.name ?? channelId;
}

/** A sentence in which columns stand by their ids (`yn_ccgp/list`), with the names that people know them by. */
export function inNames(context: ApiContext, text: string): string {
  return text.replace(/\b([a-z]\w*)\/(\w+)\b/g, (id, sourceId: string, channelId: string) => {
    const definition = definitionOf(context, sourceId);
    const channel = definition?.channels.find((one) => one.id === channelId);
    return channel === undefined ? id : `“${definition!.name} ${channel.name}”`;
  });
}

export function definitionOf(context: ApiContext, sourceId: string): SourceDefinition | null {
  return context.definitions.find((definition) => definition.id === sourceId) ?? null;
}

export function ruleInfo(context: ApiContext, id: RuleId): RuleInfo {
  return context.rules.find((rule) => rule.id === id) ?? { id, title: '无适用的公示期规则', basis: '' };
}
