import type { LocalMoment } from '../../../src/model/day.ts';
import type { Page, SiteId } from '../model.ts';

/** One site's pages, and which of them are there at a moment. */
export interface Shelf {
  /** Pages of a list, newest first, published by now. */
  list(channel: string): Page[];
  /** Pages of several lists together, newest first. */
  all(channels: readonly string[]): Page[];
  /** The page of an id, once it is published. */
  find(externalId: string): Page | null;
}

/** What is wrong with a site's lists while their form is right. */
export interface ListView {
  /** Left out of the lists; the pages themselves are there. */
  hides(page: Page): boolean;
  /** Stands before all others of its list. */
  extra(channel: string): Page[];
}

/**
 * Pages come newest first. `now` is asked at each call: the world goes on while it is looked at.
 * @param as the page as it is at a moment, null where it is not there; left out: there from its publication on
 * @param view what the lists show at a moment; null: everything
 */
export function shelfOf(
  pages: readonly Page[],
  now: () => LocalMoment,
  as?: (page: Page, moment: LocalMoment) => Page | null,
  view: () => ListView | null = () => null,
): Shelf {
  const lists = new Map<string, Page[]>();
  const byId = new Map<string, Page>();
  for (const page of pages) {
    byId.set(page.externalId, page);
    const list = lists.get(page.channel);
    if (list === undefined) lists.set(page.channel, [page]);
    else list.push(page);
  }
  const pageAt = as ?? ((page: Page, moment: LocalMoment) => (page.at <= moment ? page : null));
  const published = (list: readonly Page[]): Page[] => {
    const moment = now();
    const shown = view();
    if (as === undefined && shown === null) {
      const first = list.findIndex((page) => page.at <= moment);
      return first === -1 ? [] : list.slice(first);
    }
    return list.flatMap((page) => {
      const there = pageAt(page, moment);
      return there === null || shown?.hides(page) === true ? [] : [there];
    });
  };
  const withExtra = (channel: string, list: Page[]): Page[] => [...(view()?.extra(channel) ?? []), ...list];
  return {
    list: (channel) => withExtra(channel, published(lists.get(channel) ?? [])),
    all: (channels) => {
      const wanted = new Set(channels);
      return published(pages.filter((page) => wanted.has(page.channel)));
    },
    find: (externalId) => {
      const page = byId.get(externalId);
      return page === undefined ? null : pageAt(page, now());
    },
  };
}

/** Ways in which a site's lists go wrong while it answers in good form. */
export interface ListTricks {
  empty: boolean;
  repeatsFirstPage: boolean;
  /** The total is right, the rows end too early. */
  short: boolean;
  /** The newest row is taken down before this page is asked for. */
  shifted: boolean;
}

export const NO_TRICKS: ListTricks = { empty: false, repeatsFirstPage: false, short: false, shifted: false };

/** One page of a list: `total` is what the site says, `rows` what it shows. Pages count from 1. */
export function pageOf<T>(
  rows: readonly T[],
  page: number,
  size: number,
  tricks: ListTricks,
): { rows: T[]; total: number; more: boolean } {
  if (tricks.empty) return { rows: [], total: 0, more: false };
  const there = tricks.shifted && page > 1 ? rows.slice(1) : rows;
  const shown = tricks.short ? there.slice(0, Math.floor(there.length * 0.6)) : there;
  const start = (tricks.repeatsFirstPage ? 0 : page - 1) * size;
  return { rows: shown.slice(start, start + size), total: there.length, more: page * size < shown.length };
}

/** What the portal hands to a site. */
export interface Ask {
  method: string;
  /** Decoded path without the query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  /** The body as sent. */
  body: string;
  tricks: ListTricks;
}

export type Role = 'robots' | 'warmup' | 'list' | 'detail' | 'file' | 'other';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
  /** What the page says, its counter left out: by this the site recognises it. */
  mark?: string;
}

/** A site of the bench: pure but for its sessions and counters. */
export interface Site {
  id: SiteId;
  /** What a request is for, told from its path alone: faults aim by it. */
  roleOf(path: string): Role;
  respond(ask: Ask): Reply;
}

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
  body: JSON.stringify(value),
});

export const html = (text: string, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: text,
});

export const plainText = (text: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: text,
});

/** The body as a JSON object; null where it is none. */
export function jsonBody(ask: Ask): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(ask.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Whole number from 1 to `max`, else the fallback. */
export function count(value: unknown, fallback: number, max: number): number {
  const n =
    typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : Number.NaN;
  return Number.isInteger(n) && n >= 1 ? Math.min(n, max) : fallback;
}

export const string = (value: unknown): string => (typeof value === 'string' ? value : '');
