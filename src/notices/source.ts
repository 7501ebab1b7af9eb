import type { NoticeFields, NoticeKind, Track } from '../model/notice.ts';
import type { Grid } from './grids.ts';
import type { MarkupNode } from './html.ts';
import type { Page } from './page.ts';
import type { Cell, Pair } from './pairs.ts';

export interface NoticeInput {
  title: string | null;
  /** The page or its body: one of markup, parsed markup and text. */
  html?: string;
  nodes?: readonly MarkupNode[];
  text?: string;
  url?: string | null;
  /** As the source states it; the page's own is used where it has none. */
  publishDate?: string | null;
  /** Evidence only: the title or the text may say otherwise. */
  columnKind?: NoticeKind | null;
  columnTrack?: Track | null;
  region?: string | null;
  /** The platform's code, outside the body. */
  headerCode?: string | null;
  /** Values of the site's own fields: they win, and what they contradict is kept as a disagreement. */
  structured?: Partial<NoticeFields>;
}

/** What every reader of a notice works on. */
export interface Source {
  input: NoticeInput;
  page: Page;
  cells: Cell[];
  pairs: Pair[];
  grids: Grid[];
  text: string;
  title: string;
  kind: NoticeKind;
}
