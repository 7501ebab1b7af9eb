import type { Page } from '../model.ts';
import { nameOf } from '../titles.ts';
import { printed, tenThousand } from '../wording.ts';
import { attachmentName, bodyHtml } from './body.ts';
import { escapeHtml } from './document.ts';

/** 云南省政府采购网's detail page with the faults it has: a missing row start, unescaped quotes, the legal text hidden. */
export function bulletinPage(page: Page): string {
  const { project, body } = page.notice;
  const text = (raw: string): string => escapeHtml(printed(raw, page));
  const wide = (label: string, value: string): string =>
    `<tr><td class="title">${label}</td>                     <td colspan="3">${text(value)}</td>                  </tr>\n`;
  const pair = (a: string, b: string, c: string, d: string): string =>
    `<tr><td class="title">${a}</td>          <td width="168">${text(b)}</td>          <td class="title" width="128">${c}</td>          <td width="168">${text(d)}</td>          </tr>\n`;
  const day = page.at.slice(0, 10);
  const word = project.method === '公开招标' ? '中标' : '成交';
  let summary = '';
  if (body.form === 'result') {
    const won = body.awards.filter((award) => award.firm !== null);
    const tendered = project.notices.find((notice) => notice.kind === 'tender' && notice.round === page.notice.round);
    summary =
      pair(
        `本项目${project.method === '公开招标' ? '招标' : '采购'}公告日期`,
        tendered?.day ?? '/',
        `${word}日期`,
        body.determined,
      ) +
      wide(`${word}供应商`, won.map((award) => `${award.firm ?? ''};`).join('')) +
      // The site sums nothing: on an award of several lots this is the first lot's amount.
      wide(`总${word}金额`, `￥${tenThousand(won[0]?.price ?? 0)} 万元（人民币）`);
  } else if (body.form === 'tender') {
    summary =
      (project.budget === null ? '' : wide('预算金额', `￥${tenThousand(project.budget)} 万元（人民币）`)) +
      pair(
        '获取采购文件时间',
        `${body.documentsFrom} 至 ${body.documentsTo}`,
        project.method === '公开招标' ? '开标时间' : '响应文件开启时间',
        body.opening.replace('T', ' '),
      );
  }
  const agency = project.agency;
  const file = attachmentName(page);
  return `<html>
<head><title>${text(page.title)}</title><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>
<body><div class="vT_detail_header"><h2 class="tc">${text(page.title)}</h2><div class="tc" id="pubTime">${day} 来源：云南省政府采购网 【打印】</div></div>
<div id="showBulletinInfoDiv">
<table width="600" border="0" cellspacing="1" bgcolor="#bfbfbf" style="text-align:left;"><tbody>      <tr>
<td colspan="4"><b>公告信息：</b></td>                  </tr>
<tr><td class="title" width="128">采购项目名称</td>          <td colspan="3" width="430">${text(nameOf(page.notice))}</td>          </tr>
${wide('采购单位', project.purchaser.name)}${pair('行政区域', project.county.name, '公告时间', day)}${summary}<tr><td colspan="4"><b>联系人及联系方式：</b></td>          </tr>
${wide('项目联系人', (agency ?? project.purchaser).contact)}${wide('项目联系电话', (agency ?? project.purchaser).phone)}${wide('采购单位', project.purchaser.name)}${wide('采购单位地址', project.purchaser.address)}${wide('采购单位联系方式', `${project.purchaser.contact}${project.purchaser.phone}`)}${wide('代理机构名称', agency?.name ?? '无')}${wide('代理机构地址', agency?.address ?? '无')}<td class="title">代理机构联系方式</td>          <td colspan="3">${text(agency?.phone ?? '无')}</td>          </tr>
</tbody></table>
</div>
<div class="vF_detail_content_container">
<div class="vF_detail_content" style="display: none;text-align: left;">
<div class="blobcontent"><style id="fixTableStyle" type="text/css">th,td {border:1px solid #DDD;padding: 5px 10px;}</style><style id="template-center-style-hide-mark">.template-center-hide-state{display:none !important;}</style><div id="template-center-page" style="line-height: 2;">${bodyHtml(page, 'zcy')}<p class="PlaygroundEditorTheme__paragraph"><span style="display: inline-block;"><samp class="bookmark-item code-biddingTableEl editDisable template-center-hide-state Template__bookmark readonly" style="font-family: inherit;">1</samp></span></p></div>
<p><span id="template-innerinfo" style="display:none;" templatelevelname="区划级模板:${project.county.name}"></span></p>${
    file === null
      ? ''
      : `<p style='font-size' class='fjxx'>附件信息：</p><ul class="fjxx" style="font-size: 16px;margin-left: 38px;"><li><p style="display:inline-block"><a href="/downloads/${page.externalId}.pdf">${text(file)}</a></p><p style="display:inline-block;margin-left:20px">58.2K</p></li></ul>`
  }</div>
</div></div>
<div class="panel-body"><span class="control-label-text text-red pull-right" style="font-size: 14px;">（注：如下载的文件后缀为“.ZCZBJ”，请下载安装“.ZCZBJ文件查看工具”）</span></div>
<div class="footer">演示站点，内容为虚构，不是真实公告。</div></body></html>
`;
}
