import iconv from 'iconv-lite';
import { financeArticle, financeList, notFound } from '../pages/furniture.ts';
import { serveStatic } from './articles.ts';
import type { StaticSite } from './articles.ts';
import { plainText } from './shelf.ts';
import type { Reply, Shelf, Site } from './shelf.ts';

const ROBOTS = 'User-agent: *\nDisallow: /admin/\n';

/** GBK bytes; no charset in the header, only in the page's own meta element. */
const gbk = (text: string, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: iconv.encode(text, 'gbk'),
});

const STATIC: StaticSite = {
  columns: [{ channel: 'zfcg', path: '/zfcgxx/', name: '政府采购信息' }],
  flavour: 'word',
  list: financeList,
  article: financeArticle,
  reply: gbk,
};

/** 红河州财政局政府采购信息栏: all kinds and all counties in one column. */
export function hhFinance(shelf: Shelf): Site {
  const views = new Map<string, number>();
  return {
    id: 'hh_finance',
    roleOf: (path) =>
      path === '/robots.txt'
        ? 'robots'
        : /^\/zfcgxx\/(index(_\d+)?\.html)?$/.test(path)
          ? 'list'
          : /^\/zfcgxx\/\d{6}\/\d+\.html$/.test(path)
            ? 'detail'
            : /\.(?:pdf|docx|ZCZBJ)$/.test(path)
              ? 'file'
              : 'other',
    respond(ask) {
      if (ask.path === '/robots.txt') return plainText(ROBOTS);
      return serveStatic(STATIC, shelf, views, ask) ?? gbk(notFound(ask.path), 404);
    },
  };
}
