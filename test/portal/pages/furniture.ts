import { escapeHtml } from './document.ts';

/** What stands around a notice on the two offices' own sites, and the pages that list notices. */
interface ListRow {
  href: string;
  title: string;
  day: string;
}

export interface ListPage {
  column: string;
  rows: ListRow[];
  total: number;
  /** Pages from 1; `next` null on the last. */
  page: number;
  pages: number;
  next: string | null;
}

export interface Article {
  column: string;
  title: string;
  /** 2026-03-16 09:30 */
  time: string;
  origin: string;
  views: number;
  body: string;
  attachment: { href: string; name: string } | null;
}

/** Nobody may take the bench for the office. */
const DISCLAIMER = '本站为公示系统自带的演示站点，内容为虚构，不是真实公告。';

const cut = (title: string, length: number): string =>
  [...title].length > length ? `${[...title].slice(0, length).join('')}…` : title;

const cityFrame = (title: string, inner: string): string => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="SiteName" content="开远市人民政府"><title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/images/style.css"></head><body>
<div class="top"><div class="w1200"><a href="/">开远市人民政府</a><span class="wza">无障碍阅读</span><form action="/search"><input name="q" placeholder="请输入关键字"></form></div></div>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xwzx/">新闻中心</a></li><li><a href="/xxgk/">政务公开</a></li><li><a href="/zwfw/">政务服务</a></li><li><a href="/ggzyjy/">公共资源交易</a></li></ul></div>
${inner}
<div class="footer"><p>主办：开远市人民政府办公室\u3000承办：开远市政务服务管理局</p><p class="demo">${DISCLAIMER}</p></div>
</body></html>`;

const cityMenu = `<div class="xw-main-right rf"><ul class="menu"><li><a href="/ggzyjy/gcjs/">工程建设</a></li><li><a href="/ggzyjy/zfcg/">政府采购</a></li><li><a href="/ggzyjy/tdcr/">土地出让</a></li><li><a href="/ggzyjy/cqjy/">国有产权与竞价</a></li></ul></div>`;

/** 开远市人民政府网, a column's list page. */
export function cityList(list: ListPage): string {
  const rows = list.rows
    .map(
      (row) =>
        `<li><a href="${row.href}" title="${escapeHtml(row.title)}" target="_blank">${escapeHtml(cut(row.title, 38))}</a><span>${row.day}</span></li>`,
    )
    .join('\n');
  return cityFrame(
    `${list.column} - 开远市人民政府`,
    `<div class="xw-main"><div class="place">您的位置：<a href="/">首页</a> &gt; 公共资源交易 &gt; ${list.column}</div>
<div class="xw-main-left lf"><ul>
${rows}
</ul><div class="page"><em>共 ${list.total} 条</em><em>第 ${list.page}/${list.pages} 页</em>${list.next === null ? '' : `<a class="next" href="${list.next}">下一页</a>`}</div></div>${cityMenu}</div>`,
  );
}

/** 开远市人民政府网, an article. */
export function cityArticle(article: Article): string {
  return cityFrame(
    article.title,
    `<div class="xw-main"><div class="place">您的位置：<a href="/">首页</a> &gt; 公共资源交易 &gt; ${article.column}</div>
<div class="article"><h1>${escapeHtml(article.title)}</h1>
<div class="info"><span class="time">发布时间：${article.time}</span><span class="from">来源：${escapeHtml(article.origin)}</span><span class="views">浏览次数：${article.views}</span><span class="print">【打印】【关闭】</span></div>
<div class="content TRS_Editor">
${article.body}</div>
${article.attachment === null ? '' : `<div class="attach">附件：<a href="${article.attachment.href}">${escapeHtml(article.attachment.name)}</a></div>`}
</div>${cityMenu}</div>`,
  );
}

/** The charset stands in the meta element alone: the server sends none. */
const financeFrame = (
  title: string,
  inner: string,
): string => `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>${escapeHtml(title)}</title></head>
<body bgcolor="#FFFFFF" topmargin="0">
<table width="1000" align="center" class="banner"><tr><td><img src="/images/top.jpg" alt="红河州财政局"></td></tr>
<tr><td class="menu"><a href="/">网站首页</a>&nbsp;|&nbsp;<a href="/czxw/">财政新闻</a>&nbsp;|&nbsp;<a href="/zfcgxx/">政府采购信息</a>&nbsp;|&nbsp;<a href="/zcfg/">政策法规</a></td></tr></table>
${inner}
<table width="1000" align="center" class="bottom"><tr><td align="center">版权所有：红河哈尼族彝族自治州财政局<br>${DISCLAIMER}</td></tr></table>
</body></html>`;

/** 红河州财政局, the procurement column's list page. */
export function financeList(list: ListPage): string {
  const rows = list.rows
    .map(
      (row) =>
        `<tr><td class="title">·<a href="${row.href}" title="${escapeHtml(row.title)}" target="_blank">${escapeHtml(cut(row.title, 34))}</a></td><td class="date">${row.day}</td></tr>`,
    )
    .join('\n');
  return financeFrame(
    `${list.column}_红河州财政局`,
    `<table width="1000" align="center"><tr><td class="dqwz">当前位置：首页 &gt; ${list.column}</td></tr></table>
<table width="1000" align="center" class="newslist">
${rows}
</table>
<table width="1000" align="center" class="fy"><tr><td align="center">共 ${list.total} 条&nbsp;&nbsp;第${list.page}页/共${list.pages}页&nbsp;&nbsp;${list.next === null ? '下一页' : `<a class="next" href="${list.next}">下一页</a>`}</td></tr></table>`,
  );
}

/** 红河州财政局, an article. */
export function financeArticle(article: Article): string {
  return financeFrame(
    article.title,
    `<table width="1000" align="center" class="article">
<tr><td class="bt" align="center">${escapeHtml(article.title)}</td></tr>
<tr><td class="sj" align="center">发布时间：${article.time}&nbsp;&nbsp;来源：${escapeHtml(article.origin)}&nbsp;&nbsp;点击数：${article.views}</td></tr>
<tr><td class="nr">
${article.body}</td></tr>
${article.attachment === null ? '' : `<tr><td class="fj">附件：<a href="${article.attachment.href}">${escapeHtml(article.attachment.name)}</a></td></tr>`}
</table>`,
  );
}

/** A site's own page for what is not there. */
export const notFound = (what: string): string =>
  `<html><head><meta charset="utf-8"><title>404</title></head><body><h1>404</h1><p>${escapeHtml(what)}不存在或已被删除。</p></body></html>`;
