import { cityArticle, cityList, notFound } from '../pages/furniture.ts';
import { serveStatic } from './articles.ts';
import type { StaticColumn, StaticSite } from './articles.ts';
import { html, plainText } from './shelf.ts';
import type { Shelf, Site } from './shelf.ts';

/** The one site that asks for a pause between requests. */
const ROBOTS = 'User-agent: *\nCrawl-delay: 0.01\nDisallow: /search\nDisallow: /system/\n';

const COLUMNS: StaticColumn[] = [
  { channel: 'gcjs', path: '/ggzyjy/gcjs/', name: '工程建设' },
  { channel: 'zfcg', path: '/ggzyjy/zfcg/', name: '政府采购' },
  { channel: 'tdcr', path: '/ggzyjy/tdcr/', name: '土地出让' },
  { channel: 'cqjy', path: '/ggzyjy/cqjy/', name: '国有产权与竞价' },
];

const STATIC: StaticSite = {
  columns: COLUMNS,
  flavour: 'trs',
  list: cityList,
  article: cityArticle,
  reply: (text, status) => html(text, status),
};

/** 开远市人民政府网: UTF-8 files of a content system. */
export function kyGov(shelf: Shelf): Site {
  const views = new Map<string, number>();
  return {
    id: 'ky_gov',
    roleOf: (path) =>
      path === '/robots.txt'
        ? 'robots'
        : /^\/ggzyjy\/\w+\/(index(_\d+)?\.html)?$/.test(path)
          ? 'list'
          : /^\/ggzyjy\/\w+\/t\d{8}_\d+\.html$/.test(path)
            ? 'detail'
            : /\.(?:pdf|docx|ZCZBJ)$/.test(path)
              ? 'file'
              : 'other',
    respond(ask) {
      if (ask.path === '/robots.txt') return plainText(ROBOTS);
      return serveStatic(STATIC, shelf, views, ask) ?? html(notFound(ask.path), 404);
    },
  };
}
