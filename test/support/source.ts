import type { Schedule, SourceDefinition, SourceSettings } from '../../src/model/source.ts';

/** A source that is described and never crawled. */
export function buildDefinition(given: Partial<SourceDefinition> = {}): SourceDefinition {
  return {
    id: 'yn_ccgp',
    name: '云南省政府采购网',
    owner: '云南省财政厅',
    homepage: 'https://example.test/',
    address: 'https://example.test',
    channels: [
      { id: 'list', name: '公告列表', track: 'procurement', kind: null, mayBeEmpty: null },
      { id: 'home', name: '首页结果公告', track: 'procurement', kind: 'result', mayBeEmpty: null },
    ],
    assertions: [],
    cadence: '每天两次',
    defaults: {
      pace: { minIntervalMs: 2000, reason: '网站未公布限制，按人工浏览的速度' },
      timeoutMs: 30_000,
      maxBodyBytes: 1_000_000,
      charset: null,
      quietHours: null,
      schedule: buildSchedule(),
      conditionalRequests: { use: false, reason: '测试' },
    },
    regionFilter: '区划名称',
    create: () => {
      throw new Error('this source is only described');
    },
    ...given,
  };
}

export function buildSettings(definition: SourceDefinition, given: Partial<SourceSettings> = {}): SourceSettings {
  return {
    ...definition.defaults,
    enabled: true,
    address: definition.address,
    attachmentHosts: [],
    acceptedWords: [],
    options: {},
    ...given,
  };
}

export function buildSchedule(given: Partial<Schedule> = {}): Schedule {
  return { visits: '0 8,16 * * *', sweep: '0 10 * * 0', overlapDays: 10, jitterMinutes: 0, reason: '测试', ...given };
}
