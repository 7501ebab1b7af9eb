import type { FetchedPage, SourceRequest, SourceSettings, WarmupReading } from '../../src/model/source.ts';
import { jsonOf } from '../shared/reply.ts';
import { bodyOf, headers } from './reply.ts';

/** Opens the session that the list of bulletins asks for; without it the list answers `data:{}`. */
export function warmupRequest(settings: SourceSettings): SourceRequest {
  return {
    key: 'warmup:session',
    channelId: 'list',
    role: 'warmup',
    method: 'POST',
    url: `${settings.address}/api/common/otheruse.getdistrictlist.svc`,
    headers: headers(settings),
    form: {},
    expects: 'json',
  };
}

/** The cookie is what counts; the districts themselves are not used. */
export function readWarmup(page: FetchedPage, settings: SourceSettings): WarmupReading {
  bodyOf(page, jsonOf(page, settings));
  return { role: 'warmup' };
}
