import type { Page } from '../model.ts';
import { attachmentName, bodyHtml, endingOf } from '../pages/body.ts';
import type { Flavour } from '../pages/document.ts';
import { fileReply } from '../pages/files.ts';
import type { Article, ListPage } from '../pages/furniture.ts';
import { notFound } from '../pages/furniture.ts';
import { pageOf } from './shelf.ts';
import type { Ask, Reply, Shelf } from './shelf.ts';
import { secondsOf } from './times.ts';

/** Sites made of static files: index.html, index_1.html … and one file an article. */
export interface StaticColumn {
  channel: string;
  /** With slashes at both ends. */
  path: string;
  name: string;
}

export interface StaticSite {
  columns: StaticColumn[];
  flavour: Flavour;
  list(page: ListPage): string;
  article(article: Article): string;
  /** Text → reply in the site's own charset. */
  reply(text: string, status?: number): Reply;
}

const ROWS = 20;

/** Answers a list page, an article or a file; null where the path is none of them. */
export function serveStatic(site: StaticSite, shelf: Shelf, views: Map<string, number>, ask: Ask): Reply | null {
  const column = site.columns.find((one) => ask.path.startsWith(one.path));
  if (column === undefined) return null;
  const rest = ask.path.slice(column.path.length);
  const index = /^(?:index(?:_(\d+))?\.html)?$/.exec(rest);
  if (index !== null) return listPage(site, column, shelf, Number(index[1] ?? 0) + 1, ask);
  const id = ask.path.slice(1);
  const page = shelf.find(id.replace(/\.(?:pdf|docx|ZCZBJ)$/, '.html'));
  if (page === null || page.channel !== column.channel) return site.reply(notFound(ask.path), 404);
  if (!id.endsWith('.html'))
    return id.endsWith(`.${endingOf(page)}`) ? fileReply(page) : site.reply(notFound(ask.path), 404);
  const article = articleOf(site, column, page, views);
  return { ...site.reply(site.article(article)), mark: JSON.stringify({ ...article, views: null }) };
}

function listPage(site: StaticSite, column: StaticColumn, shelf: Shelf, number: number, ask: Ask): Reply {
  const shelved = shelf.list(column.channel);
  const page = pageOf(shelved, number, ROWS, ask.tricks);
  if (page.rows.length === 0 && number > 1) return site.reply(notFound(ask.path), 404);
  return site.reply(
    site.list({
      column: column.name,
      rows: page.rows.map((row) => ({
        href: `./${row.externalId.slice(column.path.length - 1)}`,
        title: row.title,
        day: row.at.slice(0, 10),
      })),
      total: page.total,
      page: number,
      pages: Math.max(1, Math.ceil(page.total / ROWS)),
      next: page.more ? `index_${number}.html` : null,
    }),
  );
}

function articleOf(site: StaticSite, column: StaticColumn, page: Page, views: Map<string, number>): Article {
  // The counter moves with every visit: a change that is none.
  const seen = (views.get(page.externalId) ?? Number(secondsOf(page.externalId)) * 7) + 1;
  views.set(page.externalId, seen);
  const name = attachmentName(page);
  const { project } = page.notice;
  return {
    column: column.name,
    title: page.title,
    time: page.at.replace('T', ' '),
    origin:
      project.track === 'land' || project.track === 'asset'
        ? project.purchaser.name
        : (project.agency?.name ?? project.purchaser.name),
    views: seen,
    body: bodyHtml(page, site.flavour),
    attachment:
      name === null
        ? null
        : { href: `./${(page.externalId.split('/').at(-1) ?? '').replace(/\.html$/, `.${endingOf(page)}`)}`, name },
  };
}
