import type { Family, FileEnding, Page } from '../model.ts';
import { assetBlocks } from './asset.ts';
import { constructionBlocks } from './construction.ts';
import { markUp } from './document.ts';
import type { Block, Flavour } from './document.ts';
import { printed } from '../wording.ts';
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

/** A page's notice as the lines of the file that holds it. */
export function attachmentLines(page: Page): string[] {
  return blocksOf(page)
    .flatMap((block): string[] => {
      switch (block.is) {
        case 'heading':
        case 'line':
          return [block.text];
        case 'field':
          return [`${block.label}：${block.value}`];
        case 'table':
          return block.rows.map((row) => row.join(' '));
        case 'form':
          return block.rows.map(([label, value]) => `${label}：${value}`);
        case 'signature':
          return block.lines;
      }
    })
    .map((line) => printed(line, page));
}

/** A page's notice as HTML in a site's flavour: rendered when asked for, never kept. */
export function bodyHtml(page: Page, flavour: Flavour): string {
  if (page.attachmentOnly !== false) return markUp([{ is: 'line', text: '详见附件。' }], flavour, page);
  return markUp(blocksOf(page), flavour, page);
}

function blocksOf(page: Page): Block[] {
  const { family } = page.notice.project;
  const blocks = TEMPLATES[family](page);
  if (blocks === null) throw new RangeError(`no template of ${family} for ${page.notice.body.form}`);
  return blocks;
}

/** The file that hangs on a page, where one does: its name as the link shows it. */
export function attachmentName(page: Page): string | null {
  const { body } = page.notice;
  const fileNeeded = page.attachmentOnly !== false || (body.form === 'correction' && body.items.length === 0);
  if (fileNeeded || body.form === 'tender' || body.form === 'award_letter') return `${page.title}.${endingOf(page)}`;
  return null;
}

/** The ending of the file on a page; one that says something itself carries a PDF. */
export function endingOf(page: Page): FileEnding {
  return page.attachmentOnly === false ? 'pdf' : page.attachmentOnly;
}
