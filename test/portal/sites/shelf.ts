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

/** Pages come newest first. `now` is asked at each call: the world goes on while it is looked at. */
export function shelfOf(pages: readonly Page[], now: () => LocalMoment): Shelf {
  const lists = new Map<string, Page[]>();
  const byId = new Map<string, Page>();
  for (const page of pages) {
    byId.set(page.externalId, page);
    const list = lists.get(page.channel);
    if (list === undefined) lists.set(page.channel, [page]);
    else list.push(page);
  }
  const published = (list: Page[]): Page[] => {
    const moment = now();
    const first = list.findIndex((page) => page.at <= moment);
    return first === -1 ? [] : first === 0 ? list : list.slice(first);
  };
  return {
    list: (channel) => published(lists.get(channel) ?? []),
    all: (channels) => {
      const wanted = new Set(channels);
      return published(pages.filter((page) => wanted.has(page.channel)));
    },
    find: (externalId) => {
      const page = byId.get(externalId);
      return page !== undefined && page.at <= now() ? page : null;
    },
  };
}

/** Ways in which a site's lists go wrong while it answers in good form. */
export interface ListTricks {
  empty: boolean;
  repeatsFirstPage: boolean;
  /** The total is right, the rows end too early. */
  short: boolean;
}

export const NO_TRICKS: ListTricks = { empty: false, repeatsFirstPage: false, short: false };

/** One page of a list: `total` is what the site says, `rows` what it shows. Pages count from 1. */
export function pageOf<T>(
  rows: readonly T[],
  page: number,
  size: number,
  tricks: ListTricks,
): { rows: T[]; total: number; more: boolean } {
  if (tricks.empty) return { rows: [], total: 0, more: false };
  const shown = tricks.short ? rows.slice(0, Math.floor(rows.length * 0.6)) : rows;
  const start = (tricks.repeatsFirstPage ? 0 : page - 1) * size;
  return { rows: shown.slice(start, start + size), total: rows.length, more: page * size < shown.length };
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
