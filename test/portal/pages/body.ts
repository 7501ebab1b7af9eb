import type { Family, Page } from '../model.ts';
import { assetBlocks } from './asset.ts';
import { constructionBlocks } from './construction.ts';
import { markUp } from './document.ts';
import type { Block, Flavour } from './document.ts';
import { landBlocks } from './land.ts';
import { procurementBlocks } from './procurement.ts';

const TEMPLATES: Record<Family, (page: Page) => Block[] | null> = {
  construction: constructionBlocks,
  municipal: procurementBlocks,
  purchase: procurementBlocks,
  single_source: procurementBlocks,
  land: landBlocks,
  asset: assetBlocks,
};

/** A page's notice as HTML in a site's flavour: rendered when asked for, never kept. */
export function bodyHtml(page: Page, flavour: Flavour): string {
  if (page.attachmentOnly) return markUp([{ is: 'line', text: '详见附件。' }], flavour, page);
  const { family } = page.notice.project;
  const blocks = TEMPLATES[family](page);
  if (blocks === null) throw new RangeError(`no template of ${family} for ${page.notice.body.form}`);
  return markUp(blocks, flavour, page);
}

/** The file that hangs on a page, where one does: its name as the link shows it. */
export function attachmentName(page: Page): string | null {
  const { body } = page.notice;
  const fileNeeded = page.attachmentOnly || (body.form === 'correction' && body.items.length === 0);
  if (fileNeeded || body.form === 'tender' || body.form === 'award_letter') return `${page.title}.pdf`;
  return null;
}
