import type { LocalDay, LocalMoment } from './day.ts';
import type { Oddity } from './incident.ts';
import type { AttachmentLink, FieldName, NoticeKind, NoticeReading, Track } from './notice.ts';

/** What part of a source a request asks for. */
export type RequestRole = 'warmup' | 'list' | 'detail' | 'attachments' | 'attachment';

/** One HTTP request a source wants made. Plain data: it is stored in the frontier. */
export interface SourceRequest {
  /** Unique within a run of the source; the frontier refuses a second one. e.g. `list:zbgg:2`, `detail:516af8c0`. */
  key: string;
  channelId: string;
  role: RequestRole;
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  /** At most one of the two. */
  json?: unknown;
  form?: Record<string, string>;
  /** What the reply must be; anything else is WRONG_CONTENT_TYPE. */
  expects: 'json' | 'html' | 'file';
  /** Page number of a list request, from 1. */
  page?: number;
  /** List requests: the days asked for. It tells whether an empty list is credible and where following pages ends. */
  window?: CrawlWindow;
  /** What the list said about a detail page. */
  row?: ListRowFacts;
  /** Attachments: the notice they belong to, and how far its files are. */
  attachment?: AttachmentTask;
}

/** The files of one notice are fetched one after the other; the notice is read when the last is there. */
export interface AttachmentTask {
  externalId: string;
  /** Archive record of the notice's page. */
  detailArchiveId: string;
  /** The file that this request is for; null where it asks which files there are. */
  link: AttachmentLink | null;
  /** Files after this one. */
  rest: AttachmentLink[];
  /** Files before this one, with what became of them. */
  done: AttachmentLink[];
}

/** What a list row states of the notice behind it. */
export interface ListRowFacts {
  externalId: string;
  title: string;
  /** As the list prints it, normalised to a local day or moment; null where the list has none. */
  publishDate: LocalDay | LocalMoment | null;
  /** Region as the list names it. */
  region: string | null;
  /** Whatever else the site's row carries that the detail parser needs. */
  extra?: Record<string, string | number | null>;
}

/** One reply, whole. Parsers are pure functions of it. */
export interface FetchedPage {
  request: SourceRequest;
  /** Final address after redirects inside the source. */
  url: string;
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  bytes: Uint8Array;
}

export interface ListRow extends ListRowFacts {
  /** False: belongs to another region and is passed over (counted). Null: the list cannot tell, the detail decides. */
  inRegion: boolean | null;
  detail: SourceRequest;
}

export interface ListReading {
  role: 'list';
  rows: ListRow[];
  /** Rows that the site is known to plant (fixed demonstration rows, test titles), passed over by name. */
  passedOver: { reason: string; count: number }[];
  /** The site's own count of rows for this query; null where it gives none. */
  total: number | null;
  /** The count as this page prints it, whether or not the list is read to its end; left out where it prints none. */
  printedTotal?: number | null;
  /** Further list pages to ask for. Empty at the end. */
  next: SourceRequest[];
  /**
   * Set where the site shows only its newest rows (no paging without a captcha):
   * the list proves nothing about days before this one.
   */
  reachesBackTo: LocalDay | null;
  /**
   * Set where the page is the list as the source knows it, and shows no row of whatever day. Whether that is believed
   * is decided when the run has ended: see `acceptRun`.
   */
  emptied?: true;
}

export interface DetailReading {
  role: 'detail';
  externalId: string;
  /** The public address a person would open. */
  publicUrl: string;
  /** Null: the page is of another region and is not kept. */
  notice: NoticeReading | null;
  attachments: AttachmentLink[];
  /** The call that tells which files hang on the notice, where the page itself does not. */
  attachmentList?: SourceRequest;
  /** What the page holds that its source does not know; it was read all the same. */
  oddities?: Oddity[];
}

/** The files that a site files apart from the notice's page. */
export interface AttachmentsReading {
  role: 'attachments';
  attachments: AttachmentLink[];
}

export interface WarmupReading {
  role: 'warmup';
}

export type PageReading = ListReading | DetailReading | AttachmentsReading | WarmupReading;

/** A column of a site. */
export interface Channel {
  id: string;
  /** The column's name as the site prints it. */
  name: string;
  track: Track;
  /** The kind of notice that the site files here; null where it mixes kinds. Evidence only: the title may say otherwise. */
  kind: NoticeKind | null;
  /** Why an empty list is possible here; null: an empty list over an open window is a failure. */
  mayBeEmpty: string | null;
}

/** Fields that a source can vouch for. */
export const ASSERTED_FIELDS = ['projectCode', 'purchaser', 'publishDate', 'amount'] as const satisfies FieldName[];

/** The share of a source's notices that carry a field. Below it the site has changed or the parsers do not fit it. */
export interface FieldAssertion {
  field: (typeof ASSERTED_FIELDS)[number];
  /** Columns and kinds of notices it holds for; left out: all. */
  channels?: readonly string[];
  kinds?: readonly NoticeKind[];
  /** 0–1 */
  atLeast: number;
  reason: string;
}

/** Local days, both included; null = open. */
export interface CrawlWindow {
  since: LocalDay | null;
  until: LocalDay | null;
}

/** How gently a source is asked, each number with its reason. */
export interface Pace {
  /** Milliseconds between the starts of two requests to one host. */
  minIntervalMs: number;
  reason: string;
}

/**
 * Whether notices that are read again are asked for only if they have changed (RFC 9110 §13), by what the site gave to
 * recognise them. Lists never are: absence is concluded from them. The weekly sweep asks for everything whole.
 */
export interface ConditionalRequests {
  use: boolean;
  reason: string;
}

/** When a source is asked, in Beijing time. */
export interface Schedule {
  /** Five-field cron: the days of the overlap are read. */
  visits: string;
  /** Five-field cron: every list is read from its beginning. */
  sweep: string;
  /** Days before the last accepted run that a visit reads again. */
  overlapDays: number;
  /** A visit comes up to so many minutes later than its moment, so that not every installation asks at the same minute. */
  jitterMinutes: number;
  reason: string;
}

/** What an operator may set for a source in config/sources.yaml. */
export interface SourceSettings {
  enabled: boolean;
  /** Base address, no trailing slash. */
  address: string;
  pace: Pace;
  timeoutMs: number;
  maxBodyBytes: number;
  /** Overrides the decoder's own rule. */
  charset: 'utf-8' | 'gb18030' | null;
  /** Hours (0–24, local) in which nothing is fetched: `[from, to)`, null = none. */
  quietHours: { from: number; to: number } | null;
  /** Hosts beside the source's own from which attached files are fetched. */
  attachmentHosts: string[];
  /** Labels and sections that the operator has looked at and that need no field. */
  acceptedWords: string[];
  schedule: Schedule;
  conditionalRequests: ConditionalRequests;
  /** The source's own options, checked by its definition. */
  options: Record<string, unknown>;
}

/** Region that the operator watches. */
export interface Region {
  /** 532502 */
  code: string;
  /** 开远市 */
  name: string;
  /** Words that mark a title, buyer or platform as of this region: 开远. */
  words: string[];
}

/** A source as its folder under crawlers/ describes it. */
export interface SourceDefinition {
  id: string;
  name: string;
  owner: string;
  /** Public home page, for people. */
  homepage: string;
  /** The address the settings start from. */
  address: string;
  channels: readonly Channel[];
  /** What share of its notices must carry which field, each with its reason. */
  assertions: readonly FieldAssertion[];
  /** How often it is worth asking, for people. */
  cadence: string;
  defaults: Omit<SourceSettings, 'enabled' | 'address' | 'options' | 'acceptedWords' | 'attachmentHosts'>;
  /** In words: how rows of the operator's region are told from others. */
  regionFilter: string;
  /**
   * Makes the source for these settings. Throws `FixConfiguration` when an option is wrong.
   * Pure: no network, no store, no clock.
   */
  create(settings: SourceSettings, region: Region): SourceAdapter;
}

/** A source ready to be crawled: requests out, readings in. */
export interface SourceAdapter {
  readonly definition: SourceDefinition;
  readonly settings: SourceSettings;
  /** First requests of a channel for a window. */
  start(channel: Channel, window: CrawlWindow): SourceRequest[];
  /**
   * bytes → reading. Throws `SiteFailure` named by what is wrong with the page
   * (LIST_EMPTY, LIST_STRUCTURE_CHANGED, FIELD_MISSING, UNKNOWN_COLUMN, SITE_ERROR …); an absence is never silent.
   */
  read(page: FetchedPage): PageReading;
}
