import { z } from 'zod';

import type {
  CrawlWindow,
  FetchedPage,
  ListReading,
  ListRow,
  SourceRequest,
  SourceSettings,
} from '../../src/model/source.ts';
import { failure } from '../shared/failing.ts';
import { checkDates } from '../shared/listing.ts';
import { regionByTitle } from '../shared/places.ts';
import { jsonOf, shaped } from '../shared/reply.ts';
import { bodyOf, headers, plantedReason, reachOf, rowOf } from './reply.ts';
import type { CcgpContext } from './reply.ts';
import { finishDay, passedOverOf } from './rows.ts';

/** The home page shows its newest 20 results; fewer rows are all there is. */
const SHOWN = 20;

const rowSchema = z.looseObject({
  BULLETIN_ID: z.string().trim().min(1),
  BULLETINTITLE: z.string().trim().min(1),
  FINISHDAY: z.union([z.string(), z.number()]).nullish(),
  BULLETINCLASS: z.string().trim().min(1),
});

/** The call that the home page makes for its results (grade A, 2026-08). TYPE=2: results; other values unverified. */
export function homeRequest(settings: SourceSettings, window: CrawlWindow): SourceRequest {
  return {
    key: 'list:home:1',
    channelId: 'home',
    role: 'list',
    method: 'POST',
    url: `${settings.address}/api/firstpage/firstpage.gghtlist.svc`,
    headers: headers(settings),
    form: { LEVEL: '1', TYPE: '2' },
    expects: 'json',
    page: 1,
    window,
  };
}

export function readHome(context: CcgpContext, page: FetchedPage): ListReading {
  const data = bodyOf(page, jsonOf(page, context.settings));
  const list = shaped(z.array(z.unknown()), data, 'LIST_STRUCTURE_CHANGED', page, '首页结果公告');
  if (list.length === 0) throw failure('LIST_EMPTY', page, '首页结果公告没有条目', data);
  const rows: ListRow[] = [];
  const planted: string[] = [];
  const dated = list.map((value, index) => {
    const row = shaped(rowSchema, value, 'LIST_STRUCTURE_CHANGED', page, `首页第 ${index + 1} 条`);
    const reason = plantedReason(row.BULLETIN_ID, row.BULLETINTITLE);
    if (reason !== null) {
      planted.push(reason);
      return { publishDate: null };
    }
    const publishDate = finishDay(page, 'FINISHDAY', row.FINISHDAY);
    rows.push(
      rowOf(context, page, {
        id: row.BULLETIN_ID,
        title: row.BULLETINTITLE,
        classCode: row.BULLETINCLASS,
        className: null,
        facts: { publishDate, region: null },
        inRegion: regionByTitle(context.region, row.BULLETINTITLE),
      }),
    );
    return { publishDate };
  });
  checkDates(page, rows, 'FINISHDAY');
  return {
    role: 'list',
    rows,
    passedOver: passedOverOf(planted),
    total: null,
    next: [],
    reachesBackTo: reachOf(dated, list.length < SHOWN),
  };
}
