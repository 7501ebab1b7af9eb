import { z } from 'zod';

import { CorrectInput } from '../model/errors.ts';
import { AMOUNT_KINDS, NOTICE_KINDS, TRACKS, type LotReading, type NoticeFields } from '../model/notice.ts';
import type { Link } from '../model/project.ts';
import { codeKey } from '../notices/codes.ts';
import { readTitle } from '../notices/title.ts';
import { groupCopies } from './group.ts';
import { identityOf, type Identity } from './identity.ts';
import { linkNotices } from './link.ts';

/** What `gongshi match --json` prints: files of one notice, files of one project, and why. Notices that stand alone are groups and projects of one. */
interface MatchedFiles {
  groups: string[][];
  projects: string[][];
  links: Pick<Link, 'a' | 'b' | 'as' | 'reason' | 'confidence'>[];
}

/** Lots and candidates come as names or as objects. */
const named = z.union([
  z.string(),
  z.object({ id: z.string().optional(), name: z.string().nullish(), lot: z.string().nullish() }).loose(),
]);

/** One line as `gongshi extract --json` prints it; what it does not name is absent. */
const line = z
  .object({
    file: z.string().min(1),
    kind: z.enum(NOTICE_KINDS).nullish(),
    track: z.enum(TRACKS).nullish(),
    title: z.string().nullish(),
    projectName: z.string().nullish(),
    projectCode: z.string().nullish(),
    codes: z.array(z.string()).nullish(),
    purchaser: z.string().nullish(),
    agency: z.string().nullish(),
    suppliers: z.array(z.string()).nullish(),
    amount: z.number().nullish(),
    amountKind: z.enum(AMOUNT_KINDS).nullish(),
    publishDate: z.string().nullish(),
    publicityStart: z.string().nullish(),
    publicityEnd: z.string().nullish(),
    openingDate: z.string().nullish(),
    region: z.string().nullish(),
    round: z.number().int().positive().nullish(),
    lots: z.array(named).nullish(),
    candidates: z.array(named).nullish(),
  })
  .loose();

type Line = z.infer<typeof line>;

/** Reads the JSON lines that `extract --json` printed and links them as stored notices are linked. Throws `CorrectInput` with the line's number. */
export function matchFile(jsonLines: string): MatchedFiles {
  const notices = readLines(jsonLines);
  const fileOf = new Map(notices.map(({ identity, file }) => [identity.id, file]));
  const file = (id: string): string => fileOf.get(id) ?? id;
  const projects = linkNotices(notices.map((n) => n.identity));
  const groups: string[][] = [];
  const links: MatchedFiles['links'] = [];
  for (const { members, links: own } of projects) {
    const copies = groupCopies(members);
    groups.push(...copies.groups.map((g) => g.noticeIds.map(file)));
    for (const { a, b, as, reason, confidence } of [...own, ...copies.links]) {
      links.push({ a: file(a), b: file(b), as, reason, confidence });
    }
  }
  return { groups, projects: projects.map((p) => p.members.map((m) => file(m.id))), links };
}

function readLines(text: string): { identity: Identity; file: string }[] {
  const seen = new Set<string>();
  return text.split('\n').flatMap((raw, i) => {
    if (raw.trim() === '') return [];
    const read = readLine(raw, i + 1);
    if (seen.has(read.file)) throw wrongLine(i + 1, `文件 ${read.file} 出现两次`);
    seen.add(read.file);
    // The file stands for the site: two files are two pages.
    return {
      identity: identityOf({ id: read.file, where: read.file, fields: fieldsOf(read), text: '' }),
      file: read.file,
    };
  });
}

function readLine(raw: string, number: number): Line {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch (error) {
    throw wrongLine(number, '不是 JSON', error);
  }
  const read = line.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw wrongLine(number, `字段 ${issue?.path.join('.') ?? ''} 不符合要求`, read.error);
}

function wrongLine(number: number, what: string, cause?: unknown): CorrectInput {
  return new CorrectInput(
    `第 ${number} 行${what}`,
    '请使用 gongshi extract --json 的原样输出：每行一个 JSON 对象，含 file 字段，每个文件一行。',
    { line: number },
    cause,
  );
}

function fieldsOf(read: Line): NoticeFields {
  const { publicityStart, publicityEnd } = read;
  const title = read.title ?? read.projectName ?? '';
  return {
    kind: read.kind ?? 'other',
    track: read.track ?? null,
    title,
    projectName: read.projectName ?? null,
    projectCode: read.projectCode ?? null,
    codes: read.codes ?? (read.projectCode == null ? [] : [read.projectCode]),
    purchaser: read.purchaser ?? null,
    agency: read.agency ?? null,
    suppliers: read.suppliers ?? [],
    amount: read.amount ?? null,
    amountKind: read.amountKind ?? null,
    budget: read.amountKind === 'budget' ? (read.amount ?? null) : null,
    ceiling: read.amountKind === 'ceiling' ? (read.amount ?? null) : null,
    method: null,
    category: null,
    subtype: null,
    stateFunded: null,
    publishDate: read.publishDate ?? null,
    publicity:
      publicityStart == null && publicityEnd == null
        ? null
        : { from: publicityStart ?? null, to: publicityEnd ?? null, workdays: null, days: null, words: '' },
    openingDate: read.openingDate ?? null,
    determinedDate: null,
    awardLetterDate: null,
    contractDate: null,
    region: read.region ?? null,
    regionCode: null,
    round: read.round ?? Math.max(readTitle(title).round, readTitle(read.projectName ?? '').round),
    lots: (read.lots ?? []).flatMap(lotOf),
    candidates: [],
    parcels: read.track === 'land' ? parcelsOf(read) : [],
    refersTo: null,
    material: null,
    skipReason: null,
  };
}

function lotOf(lot: z.infer<typeof named>): LotReading[] {
  const id = typeof lot === 'string' ? lot : (lot.id ?? lot.lot ?? lot.name ?? '');
  return id === '' ? [] : [{ id, name: null, budget: null, amount: null, suppliers: [], failed: false }];
}

/** On the land track the lots are the parcels. */
function parcelsOf(read: Line): NoticeFields['parcels'] {
  return (read.lots ?? [])
    .flatMap(lotOf)
    .flatMap(({ id }) =>
      codeKey(id) === null
        ? []
        : [{ code: id, location: null, areaSqm: null, use: null, startPrice: null, dealPrice: null, winner: null }],
    );
}
