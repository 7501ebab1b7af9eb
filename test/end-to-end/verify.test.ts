import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { actOnCases, openDoubtCase } from '../../src/cases/case-stage.ts';
import { retentionOf } from '../../src/cases/retention.ts';
import { simulate } from '../../src/cases/simulate.ts';
import { benchClock } from '../../src/cli/bench-clock.ts';
import { eveningOf } from '../../src/cli/bench-workshop.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import { pruneArchive } from '../../src/cli/prune.ts';
import { verifyCase } from '../../src/cli/verify.ts';
import { openWorkshop } from '../../src/cli/workshop.ts';
import type { Workshop } from '../../src/cli/workshop.ts';
import { folderPlace } from '../../storage/archive/folder.ts';
import type { ContentKind, Store } from '../../storage/store.ts';
import type { ArchiveRecord } from '../../src/model/archive.ts';
import type { Alert } from '../../src/model/finding.ts';
import type { Vanishing } from '../../src/model/vanishing.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';

const CONFIG = join(import.meta.dirname, '../../config');

describe('a case verified from the archive', () => {
  let folder: string;
  let portal: Portal;
  let workshop: Workshop;
  let alerts: Alert[];
  beforeAll(async () => {
    portal = await startPortal({ seed: 42, notices: 250 });
    folder = mkdtempSync(join(tmpdir(), 'gongshi-verify-'));
    workshop = await openWorkshop({
      config: CONFIG,
      clock: benchClock(eveningOf(portal.truth.today)),
      data: { database: join(folder, 'gongshi.sqlite'), archive: folderPlace(join(folder, 'archive')) },
      localSites: portal.addresses,
    });
    await runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
    ({ items: alerts } = await workshop.store.findings.alerts({ state: 'open', limit: 100 }));
  });
  afterAll(async () => {
    await workshop.close();
    await portal.close();
    rmSync(folder, { recursive: true });
  });

  const differing = async ({ number }: Alert, under: Partial<Workshop> = {}) =>
    (await verifyCase({ ...workshop, ...under }, number)).filter(({ outcome }) => outcome !== 'equal');
  const outcomes = async (alert: Alert, under: Partial<Workshop> = {}) =>
    (await differing(alert, under)).map(({ what, outcome, words }) => [outcome, `${what}：${words}`] as const);

  it('is equal in every hash, every field and the verdict, for every alert of a world', async () => {
    expect(alerts.length).toBeGreaterThan(5);
    for (const alert of alerts) expect(await differing(alert), alert.finding.sentence).toEqual([]);
  });

  it('reads the file again where the page says no more than that its contents stand there', async () => {
    const ids = alerts.flatMap(({ finding }) => finding.evidence.map(({ noticeId }) => noticeId));
    const fromFiles = (await workshop.store.notices.getMany(ids)).filter(({ origins }) =>
      Object.values(origins).some((origin) => origin.attachment !== undefined),
    );
    expect(fromFiles.length).toBeGreaterThan(0);
    const resting = alerts.find(({ finding }) =>
      finding.evidence.some(({ noticeId }) => noticeId === fromFiles[0]!.id),
    );
    expect(await differing(resting!)).toEqual([]);
  });

  it('stays equal when people have acted on it', async () => {
    const { store, calendar, clock, config } = workshop;
    const desk = { store, calendar, clock, deadlines: config.cases };
    const expected = new Map([[alerts[0]!.number, 1]]);
    await actOnCases(desk, { kind: 'person', name: '李明' }, expected, { action: 'started', note: '调阅' });
    expect(await differing(alerts[0]!)).toEqual([]);
  });

  it('is simulated under another policy without a change: what it would drop is what the rule switched off had raised', async () => {
    const { store, calendar, clock, config } = workshop;
    const same = await simulate({ store, calendar, clock, policy: config.policy });
    expect([same.gone, same.changed, same.added]).toEqual([[], [], []]);
    const { gone, added } = await simulate({
      store,
      calendar,
      clock,
      policy: { ...config.policy, reviewAlert: 'off' },
    });
    const reviews = alerts.filter(({ finding }) => finding.rule === 'KY-REVIEW-3D').map(({ number }) => number);
    expect(gone.map(({ number }) => number).sort()).toEqual(reviews.sort());
    expect(added).toEqual([]);
    const raised = await simulate({ store, calendar, clock, policy: { ...config.policy, reviewAlert: 'violation' } });
    expect([raised.gone, raised.added]).toEqual([[], []]);
    expect(raised.changed.map(({ number }) => number).sort()).toEqual(reviews);
    for (const { before, after } of raised.changed) {
      expect(before).toEqual({ nature: 'review', severity: 'info' });
      expect(after).toMatchObject({ nature: 'violation' });
    }
    expect(await store.findings.countAlerts({ state: 'open' })).toBe(alerts.length);
  });

  it('opened by a person on what could not be judged is equal, too, also where the finding names no page, and no settings drop it', async () => {
    const { store, calendar, clock, config } = workshop;
    const desk = { store, calendar, clock, deadlines: config.cases };
    const by = { name: '李明', note: '调阅档案' };
    const { items } = await store.findings.search({ verdict: 'undetermined', exceptRule: 'KY-REVIEW-3D', limit: 100 });
    const resting = items.find(({ evidence }) => evidence.length > 0)!;
    const bare = items.find(({ evidence }) => evidence.length === 0)!;
    const before = await simulate({ store, calendar, clock, policy: config.policy });
    for (const finding of [resting, bare]) {
      const { number } = await openDoubtCase(desk, by, finding.key);
      const checks = await verifyCase(workshop, number);
      expect(checks.filter(({ outcome }) => outcome !== 'equal')).toEqual([]);
      expect(checks.map(({ what }) => what)).toContain('核查结论');
      expect(checks.some(({ what }) => what.startsWith('归档页面'))).toBe(true);
    }
    expect(await simulate({ store, calendar, clock, policy: config.policy })).toEqual(before);
  });

  it('names the event, the attachment and the state that somebody changed in the store', async () => {
    const { store, calendar, clock, config } = workshop;
    const desk = { store, calendar, clock, deadlines: config.cases };
    const { number } = alerts[1]!;
    const bytes = Buffer.from('%PDF-1.7 复函');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await store.cases.putAttachment(sha256, bytes);
    const attached = {
      action: 'attached',
      name: '复函.pdf',
      type: 'pdf',
      size: bytes.length,
      sha256,
      note: '',
    } as const;
    await actOnCases(desk, { kind: 'person', name: '李明' }, new Map([[number, 1]]), attached);
    expect(await differing(alerts[1]!)).toEqual([]);

    const events = await store.cases.events(number);
    const told = vi.spyOn(store.cases, 'events');
    told.mockResolvedValue([events[0]!, { ...events[1]!, actor: { kind: 'person', name: '另一人' } }]);
    expect(await outcomes(alerts[1]!)).toEqual([['different', '案件经过第 2 条：内容与其 SHA-256 不符']]);
    told.mockResolvedValue([events[1]!]);
    expect((await outcomes(alerts[1]!).catch(String)).toString()).toContain('opening');
    told.mockRestore();

    const kept = vi.spyOn(store.cases, 'attachment');
    kept.mockResolvedValue(Buffer.from('%PDF-1.7 复函（改）'));
    expect(await outcomes(alerts[1]!)).toEqual([['different', '附件 复函.pdf：内容与其 SHA-256 不符']]);
    kept.mockResolvedValue(null);
    expect(await outcomes(alerts[1]!)).toEqual([['different', '附件 复函.pdf：附件内容不在库中']]);
    kept.mockRestore();

    const file = (await store.cases.get(number))!;
    const state = vi.spyOn(store.cases, 'get');
    state.mockResolvedValue({ ...file, state: 'closed' });
    expect(await outcomes(alerts[1]!)).toEqual([['different', '案件现状：与其经过推出的不一致']]);
    state.mockRestore();
  });

  const none = async function* (): AsyncGenerator<never> {};
  /** A store from before settings were kept. */
  const keepingNone = (): Store =>
    new Proxy(workshop.store, {
      get: (store, name) => {
        if (name === 'contents') return (kind: ContentKind) => (kind === 'settings' ? none() : store.contents(kind));
        const part: unknown = Reflect.get(store, name, store);
        return typeof part === 'function' ? (part.bind(store) as unknown) : part;
      },
    });

  it('is computed under the calendar and the settings that it was judged under, however the files were rewritten since; today’s are told apart', async () => {
    const calendar = workshop.calendar.declare([{ day: '2024-11-22', name: '补休' }]);
    const config = { ...workshop.config, policy: { ...workshop.config.policy, rollover: false } };
    expect(await outcomes(alerts[0]!, { calendar, config })).toEqual([
      ['aside', expect.stringMatching(/^按现行规则、日历、设置/)],
    ]);
    const checks = await verifyCase({ ...workshop, calendar, config }, alerts[0]!.number);
    expect(checks.filter(({ what }) => what.startsWith('当时适用的设置'))).toMatchObject([{ outcome: 'equal' }]);
  });

  it('is not taken for equal where the kept settings were touched', async () => {
    const kept = (await workshop.store.settings.inForce())!;
    const policy = { ...workshop.config.policy, rollover: false };
    await workshop.store.settings.put({ ...kept, policy });
    const found = await outcomes(alerts[0]!, {
      config: { ...workshop.config, policy: { ...policy, reviewAlert: 'off' } },
    });
    expect(found).toContainEqual(['different', expect.stringMatching(/^当时适用的设置.*与其 SHA-256 不符/)]);
    await workshop.store.settings.put(kept);
  });

  it('is computed by the calendar that the finding names, where none was kept and days were only filled in since', async () => {
    const calendar = workshop.calendar.declare([{ day: '2025-11-18', name: '州庆' }]);
    expect(await outcomes(alerts[0]!, { calendar, store: keepingNone() })).toEqual([
      ['aside', expect.stringMatching(/^按现行规则、日历、设置.*与当时相同/)],
    ]);
  });

  it('cannot be computed where the calendar of then was not kept and was rewritten, and says so', async () => {
    const rewritten = workshop.calendar.declare([{ day: '2024-11-22', name: '补休' }]);
    expect(await outcomes(alerts[0]!, { calendar: rewritten, store: keepingNone() })).toEqual([
      ['unverifiable', expect.stringContaining(`放假日历 ${workshop.calendar.version} 没有留存，也不能由现有配置还原`)],
      ['aside', expect.stringContaining('与当时相同')],
    ]);
  });

  it('cannot be computed where the settings of then were not kept and were changed since, and says so', async () => {
    const policy = { ...workshop.config.policy, rollover: false };
    const [[outcome, words]] = (await outcomes(alerts[0]!, {
      config: { ...workshop.config, policy },
      store: keepingNone(),
    })) as [[string, string]];
    expect([outcome, words]).toEqual([
      'unverifiable',
      expect.stringContaining('核查设置（config/rules.yaml）此后改过'),
    ]);
  });

  it('cannot be computed by a version of the rule that this program no longer has; today’s verdict stands apart', async () => {
    const alert = alerts[1]!;
    const finding = { ...alert.finding, ruleVersion: '0' };
    await workshop.store.findings.judge([], [], [{ ...alert, finding }]);
    expect(await outcomes(alerts[1]!)).toEqual([
      [
        'unverifiable',
        expect.stringMatching(/不能按当时的依据重新得出，因为结论依规则 .* 第 0 版得出，.*原来的版本已不存在/),
      ],
      ['aside', expect.stringContaining('与当时相同')],
    ]);
    await workshop.store.findings.judge([], [], [alert]);
    expect(await differing(alerts[1]!)).toEqual([]);
  });

  it('takes the days on which a page was gone as our visits recorded them, and holds their replies against the archive', async () => {
    const { store } = workshop;
    const { finding } = alerts[2]!;
    const notice = (await store.notices.get(finding.evidence[0]!.noticeId))!;
    const record = (await store.runs.archiveRecord(notice.archiveId))!;
    const runs = (await store.runs.list({ limit: 5 })).slice(0, 2);
    const vanishing = (status: number): Vanishing => ({
      id: `${notice.id}|${runs[0]!.id}`,
      noticeId: notice.id,
      sourceId: notice.sourceId,
      channelId: notice.channelId,
      state: 'withdrawn',
      missedBy: runs.map(({ id, startedAt }) => ({ runId: id, at: startedAt })),
      probes: [{ at: record.fetchedAt, found: 'gone', status, archiveId: record.id }],
      lastSeenAt: notice.lastSeenAt,
      openedAt: record.fetchedAt,
      returnedAt: null,
    });
    await store.vanishings.put([vanishing(record.status)]);
    const checks = await verifyCase(workshop, alerts[2]!.number);
    expect(checks.filter(({ what }) => what.startsWith('公告打不开的记录'))).toMatchObject([{ outcome: 'equal' }]);
    expect(checks.every(({ outcome }) => outcome === 'equal')).toBe(true);
    await store.vanishings.put([vanishing(404)]);
    expect(await outcomes(alerts[2]!)).toEqual([
      ['different', expect.stringContaining(`应答状态为 ${record.status}，当时记为 404`)],
    ]);
    await store.vanishings.put([vanishing(record.status)]);
  });

  it('stays equal after the archive was pruned: what a notice was read from is never free', async () => {
    const { store, archive } = workshop;
    const before = Math.max(...alerts.map(({ openedAt }) => openedAt)) + 1;
    const retention = await retentionOf(store, archive, before);
    expect(retention.dropped.size).toBeGreaterThan(0);
    await archive.close();
    const place = folderPlace(join(folder, 'archive'));
    const pruned = await pruneArchive({ store, place }, retention, { before, now: before + 30 * 86_400_000 });
    expect(pruned.dropped).toBeGreaterThan(0);
    workshop = { ...workshop, archive: await place.open({ clock: workshop.clock }) };
    for (const alert of alerts.slice(0, 5)) expect(await differing(alert)).toEqual([]);
  });

  it('names the page whose record is no longer in the archive, and computes no verdict without it', async () => {
    const [item] = alerts[3]!.finding.evidence;
    const { archiveId } = (await workshop.store.notices.get(item!.noticeId))!;
    const record = workshop.store.runs.archiveRecord.bind(workshop.store.runs);
    const lost = vi.spyOn(workshop.store.runs, 'archiveRecord');
    lost.mockImplementation((id) => (id === archiveId ? Promise.resolve(null) : record(id)));
    const found = await outcomes(alerts[3]!);
    lost.mockRestore();
    expect(found[0]).toEqual(['different', expect.stringContaining('归档索引中没有这份记录')]);
    expect(found.at(-1)).toEqual(['unverifiable', expect.stringContaining('不能据归档重新得出')]);
  });

  it('names the page whose byte was flipped in the archive', async () => {
    const [item] = alerts[0]!.finding.evidence;
    const notice = (await workshop.store.notices.get(item!.noticeId))!;
    const record = (await workshop.store.runs.archiveRecord(notice.archiveId))!;
    flipByte(record);
    const found = await differing(alerts[0]!);
    expect(found[0]).toMatchObject({
      what: expect.stringContaining(notice.id) as unknown,
      outcome: 'different',
      words: expect.stringContaining('ARCHIVE_DAMAGED') as unknown,
    });
    expect(found.at(-1)).toMatchObject({ what: '核查结论', outcome: 'unverifiable' });
  });

  function flipByte({ file, offset, length }: ArchiveRecord): void {
    const path = join(folder, 'archive', file);
    const bytes = readFileSync(path);
    bytes[offset + Math.floor(length / 2)]! ^= 0x01;
    writeFileSync(path, bytes);
  }
});
