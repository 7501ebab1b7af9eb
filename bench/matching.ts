import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openStore } from '../src/cli/store-address.ts';
import { addDays, epochOf } from '../src/model/day.ts';
import type { LocalDay } from '../src/model/day.ts';
import { emptyFields } from '../src/model/notice.ts';
import type { Notice, NoticeFields, NoticeKind } from '../src/model/notice.ts';
import { assemble } from '../src/projects/assemble.ts';
import { identityOfStored } from '../src/projects/identity.ts';
import { linkKeysOf } from '../src/projects/keys.ts';
import { linkNotices } from '../src/projects/link.ts';
import { matchNotices } from '../src/projects/stage.ts';
import type { Store, StoredNotice } from '../storage/store.ts';
import { option } from './figures.ts';

/**
 * What matching a batch of new notices costs while a store holds ever more notices of the same five buyers, all of the
 * same years: the worst that growth can do, since matching looks at a buyer's like-named purchases of some months.
 *
 *   node bench/matching.ts --small 10000 --large 200000 --batch 1000 --years 10
 *
 * `--mongo ADDRESS` measures on databases `matching_…` of that server, which are left there.
 */
const small = option('small', 10_000);
const large = option('large', 200_000);
const wanted = option('batch', 1000);
const years = option('years', 10);
const TODAY: LocalDay = '2026-11-20';
/** Batches measured, one after the other. */
const BATCHES = 4;

function textOption(name: string): string | null {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

const words = (text: string): string[] => text.trim().split(/\s+/);
const BUYERS = words('开远市住房和城乡建设局 开远市人民医院 开远市教育体育局 开远市水务局 开远市公安局');
const AGENCIES = words('云南明诚项目管理有限公司 红河州博咨招标代理有限公司 云南汇通项目管理有限公司');
const PLACES = words(
  `灵泉东路 灵泉西路 人民中路 人民南路 建设东路 西南路 东风路 文化路 智源路 兴远路 景山路 环城西路 彩云路 凤凰路
   东兴路 泸江路 健民路 园丰路 龙潭路 小龙潭镇 中和营镇 羊街乡 大庄乡 碑格乡 乐白道街道 凤凰片区 知花片区 南洞片区
   泸江新区 东城片区 西城片区 三合村 热水村 冷水沟村 仁者村 城南社区 城北社区 友谊社区 振兴社区 南站片区`,
);
const OBJECTS = words(
  `人行道提升改造 市政道路修缮 路灯节能改造 雨污分流管网改造 排水管网疏浚修复 绿化提升 公厕新建 标线护栏安装
   农贸市场周边道路硬化 背街小巷改造 检查井盖更换 停车泊位改造 给水管改造 中央隔离带改造 桥梁栏杆维修 内涝点整治
   办公楼屋面防水 教学楼维修改造 食堂改造 卫生间改造 业务用房装饰 活动室修缮 档案室改造 运动场翻新 门诊楼外墙维修
   围墙大门改建 视频监控设备 信息化设备 检验设备 康复设备 课桌椅 图书资料 巡逻车辆 应急物资 水质监测设备 水库除险加固
   物业管理 安保 食材配送 信息系统运维 保洁 档案数字化 规划编制 被服洗涤 垃圾清运 河道清淤 消防维保 绿化管养`,
);
/** A tender and its copy elsewhere, candidates, result, contract. */
const COURSE: readonly [site: string, kind: NoticeKind, title: string, day: number][] = [
  ['yn_ggzy', 'tender', '竞争性磋商公告', 0],
  ['hh_finance', 'tender', '竞争性磋商公告', 1],
  ['hh_finance', 'candidate', '成交候选供应商公示', 14],
  ['yn_ggzy', 'result', '成交结果公告', 19],
  ['yn_ggzy', 'contract', '合同公告', 40],
];

/** A purchase: whose, what (names differ as far as there are places and objects), and when. */
interface Purchase {
  n: number;
  buyer: string;
  thing: number;
  first: LocalDay;
}

/** The notices of a purchase. */
function noticesOf({ n, buyer, thing, first }: Purchase): Notice[] {
  const place = thing % PLACES.length;
  const object = (Math.floor(thing / PLACES.length) + 11 * place) % OBJECTS.length;
  const dated = thing % 3 === 0 ? `${first.slice(0, 4)}年` : '';
  const name = `开远市${PLACES[place]}${dated}${OBJECTS[object]}项目`;
  const code = `YNZC${first.slice(0, 4)}-G${(n % 3) + 1}-${String(n).padStart(6, '0')}-YNKY-${String(n % 997).padStart(4, '0')}`;
  const budget = 200_000 + ((n * 7919) % 1_500_000);
  return COURSE.map(([site, kind, title, after], i) => {
    const fields: NoticeFields = {
      ...emptyFields(kind, `${name}${title}`),
      track: 'procurement',
      projectName: name,
      // Every tenth contract prints another number, or none.
      projectCode: kind === 'contract' && n % 10 === 0 ? null : code,
      codes: kind === 'contract' && n % 10 === 0 ? [] : [code],
      purchaser: buyer,
      agency: AGENCIES[n % AGENCIES.length]!,
      publishDate: addDays(first, after),
      budget: kind === 'tender' ? budget : null,
      amount: kind === 'result' ? budget * 0.93 : null,
      amountKind: kind === 'result' ? 'award' : null,
      region: '开远市',
      regionCode: '532502',
    };
    const externalId = `${n}-${i}`;
    const seen = epochOf(`${addDays(first, after)}T20:00`);
    return {
      id: `${site}:${externalId}`,
      sourceId: site,
      channelId: 'zfcg',
      externalId,
      url: `https://example.test/${externalId}`,
      fields,
      origins: {},
      disagreements: [],
      text: `${name}已具备采购条件，预算金额${budget}元，采购人${buyer}，编号${code}。`.repeat(8),
      attachments: [],
      digest: externalId,
      revision: 1,
      firstSeenAt: seen,
      absentAt: null,
      lastSeenAt: seen,
      archiveId: externalId,
      firstPublishDate: fields.publishDate,
    };
  });
}

/** So many projects: each year the same purchases of every buyer, spread over the year, each year on another day. */
function* yearly(projects: number): Generator<Purchase> {
  const things = Math.round(projects / years / BUYERS.length);
  for (let n = 0; n < projects; n++) {
    const thing = Math.floor(n / BUYERS.length) % things;
    const year = Math.floor(n / BUYERS.length / things);
    const day = Math.floor((thing * 365) / things) + ((n * 31) % 20);
    yield { n, buyer: BUYERS[n % BUYERS.length]!, thing, first: addDays(TODAY, -60 - 365 * (years - 1 - year) - day) };
  }
}

/** New purchases of the last year: half of them what the buyer bought some time in that year, half what he never bought. */
function fresh(projects: number, batch: number): Purchase[] {
  return Array.from({ length: projects }, (_, i) => ({
    n: 1_000_000 + batch * 10_000 + i,
    buyer: BUYERS[i % BUYERS.length]!,
    thing: i % 2 === 0 ? i % 40 : 1000 + ((batch * projects + i) % 900),
    first: addDays(TODAY, -60 - ((i * 31) % 365)),
  }));
}

/** Stored as a matched store holds them. */
async function fill(store: Store, notices: number): Promise<void> {
  const purchases = [...yearly(notices / COURSE.length)];
  for (let n = 0; n < purchases.length; n += 200) {
    const made = purchases.slice(n, n + 200).map(noticesOf);
    const linked = made.map((own) => assemble(linkNotices(own.map(identityOfStored))[0]!));
    const home = new Map(linked.flatMap((p) => p.noticeIds.map((id) => [id, p.id] as const)));
    await store.takeIn(
      'notices',
      made.flat().map((notice): StoredNotice => ({
        notice,
        revisions: [
          {
            noticeId: notice.id,
            revision: 1,
            observedAt: notice.firstSeenAt,
            runId: 'run-1',
            archiveId: notice.archiveId,
            digest: notice.digest,
            fields: notice.fields,
            changed: [],
          },
        ],
        matched: true,
        linkKeys: linkKeysOf(identityOfStored(notice)).stored,
        projectId: home.get(notice.id)!,
        copies: 0,
      })),
    );
    await store.takeIn('projects', linked);
  }
}

async function arrive(store: Store, batch: number): Promise<void> {
  const made = fresh(wanted / COURSE.length, batch).map(noticesOf);
  await store.notices.observe(
    made.flat().map((notice) => ({
      noticeId: notice.id,
      sourceId: notice.sourceId,
      channelId: notice.channelId,
      externalId: notice.externalId,
      url: notice.url,
      runId: 'run-2',
      observedAt: notice.firstSeenAt,
      absentAt: null,
      reading: { fields: notice.fields, origins: {}, disagreements: [], text: notice.text },
      digest: notice.digest,
      archiveId: notice.archiveId,
      attachments: [],
    })),
  );
}

interface Cost {
  wall: number;
  cpu: number;
  projects: number;
}

/** Fills in one process and matches in another, which has read nothing yet and carries nothing along. */
async function measure(stored: number): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-matching-'));
  const server = textOption('mongo');
  const address = server === null ? join(folder, 'matching.sqlite') : `${server}/matching_${stored}_${Date.now()}`;
  try {
    const store = await openStore(address);
    await fill(store, stored);
    await store.close();
    const args = [import.meta.filename, '--match', address, '--batch', String(wanted)];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Cost;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first batch pays for compiling and is not counted. */
async function match(address: string): Promise<Cost> {
  const store = await openStore(address);
  try {
    const cost: Cost = { wall: 0, cpu: 0, projects: 0 };
    for (let batch = 0; batch <= BATCHES; batch++) {
      await arrive(store, batch);
      const start = process.hrtime.bigint();
      const before = process.cpuUsage();
      const { projects } = await matchNotices(store);
      const { user, system } = process.cpuUsage(before);
      if (batch === 0) continue;
      cost.wall += Number(process.hrtime.bigint() - start) / 1e9;
      cost.cpu += (user + system) / 1e6;
      cost.projects += projects;
    }
    return cost;
  } finally {
    await store.close();
  }
}

function print(stored: number, { wall, cpu, projects }: Cost): void {
  const notices = wanted * BATCHES;
  const each = ((cpu / notices) * 1e3).toFixed(2);
  process.stdout.write(
    `${stored} stored: ${notices} notices matched, ${projects} projects written; wall ${wall.toFixed(2)} s, CPU ${cpu.toFixed(2)} s, ${each} ms CPU a notice\n`,
  );
}

const matched = textOption('match');
if (matched !== null) process.stdout.write(JSON.stringify(await match(matched)));
else {
  const [few, many] = [await measure(small), await measure(large)];
  print(small, few);
  print(large, many);
  process.stdout.write(`ratio ${(many.cpu / few.cpu).toFixed(2)} (CPU), ${(many.wall / few.wall).toFixed(2)} (wall)\n`);
}
