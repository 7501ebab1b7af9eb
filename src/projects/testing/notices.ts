import { epochOf } from '../../model/day.ts';
import { emptyFields } from '../../model/notice.ts';
import type { Notice, NoticeFields, NoticeKind, NoticeObservation } from '../../model/notice.ts';
import { identityOfStored } from '../identity.ts';
import { linkNotices } from '../link.ts';

/** A municipal works purchase of Kaiyuan; everything a test does not name is as this notice prints it. */
const PLAIN: NoticeFields = {
  ...emptyFields('tender', '开远市灵泉东路人行道改造工程竞争性谈判公告'),
  track: 'procurement',
  projectName: '开远市灵泉东路人行道改造工程',
  projectCode: 'HHZC2026-J1-00871-KYXM-0032',
  purchaser: '开远市住房和城乡建设局',
  agency: '云南信达工程咨询有限公司',
  publishDate: '2026-03-02',
  region: '开远市',
  regionCode: '532502',
};

const KIND_TITLES: Partial<Record<NoticeKind, string>> = {
  plan: '招标计划',
  tender: '竞争性谈判公告',
  correction: '更正公告',
  candidate: '成交候选供应商公示',
  single_source: '单一来源采购公示',
  result: '成交结果公告',
  award_letter: '成交通知书',
  contract: '合同公告',
  failed: '废标公告',
  terminated: '终止公告',
};

interface NoticeParts extends Partial<NoticeFields> {
  channel?: string;
  text?: string;
  firstSeenAt?: number;
  absentAt?: number | null;
  firstPublishDate?: string | null;
}

/** `id` as the product makes it: `source:page`. The title follows from name and kind unless given. */
export function notice(id: string, parts: NoticeParts = {}): Notice {
  const { channel, text, firstSeenAt, absentAt, firstPublishDate, ...given } = parts;
  const name = given.projectName ?? PLAIN.projectName ?? '';
  const kind = given.kind ?? PLAIN.kind;
  const fields: NoticeFields = { ...PLAIN, title: `${name}${KIND_TITLES[kind] ?? ''}`, ...given };
  if (given.codes === undefined && fields.projectCode !== null) fields.codes = [fields.projectCode];
  const [sourceId = '', externalId = ''] = id.split(':');
  return {
    id,
    sourceId,
    channelId: channel ?? 'zfcg',
    externalId,
    url: `https://example.test/${externalId}`,
    fields,
    origins: {},
    disagreements: [],
    text: text ?? '',
    attachments: [],
    digest: id,
    revision: 1,
    firstSeenAt: firstSeenAt ?? epochOf(`${fields.publishDate?.slice(0, 10) ?? '2026-03-02'}T20:00`),
    absentAt: absentAt ?? null,
    lastSeenAt: epochOf('2026-06-01'),
    archiveId: 'a',
    firstPublishDate: firstPublishDate === undefined ? fields.publishDate : firstPublishDate,
  };
}

/** Notice ids by project, sorted for comparing. */
export function projectsOf(notices: Notice[]): string[][] {
  return linkNotices(notices.map(identityOfStored))
    .map((p) => p.members.map((m) => m.id).sort())
    .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}

/** True where all of these notices make one project. */
export function together(...notices: Notice[]): boolean {
  return projectsOf(notices).length === 1;
}

/** A body long enough to be compared, about the given work. */
export function bodyOf(work: string, facts = ''): string {
  return [
    `一、项目基本情况：${work}，资金来源为财政资金，已落实。`,
    `二、采购需求：对${work}范围内的路面、人行道、雨污管网、绿化和照明设施进行改造，具体以施工图和工程量清单为准。`,
    '三、申请人的资格要求：具备市政公用工程施工总承包三级及以上资质，具有有效的安全生产许可证，项目负责人具备二级建造师执业资格。',
    '四、获取采购文件的时间和方式：登录云南省公共资源交易信息网下载电子文件，不收取费用。',
    `五、其他：${facts}`,
  ].join('\n');
}

/** The notice as a crawl saw it, with what the site changed since. */
export function sighting(of: Notice, changed: Partial<NoticeFields> = {}, at = of.firstSeenAt): NoticeObservation {
  const fields = { ...of.fields, ...changed };
  return {
    noticeId: of.id,
    sourceId: of.sourceId,
    channelId: of.channelId,
    externalId: of.externalId,
    url: of.url,
    runId: 'run-1',
    observedAt: at,
    absentAt: of.absentAt,
    reading: { fields, origins: {}, disagreements: [], text: of.text },
    digest: JSON.stringify(fields),
    archiveId: `archive-${at}`,
    attachments: [],
  };
}
