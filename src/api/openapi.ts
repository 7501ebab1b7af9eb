import { DEFAULT_INDICATOR_SETTINGS } from '../model/lead.ts';
import type { Calendar } from '../compliance/calendar.ts';
import type { Archive } from '../model/archive.ts';
import type { Store } from '../../storage/store.ts';
import { buildApi } from './api.ts';

/** The OpenAPI 3.1 document of the routes, without a store behind them. */
export async function openApiDocument(): Promise<object> {
  const app = buildApi({
    store: unused<Store>('store'),
    archive: unused<Archive>('archive'),
    definitions: [],
    settings: {},
    rules: [],
    indicators: DEFAULT_INDICATOR_SETTINGS,
    codeText: (code) => code,
    countWorkdays: () => null,
    settingsInForce: () => Promise.reject(new Error('the settings were asked for while describing the API')),
    newId: () => '',
    relink: () => Promise.resolve(true),
    clock: { now: () => 0 },
    desk: {
      calendar: unused<Calendar>('calendar'),
      deadlines: { pending: 1, investigating: 1, rectifying: 1, reply: 1 },
    },
    webRoot: null,
    logger: false,
  });
  try {
    await app.ready();
    return app.swagger();
  } finally {
    await app.close();
  }
}

/** Describing the routes asks nothing of what stands behind them; if it ever does, it fails here. */
function unused<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get: () => {
      throw new Error(`the ${name} was used while describing the API`);
    },
  });
}
