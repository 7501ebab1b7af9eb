import { plainMoment } from '../../model/day-words.ts';
import type { AlertDetailReply, ArchiveInfoReply } from '../schemas.ts';
import type { SheetPart } from './part.ts';
import { weekStated } from './week-day.ts';

type Evidence = AlertDetailReply['evidence'][number];

const ROLE: Record<Evidence['role'], string> = {
  publicity: '公示',
  result: '结果',
  award_letter: '通知书',
  contract: '合同',
  correction: '更正',
  other: '其他',
};

/** What a page is called on the rest of the sheet; its title stands in the list of pages. */
export const exhibitNumber = (index: number): string => `证据${index + 1}`;

const exhibitName = (role: Evidence['role'], index: number): string => `${exhibitNumber(index)}\n${ROLE[role]}`;

/** The pages, with both clocks: what they say of their day, and when they were seen. */
export function pages({ evidence }: AlertDetailReply): SheetPart {
  return {
    title: '所依据的公告',
    table: {
      columns: [
        ['编号', 10],
        ['公告与网址', 50],
        ['时间', 40],
      ],
      rows: evidence.map((item, i) => [
        exhibitName(item.role, i),
        `${item.title}\n${item.sourceName}\n${item.url}`,
        [
          `网站所载：${item.publishDate === null ? '未载明' : weekStated(item.publishDate)}`,
          `首次发现：${plainMoment(item.firstSeenAt)}`,
          `此前最后一次未见：${item.absentAt === null ? '没有完整采集可作证' : plainMoment(item.absentAt)}`,
        ].join('\n'),
      ]),
    },
  };
}

/** Every state of those pages that stood when the verdict was given, as archived. */
export function snapshots({ evidence }: AlertDetailReply): SheetPart {
  const omitted = evidence.flatMap(({ title, omittedSnapshots: n }) =>
    n === 0 ? [] : [`“${title}”另有 ${n} 版未列出（列出第一版与最近各版）。`],
  );
  const later = evidence.flatMap(({ title, laterSnapshots: n }) =>
    n === 0 ? [] : [`“${title}”在本结论作出之后另有 ${n} 版，见系统的公告页。`],
  );
  return {
    title: '归档页面',
    paragraphs: ['核查时已有的各版，每版附归档字节的 SHA-256、采集时间与响应头。', ...omitted, ...later],
    table: {
      columns: [
        ['编号', 10],
        // A SHA-256 in 小五 takes 290 points: on a line of its own it is not broken.
        ['版次与采集', 18],
        ['归档与响应头', 72],
      ],
      rows: evidence.flatMap((item, i) =>
        item.snapshots.map(({ revision, observedAt, changes, archive }) => [
          exhibitName(item.role, i),
          [
            `第 ${revision} 版`,
            plainMoment(observedAt),
            ...(changes.length === 0 ? [] : [`与上一版不同：${changes.join('、')}`]),
          ].join('\n'),
          archived(archive),
        ]),
      ),
    },
  };
}

function archived(archive: ArchiveInfoReply | null): string {
  if (archive === null) return '没有归档记录';
  return [
    `SHA-256 ${archive.sha256}`,
    `${archive.file}，偏移 ${archive.offset}，${archive.size} 字节`,
    `HTTP ${archive.status}`,
    ...Object.entries(archive.headers).map(([name, value]) => `${name}: ${value}`),
  ].join('\n');
}

const FOUND: Record<Evidence['absences'][number]['probes'][number]['found'], string> = {
  gone: '网站称没有此页',
  there: '页面仍可打开',
  unclear: '不能确定',
};

/** When lists ceased to show a page, and what its own address answered; no part where all stayed listed. */
export function absences({ evidence }: AlertDetailReply): SheetPart[] {
  const rows = evidence.flatMap(({ role, absences: gone }, i) => {
    const title = exhibitName(role, i);
    return gone.flatMap(({ lastSeenAt, missedBy, probes, returnedAt }) => [
      [title, plainMoment(lastSeenAt), '列表最后一次列出', ''],
      ...missedBy.map((at) => [title, plainMoment(at), '完整采集，列表未列出', '']),
      ...probes.map(({ at, found, status, sha256 }) => [
        title,
        plainMoment(at),
        `复查原网址：${FOUND[found]}`,
        [status === null ? '没有应答' : `HTTP ${status}`, ...(sha256 === null ? [] : [`SHA-256 ${sha256}`])].join('\n'),
      ]),
      ...(returnedAt === null ? [] : [[title, plainMoment(returnedAt), '列表重新列出', '']]),
    ]);
  });
  if (rows.length === 0) return [];
  return [
    {
      title: '撤下与复查',
      table: {
        columns: [
          ['编号', 10],
          ['时间', 22],
          ['事项', 26],
          ['应答', 42],
        ],
        rows,
      },
    },
  ];
}
