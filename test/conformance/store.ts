import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { epochOf } from '../../src/model/day.ts';
import { CaseOvertaken, CorrectInput, LeaveToOtherWorker } from '../../src/model/errors.ts';
import type { NoticeFields } from '../../src/model/notice.ts';
import { CONTENT_KINDS } from '../../storage/store.ts';
import type { ContentKind, Page, Store, StoreContents, TallyLimits } from '../../storage/store.ts';
import {
  buildAlert,
  buildArchiveRecord,
  buildChannelOutcome,
  buildCommit,
  buildFinding,
  buildIncident,
  buildLinkDecision,
  buildNotice,
  buildObservation,
  buildOpening,
  buildProject,
  buildRequest,
  buildRun,
  buildSentRequest,
  buildLead,
  buildTelling,
  buildKeptSettings,
  buildVanishing,
  buildStep,
  buildUser,
  MARCH_20,
} from '../support/build.ts';
import { collect } from '../support/collect.ts';

/**
 * What every adapter of the Store must do. `open` gives an empty, migrated store of its own.
 */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`store on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    describe('a run', () => {
      it('hands out warm-ups before lists before details, oldest first', async () => {
        await store.runs.begin(buildRun(), [
          buildRequest('detail:b'),
          buildRequest('list:2'),
          buildRequest('warmup'),
          buildRequest('list:1'),
          buildRequest('detail:a'),
        ]);
        expect(await waitingKeys()).toEqual(['warmup', 'list:2', 'list:1', 'detail:b', 'detail:a']);
        expect((await store.runs.waiting('run-1', 2)).map((item) => item.request.key)).toEqual(['warmup', 'list:2']);
        expect([await store.runs.countWaiting('run-1'), await store.runs.countWaiting('run-2')]).toEqual([5, 0]);
      });

      it('refuses a request that the run has already, waiting or answered', async () => {
        await store.runs.begin(buildRun(), [buildRequest('list:1')]);
        await store.runs.commitPage(
          buildCommit({
            requestKey: 'list:1',
            discovered: [buildRequest('detail:a'), buildRequest('detail:a'), buildRequest('list:1')],
          }),
        );
        expect(await waitingKeys()).toEqual(['detail:a']);
        await store.runs.commitPage(
          buildCommit({ requestKey: 'detail:a', discovered: [buildRequest('list:1'), buildRequest('detail:a')] }),
        );
        expect(await waitingKeys()).toEqual([]);
      });

      it('keeps the frontiers of two runs apart', async () => {
        await store.runs.begin(buildRun(), [buildRequest('list:1')]);
        await store.runs.begin(buildRun({ id: 'run-2', sourceId: 'ky_gov' }), [buildRequest('list:1')]);
        await store.runs.commitPage(buildCommit({ requestKey: 'list:1' }));
        expect(await waitingKeys('run-1')).toEqual([]);
        expect(await waitingKeys('run-2')).toEqual(['list:1']);
      });

      it('is found unfinished by source, window and mode, with what it has done so far', async () => {
        const window = { since: '2026-03-01', until: null };
        await store.runs.begin(buildRun({ window }), [buildRequest('list:1'), buildRequest('list:2')]);
        await store.runs.attempted('run-1', 'list:2');
        await store.runs.commitPage(buildCommit({ requestKey: 'list:1', bytes: 700 }));

        const found = await store.runs.unfinished('yn_ccgp', window, false);
        expect(found).toMatchObject({ id: 'run-1', outcome: 'running', finishedAt: null, requests: 2, bytes: 700 });
        const [item] = await store.runs.waiting('run-1', 10);
        expect(item).toEqual({ request: buildRequest('list:2'), attempts: 1 });

        expect(await store.runs.unfinished('ky_gov', window, false)).toBeNull();
        expect(await store.runs.unfinished('yn_ccgp', { since: null, until: null }, false)).toBeNull();
        expect(await store.runs.unfinished('yn_ccgp', { since: '2026-03-01', until: '2026-03-02' }, false)).toBeNull();
        expect(await store.runs.unfinished('yn_ccgp', window, true)).toBeNull();
        await store.runs.finish(buildRun({ window, outcome: 'complete', finishedAt: MARCH_20 }));
        expect(await store.runs.unfinished('yn_ccgp', window, false)).toBeNull();
      });

      it('tells whether it brings in the past', async () => {
        await store.runs.begin(buildRun(), []);
        await store.runs.begin(buildRun({ id: 'run-2', backfill: true }), []);
        expect(await store.runs.get('run-1')).toMatchObject({ backfill: false });
        expect(await store.runs.get('run-2')).toMatchObject({ backfill: true });
      });

      it('begun a second time after a crash keeps its progress', async () => {
        await store.runs.begin(buildRun(), [buildRequest('list:1'), buildRequest('list:2')]);
        await store.runs.commitPage(buildCommit({ requestKey: 'list:1', bytes: 10 }));
        await store.runs.begin(buildRun(), [buildRequest('list:1'), buildRequest('list:2')]);
        expect(await waitingKeys()).toEqual(['list:2']);
        expect(await store.runs.get('run-1')).toMatchObject({ requests: 1, bytes: 10 });
      });

      it('refuses a page for a request that it never asked', async () => {
        await store.runs.begin(buildRun(), []);
        await expect(
          store.runs.commitPage(buildCommit({ requestKey: 'detail:x', observations: [buildObservation()] })),
        ).rejects.toThrow(/detail:x/);
        expect(await store.notices.count({})).toBe(0);
      });

      it('tallies lists, details, failures and what is left by channel', async () => {
        await store.runs.begin(buildRun(), [
          buildRequest('list:2', { channelId: 'gcjs' }),
          buildRequest('list:1', { channelId: 'gcjs' }),
          buildRequest('detail:a', { channelId: 'gcjs' }),
          buildRequest('detail:b', { channelId: 'gcjs' }),
          buildRequest('detail:c', { channelId: 'gcjs' }),
          buildRequest('list:z1', { channelId: 'zfcg' }),
        ]);
        const facts = (page: number) => ({
          channelId: 'gcjs',
          page,
          listed: 20,
          inRegion: 3,
          passedOver: 17,
          siteTotal: 40,
          reachesBackTo: null,
          rowKeys: [`row-${page}`],
        });
        await store.runs.commitPage(buildCommit({ requestKey: 'list:2', listFacts: facts(2) }));
        await store.runs.commitPage(buildCommit({ requestKey: 'list:1', listFacts: facts(1) }));
        await store.runs.commitPage(buildCommit({ requestKey: 'detail:a', observations: [buildObservation()] }));
        await store.runs.commitPage(buildCommit({ requestKey: 'detail:b', failure: failure('HTTP_4XX') }));

        expect(await store.runs.tally('run-1')).toEqual([
          {
            channelId: 'gcjs',
            lists: [facts(1), facts(2)],
            fetched: 1,
            failed: 1,
            pending: 1,
            created: 1,
            changed: 0,
          },
          { channelId: 'zfcg', lists: [], fetched: 0, failed: 0, pending: 1, created: 0, changed: 0 },
        ]);
      });

      it('ends with outcome, channels, failures of pages and of the whole, and drops its frontier', async () => {
        await store.runs.begin(buildRun(), [buildRequest('list:1'), buildRequest('detail:a')]);
        await store.runs.commitPage(buildCommit({ requestKey: 'list:1', failure: failure('TIMED_OUT'), bytes: 5 }));
        const channels = [buildChannelOutcome({ outcome: 'incomplete', reason: '翻页条数少于网站总数', covers: null })];
        const ended = buildRun({
          finishedAt: MARCH_20 + 5,
          outcome: 'incomplete',
          reason: '翻页条数少于网站总数',
          channels,
          failures: [failure('TIMED_OUT'), failure('PAGINATION_SHORT')],
          requests: 1,
          bytes: 5,
        });
        await store.runs.finish(ended);
        await store.runs.finish(ended);
        expect(await store.runs.get('run-1')).toEqual(ended);
        expect(await waitingKeys()).toEqual([]);
        expect(await store.runs.get('run-0')).toBeNull();
      });

      it('is listed latest first, of one source or of all', async () => {
        await store.runs.begin(buildRun({ id: 'r1', startedAt: 1 }), []);
        await store.runs.begin(buildRun({ id: 'r2', startedAt: 2, sourceId: 'ky_gov' }), []);
        await store.runs.begin(buildRun({ id: 'r3', startedAt: 3 }), []);
        expect((await store.runs.list({ limit: 2 })).map((run) => run.id)).toEqual(['r3', 'r2']);
        expect((await store.runs.list({ sourceId: 'yn_ccgp', limit: 9 })).map((run) => run.id)).toEqual(['r3', 'r1']);
        await store.runs.finish(buildRun({ id: 'r1', startedAt: 1, finishedAt: 9, outcome: 'complete' }));
        expect((await store.runs.list({ outcome: 'complete', limit: 9 })).map((run) => run.id)).toEqual(['r1']);
        expect(await store.runs.list({ sourceId: 'ky_gov', outcome: 'complete', limit: 9 })).toEqual([]);
      });

      it('proves coverage by its complete channels alone', async () => {
        await finishedRun('r1', 'yn_ccgp', 10, [
          buildChannelOutcome({ channelId: 'list', covers: { from: null, to: '2026-03-10' } }),
          buildChannelOutcome({ channelId: 'home', outcome: 'incomplete' }),
        ]);
        await finishedRun('r2', 'ky_gov', 30, [buildChannelOutcome({ channelId: 'zfcg' })]);
        await finishedRun('r3', 'yn_ccgp', 20, [buildChannelOutcome({ channelId: 'list', covers: null })]);
        const ofList = {
          sourceId: 'yn_ccgp',
          channelId: 'list',
          runId: 'r1',
          from: null,
          to: '2026-03-10',
          finishedAt: 10,
        };
        const ofGov = {
          sourceId: 'ky_gov',
          channelId: 'zfcg',
          runId: 'r2',
          from: '2026-03-01',
          to: '2026-03-19',
          finishedAt: 30,
        };
        expect(await store.runs.coverage()).toEqual([ofList, ofGov]);
        expect(await store.runs.coverage(['ky_gov'])).toEqual([ofGov]);
        expect(await store.runs.coverage([])).toEqual([]);
      });

      it('keeps archive records in the order of commits and by address', async () => {
        await store.runs.begin(buildRun(), [buildRequest('list:1'), buildRequest('list:2'), buildRequest('list:3')]);
        const records = [
          buildArchiveRecord({ id: 'c', url: 'https://example.test/a', fetchedAt: 30 }),
          buildArchiveRecord({ id: 'a', url: 'https://example.test/b', fetchedAt: 20 }),
          buildArchiveRecord({ id: 'b', url: 'https://example.test/a', fetchedAt: 10 }),
        ];
        for (const [i, archive] of records.entries()) {
          await store.runs.commitPage(buildCommit({ requestKey: `list:${i + 1}`, archive }));
        }
        expect(await collect(store.runs.allArchiveRecords())).toEqual(records);
        const ofA = await store.runs.archiveRecordsOf('https://example.test/a');
        expect(ofA.map((record) => record.id)).toEqual(['b', 'c']);
        expect(await store.runs.archiveRecord('a')).toEqual(records[1]);
        expect(await store.runs.archiveRecord('zz')).toBeNull();
      });

      it('knows the last reply of an address that has a body, with what the site recognises it by', async () => {
        await store.runs.begin(
          buildRun(),
          ['1', '2', '3', '4'].map((n) => buildRequest(`list:${n}`)),
        );
        const url = 'https://example.test/a';
        const first = buildArchiveRecord({ id: 'a', url, fetchedAt: 10, validators: { etag: 'W/"1"' } });
        const last = buildArchiveRecord({ id: 'b', url, fetchedAt: 20, validators: { lastModified: 'Fri, 20 Mar' } });
        const confirmation = buildArchiveRecord({ id: 'c', url, fetchedAt: 30, status: 304, revisits: 'b' });
        const other = buildArchiveRecord({ id: 'd', url, fetchedAt: 40, sourceId: 'ky_gov' });
        for (const [i, archive] of [first, last, confirmation, other].entries()) {
          await store.runs.commitPage(buildCommit({ requestKey: `list:${i + 1}`, archive }));
        }
        expect(await store.runs.lastReply('yn_ccgp', url)).toEqual(last);
        expect(await store.runs.lastReply('yn_ccgp', 'https://example.test/b')).toBeNull();
        expect(await store.runs.archiveRecord('c')).toEqual(confirmation);
      });
    });

    describe('a file of the archive that was written anew', () => {
      const place = async (id: string) => {
        const record = await store.runs.archiveRecord(id);
        return record && [record.file, record.offset];
      };
      beforeEach(async () => {
        await store.runs.begin(
          buildRun(),
          ['a', 'b', 'c', 'd'].map((key) => buildRequest(key)),
        );
        for (const [i, id] of ['a', 'b', 'c', 'd'].entries()) {
          const archive = buildArchiveRecord({ id, file: id === 'd' ? 'other' : 'old', offset: i * 100 });
          await store.runs.commitPage(buildCommit({ requestKey: id, archive }));
        }
      });

      it('is found by its kept records, in their order; the dropped ones are gone', async () => {
        const change = { file: 'old', moved: [{ id: 'a', file: 'new', offset: 5 }], dropped: ['b', 'c'] };
        await store.runs.rearrangeArchive(change);
        expect(await place('a')).toEqual(['new', 5]);
        const left = await collect(store.runs.allArchiveRecords());
        expect(left.map(({ id }) => id)).toEqual(['a', 'd']);
        expect(left[0]).toEqual(buildArchiveRecord({ id: 'a', file: 'new', offset: 5 }));
        // Again, as after a lost acknowledgement: nothing is left to do.
        await store.runs.rearrangeArchive(change);
        expect(await collect(store.runs.allArchiveRecords())).toEqual(left);
      });

      it('leaves alone what lies in another file by now', async () => {
        const change = { file: 'old', moved: [{ id: 'd', file: 'new', offset: 5 }], dropped: ['d'] };
        await store.runs.rearrangeArchive(change);
        expect(await place('d')).toEqual(['other', 300]);
      });
    });

    describe('a page committed', () => {
      it('twice changes nothing the second time', async () => {
        await store.runs.begin(buildRun(), [buildRequest('detail:a')]);
        const commit = buildCommit({
          requestKey: 'detail:a',
          archive: buildArchiveRecord({ id: 'archive-1' }),
          observations: [buildObservation({ archiveId: 'archive-1' })],
          discovered: [buildRequest('detail:b')],
          failure: failure('FIELD_MISSING'),
          bytes: 900,
        });
        const id = commit.observations[0]!.noticeId;
        expect(await store.runs.commitPage(commit)).toEqual({ created: [id], changed: [] });
        const before = await everything(id);
        expect(await store.runs.commitPage(commit)).toEqual({ created: [], changed: [] });
        expect(await everything(id)).toEqual(before);
        expect(before.run).toMatchObject({ requests: 1, bytes: 900, failures: [failure('FIELD_MISSING')] });
      });

      async function everything(noticeId: string) {
        return {
          run: await store.runs.get('run-1'),
          tally: await store.runs.tally('run-1'),
          waiting: await store.runs.waiting('run-1', 100),
          archive: await collect(store.runs.allArchiveRecords()),
          notice: await store.notices.get(noticeId),
          revisions: await store.notices.revisions(noticeId),
        };
      }

      it('moves only the last sight of notices that a list showed again', async () => {
        await store.runs.begin(buildRun(), [buildRequest('detail:a'), buildRequest('list:1')]);
        const seen = buildObservation();
        await store.runs.commitPage(buildCommit({ requestKey: 'detail:a', observations: [seen] }));
        await store.runs.commitPage(
          buildCommit({
            requestKey: 'list:1',
            seenAgain: [
              { noticeId: seen.noticeId, at: MARCH_20 + 1000 },
              { noticeId: 'yn_ccgp:unknown', at: MARCH_20 },
            ],
          }),
        );
        expect(await store.notices.get(seen.noticeId)).toMatchObject({
          firstSeenAt: MARCH_20,
          lastSeenAt: MARCH_20 + 1000,
          revision: 1,
        });
        expect(await store.notices.get('yn_ccgp:unknown')).toBeNull();
      });

      it('moves the last sight forward outside a crawl as well, and never back', async () => {
        const seen = buildObservation();
        await store.notices.observe([seen]);
        await store.notices.sight([
          { noticeId: seen.noticeId, at: MARCH_20 + 1000 },
          { noticeId: seen.noticeId, at: MARCH_20 - 1000 },
          { noticeId: 'yn_ccgp:unknown', at: MARCH_20 },
        ]);
        expect(await store.notices.get(seen.noticeId)).toMatchObject({ lastSeenAt: MARCH_20 + 1000, revision: 1 });
        expect(await store.notices.get('yn_ccgp:unknown')).toBeNull();
        await store.notices.sight([]);
      });
    });

    describe('a notice', () => {
      it('comes back as it was read', async () => {
        const parts = {
          fields: { amount: 1234567.89, lots: [lot('1')], publishDate: '2026-03-16T09:30' },
          absentAt: MARCH_20 - 86_400_000,
          attachments: [{ name: '采购文件.pdf', url: 'https://example.test/a.pdf' }],
        };
        const notice = buildNotice(parts);
        await store.notices.observe([buildObservation(parts)]);
        expect(await store.notices.get(notice.id)).toEqual(notice);
        expect(notice).toMatchObject({ revision: 1, firstPublishDate: '2026-03-16T09:30', firstSeenAt: MARCH_20 });
        expect(await store.notices.get('yn_ccgp:none')).toBeNull();
      });

      it('seen again unchanged with another file, or with one that came only now, keeps it and gets no revision', async () => {
        const file = (name: string, archiveId?: string) => ({
          name,
          url: `https://example.test/${name}`,
          state: archiveId === undefined ? ('missing' as const) : ('kept' as const),
          ...(archiveId !== undefined && { archiveId }),
        });
        const at = (n: number, attachments: ReturnType<typeof file>[]) =>
          buildObservation({ observedAt: MARCH_20 + n, archiveId: `page-${n}`, attachments });
        const { noticeId } = at(0, []);
        const notice = async () => (await store.notices.get(noticeId))!;
        await store.notices.observe([at(0, [file('a.pdf', 'r1'), file('b.pdf')])]);
        await store.notices.observe([at(1, [file('b.pdf', 'r2'), file('c.pdf', 'r3')])]);
        const all = [file('a.pdf', 'r1'), file('b.pdf', 'r2'), file('c.pdf', 'r3')];
        expect(await notice()).toMatchObject({ revision: 1, archiveId: 'page-0', attachments: all });
        await store.notices.observe([at(2, [file('a.pdf')])]);
        expect(await notice()).toMatchObject({ revision: 1, attachments: all, lastSeenAt: MARCH_20 + 2 });
      });

      it('seen again unchanged gets no revision and keeps the record it was read from', async () => {
        const first = buildObservation();
        await store.notices.observe([first]);
        const again = buildObservation({ observedAt: MARCH_20 + 5000, absentAt: MARCH_20 + 1 });
        expect(await store.notices.observe([again])).toEqual({ created: [], changed: [] });
        expect(await store.notices.get(first.noticeId)).toMatchObject({
          revision: 1,
          lastSeenAt: MARCH_20 + 5000,
          archiveId: first.archiveId,
          absentAt: null,
        });
        expect(await store.notices.revisions(first.noticeId)).toHaveLength(1);
      });

      it('silently edited gets a revision that names the fields, and never loses first sight and first stated date', async () => {
        const first = buildObservation({ absentAt: MARCH_20 - 1 });
        const edited = buildObservation({
          observedAt: MARCH_20 + 9000,
          absentAt: MARCH_20 + 8000,
          fields: { publishDate: '2026-03-12', amount: 88_000, amountKind: 'award' },
        });
        await store.notices.observe([first]);
        expect(await store.notices.observe([edited])).toEqual({ created: [], changed: [first.noticeId] });

        expect(await store.notices.get(first.noticeId)).toMatchObject({
          fields: edited.reading.fields,
          revision: 2,
          digest: edited.digest,
          archiveId: edited.archiveId,
          firstSeenAt: MARCH_20,
          absentAt: MARCH_20 - 1,
          firstPublishDate: '2026-03-16',
          lastSeenAt: MARCH_20 + 9000,
        });
        const revisions = await store.notices.revisions(first.noticeId);
        expect(revisions.map((r) => [r.revision, r.observedAt, r.archiveId, [...r.changed].sort()])).toEqual([
          [1, MARCH_20, first.archiveId, []],
          [2, MARCH_20 + 9000, edited.archiveId, ['amount', 'amountKind', 'publishDate']],
        ]);
        expect(revisions[0]!.fields).toEqual(first.reading.fields);
      });

      it('edited and edited back has three revisions', async () => {
        const at = (ms: number, amount: number | null) =>
          buildObservation({ observedAt: MARCH_20 + ms, fields: { amount } });
        await store.notices.observe([at(0, 1), at(10, 2), at(20, 1)]);
        const [notice] = await store.notices.getMany([at(0, 1).noticeId]);
        expect(notice).toMatchObject({ revision: 3, fields: { amount: 1 } });
      });

      it('replayed from old records never goes back to an old revision', async () => {
        const at = (ms: number, amount: number) => buildObservation({ observedAt: MARCH_20 + ms, fields: { amount } });
        await store.notices.observe([at(0, 1), at(10, 2)]);
        expect(await store.notices.observe([at(0, 1), at(10, 2)])).toEqual({ created: [], changed: [] });
        // A page older than the latest revision that was never stored: late, not new.
        expect(await store.notices.observe([at(5, 3)])).toEqual({ created: [], changed: [] });
        expect(await store.notices.get(at(0, 1).noticeId)).toMatchObject({
          revision: 2,
          fields: { amount: 2 },
          lastSeenAt: MARCH_20 + 10,
        });
      });

      it('is told known or unknown before its page is fetched', async () => {
        const seen = buildObservation();
        await store.notices.observe([seen]);
        expect(await store.notices.known([seen.noticeId, 'yn_ccgp:none'])).toEqual(
          new Map([
            [seen.noticeId, { title: seen.reading.fields.title, publishDate: '2026-03-16', lastSeenAt: MARCH_20 }],
          ]),
        );
      });

      it('is walked by id, all of them, more than one batch', async () => {
        const ids = Array.from({ length: 450 }, (_, i) => `yn_ccgp:n${String(i).padStart(4, '0')}`);
        await store.notices.observe([...ids].reverse().map((noticeId) => buildObservation({ noticeId })));
        expect((await collect(store.notices.all())).map((notice) => notice.id)).toEqual(ids);
      });
    });

    describe('search', () => {
      it('finds two-character words in titles, parties and text', async () => {
        await observe('a', { title: '开远市农村公路养护工程招标公告' });
        await observe('b', { title: '开远市医院采购公告', purchaser: '开远市公路局' });
        await observe('c', { title: '其他公告' }, '本项目位于省道公路沿线');
        await observe('d', { title: '开远市学校食堂采购公告' });
        expect(await found('公路')).toEqual(['a', 'b', 'c']);
        expect(await found('招标')).toEqual(['a']);
        expect(await found('铁路')).toEqual([]);
      });

      it('wants every word', async () => {
        await observe('a', { title: '农村公路养护工程招标公告' });
        await observe('b', { title: '农村公路养护工程中标公告' });
        expect(await found('公路 招标')).toEqual(['a']);
        expect(await found('  公路　养护 ')).toEqual(['a', 'b']);
        expect(await found('公路 隧道')).toEqual([]);
      });

      it('takes longer words as they stand, not as scattered pairs', async () => {
        await observe('a', { title: '污水处理厂改造' });
        // 污水 · 水处 · 处理 all occur, 污水处理 does not.
        await observe('b', { title: '污水管网' }, '排水处置；处理意见');
        expect(await found('污水处理')).toEqual(['a']);
        expect(await store.notices.count({ text: '污水处理' })).toBe(1);
      });

      it('joins no words across titles, names and text', async () => {
        await observe('a', { title: '农村公', projectName: '路灯采购' });
        expect(await found('公路')).toEqual([]);
        expect(await found('农村公路灯')).toEqual([]);
      });

      it('finds single characters, anywhere in a word', async () => {
        await observe('a', { title: '开远市公路' });
        await observe('b', { title: '路灯采购' });
        await observe('c', { title: '医疗设备' }, '无');
        expect(await found('路')).toEqual(['a', 'b']);
      });

      it('finds codes and Latin words in either case and width', async () => {
        await observe('a', { projectCode: 'HHZC2026-G1-00123', codes: ['HHZC2026-G1-00123'] });
        await observe('b', { projectCode: 'KYZC2026-J2-00456', codes: ['KYZC2026-J2-00456'] });
        await observe('c', { title: 'LED 显示屏采购', projectCode: null, codes: [] });
        expect(await found('HHZC2026-G1-00123')).toEqual(['a']);
        expect(await found('hhzc2026-g1-00123')).toEqual(['a']);
        expect(await found('ＨＨＺＣ２０２６')).toEqual(['a']);
        expect(await found('HHZC')).toEqual(['a']);
        expect(await found('hhzc2026-g1')).toEqual(['a']);
        expect(await found('00456')).toEqual(['b']);
        expect(await found('led')).toEqual(['c']);
        expect(await found('led 显示屏')).toEqual(['c']);
      });

      it('takes a query as words, never as a language of its own', async () => {
        await observe('a', { title: '开远市公路招标公告' });
        await observe('b', { title: '开远市医院采购公告' });
        for (const text of [
          '"',
          '公路" OR "医院',
          'NOT 公路',
          'title:公路',
          '公路*',
          '公路 AND',
          "'; DROP TABLE notices; --",
        ]) {
          const ids = await found(text).catch((error: unknown): string[] => {
            if (error instanceof CorrectInput) return [];
            throw error;
          });
          expect(ids.includes('b')).toBe(false);
        }
        expect(await found('公路')).toEqual(['a']);
      });

      it('asks for real words when only marks were given', async () => {
        await expect(store.notices.search({ text: '（）——', limit: 10 })).rejects.toThrow(CorrectInput);
        await expect(store.notices.count({ text: '（）——' })).rejects.toThrow(CorrectInput);
        await expect(store.notices.search({ text: '\uE000', limit: 10 })).rejects.toThrow(CorrectInput);
        await expect(store.notices.search({ text: '公路 '.repeat(90), limit: 10 })).rejects.toThrow(CorrectInput);
        await observe('a', { title: '农村公路' });
        expect(await found('公路 ——')).toEqual(['a']);
        expect(await found('   ')).toEqual(['a']);
      });

      it('filters by kind, track, source and stated days, both ends included', async () => {
        await observe('a', { kind: 'tender', track: 'construction', publishDate: '2026-03-10' });
        await observe('b', { kind: 'result', track: 'procurement', publishDate: '2026-03-11T23:59' });
        await observe('c', { kind: 'result', track: 'construction', publishDate: '2026-03-12' }, undefined, 'ky_gov');
        await observe('d', { kind: 'result', track: null, publishDate: null });
        expect(await found(undefined, { kind: 'result' })).toEqual(['b', 'c', 'd']);
        expect(await found(undefined, { track: 'construction' })).toEqual(['a', 'c']);
        expect(await found(undefined, { sourceId: 'ky_gov' })).toEqual(['c']);
        expect(await found(undefined, { from: '2026-03-11' })).toEqual(['b', 'c']);
        expect(await found(undefined, { to: '2026-03-11' })).toEqual(['a', 'b']);
        expect(await found(undefined, { from: '2026-03-11', to: '2026-03-11' })).toEqual(['b']);
        expect(await found('开远', { kind: 'result', track: 'construction', sourceId: 'ky_gov' })).toEqual(['c']);
        expect(await found('开远', { kind: 'contract' })).toEqual([]);
        expect(await found()).toEqual(['a', 'b', 'c', 'd']);
      });

      it('lets no text pass itself off as a filter', async () => {
        await observe('a', { kind: 'other' }, '\uE000kind:tender kind:tender \uE000track:land source:ky_gov');
        expect(await found(undefined, { kind: 'tender' })).toEqual([]);
        expect(await found(undefined, { track: 'land' })).toEqual([]);
        expect(await found(undefined, { sourceId: 'ky_gov' })).toEqual([]);
      });

      it('shows the newest stated day first, then by id, undated last', async () => {
        await observe('c', { publishDate: '2026-03-16T08:00' });
        await observe('x', { publishDate: null });
        await observe('a', { publishDate: '2026-03-16' });
        await observe('b', { publishDate: '2026-03-17' });
        const page = await store.notices.search({ limit: 10 });
        expect(page.items.map((item) => item.id.split(':')[1])).toEqual(['b', 'a', 'c', 'x']);
        expect(page.nextCursor).toBeNull();
      });

      it('pages without overlap or gap, also within one day and while notices arrive', async () => {
        const ids = Array.from({ length: 23 }, (_, i) => `n${String(i).padStart(2, '0')}`);
        for (const [i, id] of ids.entries()) await observe(id, { publishDate: i < 15 ? '2026-03-16' : '2026-03-15' });
        for (const text of [undefined, '开远', '开远市人民医院']) {
          const seen: string[] = [];
          let cursor: string | undefined;
          let pages = 0;
          do {
            const page: Page<{ id: string }> = await store.notices.search({ text, limit: 4, cursor });
            seen.push(...page.items.map((item) => item.id.split(':')[1]!));
            cursor = page.nextCursor ?? undefined;
            pages += 1;
            if (pages === 2) await observe(`late-${text?.length ?? 0}`, { publishDate: '2026-03-20' });
          } while (cursor !== undefined);
          expect(seen.filter((id) => !id.startsWith('late'))).toEqual(ids);
          expect(new Set(seen).size).toBe(seen.length);
        }
      });

      it('ends exactly at a full page', async () => {
        await observe('a', {});
        await observe('b', {});
        expect((await store.notices.search({ limit: 2 })).nextCursor).toBeNull();
        expect((await store.notices.search({ limit: 1 })).nextCursor).not.toBeNull();
      });

      it('refuses a cursor of another query, a broken one, and a page of no rows', async () => {
        await observe('a', {});
        await observe('b', {});
        const { nextCursor } = await store.notices.search({ text: '开远', limit: 1 });
        for (const query of [
          { text: '医院', limit: 1, cursor: nextCursor! },
          { limit: 1, cursor: nextCursor! },
          { text: '开远', kind: 'tender' as const, limit: 1, cursor: nextCursor! },
          { text: '开远', limit: 1, cursor: 'abc' },
          { text: '开远', limit: 1, cursor: '' },
          { text: '开远', limit: 1, cursor: `${nextCursor!}AA` },
          { limit: 0 },
          { limit: Number.NaN },
        ]) {
          await expect(store.notices.search(query)).rejects.toThrow(CorrectInput);
        }
        expect((await store.notices.search({ text: '开远', limit: 9, cursor: nextCursor! })).items).toHaveLength(1);
      });

      it('counts what it finds', async () => {
        await observe('a', { title: '农村公路', kind: 'tender' });
        await observe('b', { title: '公路养护', kind: 'result' });
        expect(await store.notices.count({})).toBe(2);
        expect(await store.notices.count({ text: '公路' })).toBe(2);
        expect(await store.notices.count({ text: '公路', kind: 'result' })).toBe(1);
        expect(await store.notices.count({ text: '公路', from: '2027-01-01' })).toBe(0);
        await observe('c', { title: '公路大修', kind: 'result' });
        expect(await store.notices.count({ text: '公路', kind: 'result' })).toBe(2);
      });

      it('says at once how long a list is: exactly, about where long words were not all checked, or at least', async () => {
        for (const id of ['a', 'b', 'c']) await observe(id, { title: '公路养护' });
        // Both its pairs, apart from each other.
        await observe('d', { title: '公路与路养' });
        const tally = (text: string, limits: TallyLimits) => store.notices.tally({ text }, limits);
        expect(await tally('公路养', { counted: 10, checked: 4 })).toEqual({ count: 3, is: 'exact' });
        expect(await tally('公路养', { counted: 10, checked: 3 })).toEqual({ count: 4, is: 'about' });
        expect(await tally('公路', { counted: 4, checked: 0 })).toEqual({ count: 4, is: 'exact' });
        expect(await tally('公路', { counted: 3, checked: 0 })).toEqual({ count: 3, is: 'at_least' });
        expect(await store.notices.tally({})).toEqual({ count: 4, is: 'exact' });
      });

      it('follows an edited notice to its new words, kind and day', async () => {
        await observe('a', { title: '公路招标', publishDate: '2026-03-16', kind: 'tender' });
        expect(await found('公路')).toEqual(['a']);
        await store.notices.observe([
          buildObservation({
            noticeId: 'yn_ccgp:a',
            observedAt: MARCH_20 + 9,
            fields: { title: '桥梁中标', publishDate: '2026-02-01', kind: 'result' },
            text: '桥梁',
          }),
        ]);
        expect(await found('公路')).toEqual([]);
        expect(await found('桥梁', { kind: 'result', to: '2026-02-28' })).toEqual(['a']);
        expect(await store.notices.count({})).toBe(1);
      });

      it('summarises what lists show', async () => {
        await observe('a', { amount: 12.5, amountKind: 'award', kind: 'result' });
        const { items } = await store.notices.search({ limit: 1 });
        expect(items[0]).toEqual({
          id: 'yn_ccgp:a',
          sourceId: 'yn_ccgp',
          channelId: 'list',
          title: '开远市人民医院医疗设备采购项目公开招标公告',
          kind: 'result',
          track: 'procurement',
          projectName: '开远市人民医院医疗设备采购项目',
          projectCode: 'HHZC2026-G1-00123',
          purchaser: '开远市人民医院',
          amount: 12.5,
          publishDate: '2026-03-16',
          region: '开远市',
          projectId: null,
          copies: 0,
          firstSeenAt: MARCH_20,
        });
      });
    });

    describe('projects', () => {
      beforeEach(async () => {
        for (const id of ['a', 'b', 'c', 'd']) await observe(id, {});
      });
      const id = (short: string) => `yn_ccgp:${short}`;

      it('take their notices off the work list, and show in the notices', async () => {
        expect((await store.notices.unmatched(10)).map((n) => n.id)).toEqual(['a', 'b', 'c', 'd'].map(id));
        expect(await store.notices.unmatched(3)).toHaveLength(3);
        expect(await store.notices.countUnmatched()).toBe(4);
        const project = buildProject({
          id: 'p1',
          noticeIds: [id('a'), id('b'), id('c')],
          groups: [
            { id: 'g1', noticeIds: [id('a'), id('b')] },
            { id: 'g2', noticeIds: [id('c')] },
          ],
        });
        await store.projects.replace([id('a'), id('b'), id('c')], [project]);
        expect((await store.notices.unmatched(10)).map((n) => n.id)).toEqual([id('d')]);
        expect(await store.projects.get('p1')).toEqual(project);
        expect(await store.projects.get('p0')).toBeNull();
        expect(await store.projects.ofNotices([id('a'), id('d'), id('c')])).toEqual(
          new Map([
            [id('a'), 'p1'],
            [id('c'), 'p1'],
          ]),
        );
        const { items } = await store.notices.search({ limit: 10 });
        expect(items.map((item) => [item.projectId, item.copies])).toEqual([
          ['p1', 1],
          ['p1', 1],
          ['p1', 0],
          [null, 0],
        ]);
        expect(await found(undefined, { projectId: 'p1' })).toEqual(['a', 'b', 'c']);
        expect(await store.notices.count({ projectId: 'p1' })).toBe(3);
        expect(await found('医疗', { projectId: 'p1', kind: 'result' })).toEqual([]);
        expect(await found(undefined, { projectId: 'p9' })).toEqual([]);
      });

      it('give way to the projects that replace them, findings included', async () => {
        await store.projects.replace(
          [id('a'), id('b'), id('c')],
          [buildProject({ id: 'p1', noticeIds: [id('a'), id('b')] }), buildProject({ id: 'p2', noticeIds: [id('c')] })],
        );
        await store.findings.judge(
          ['p1', 'p2'],
          [buildFinding({ projectId: 'p1' }), buildFinding({ projectId: 'p2' })],
          [buildAlert({ projectId: 'p2' })],
        );
        const merged = buildProject({ id: 'p1', name: '合并后的项目', noticeIds: [id('a'), id('b'), id('c')] });
        await store.projects.replace([id('a'), id('b'), id('c')], [merged]);
        await store.projects.replace([id('a'), id('b'), id('c')], [merged]);

        expect(await collect(store.projects.all())).toEqual([merged]);
        expect(await store.projects.count({})).toBe(1);
        expect(await store.findings.ofProject('p1')).toHaveLength(1);
        expect(await store.findings.ofProject('p2')).toEqual([]);
        // What a supervisor was told is not untold.
        expect(await store.findings.alertsOfProjects(['p2'])).toHaveLength(1);
      });

      it('tell of every alert where it stands and by which page, in the order of keys', async () => {
        const page = id('a');
        const finding = {
          ...buildFinding({ projectId: 'p1' }),
          evidence: [{ noticeId: page, role: 'result' as const }],
        };
        const without = buildFinding({ projectId: 'p2', verdict: 'compliant', evidence: [] });
        const opened = [buildAlert({ projectId: 'p2', finding: without }), buildAlert({ projectId: 'p1', finding })];
        await store.findings.judge([], [], opened);
        const places = async () => (await collect(store.findings.alertPlaces())).flat();
        const [first, second] = await store.findings.alertsOfProjects(['p1', 'p2']);
        expect(await places()).toEqual([
          { key: first!.key, projectId: 'p1', page },
          { key: second!.key, projectId: 'p2', page: null },
        ]);
        const moved = { ...second!, projectId: 'p3', finding };
        await store.findings.judge([], [], [moved]);
        expect((await places())[1]).toEqual({ key: second!.key, projectId: 'p3', page });
      });

      it('leave notices of a project that falls apart without one', async () => {
        await store.projects.replace([id('a'), id('b')], [buildProject({ id: 'p1', noticeIds: [id('a'), id('b')] })]);
        await store.projects.replace([id('b')], [buildProject({ id: 'p2', noticeIds: [id('b')] })]);
        expect(await store.projects.ofNotices([id('a'), id('b')])).toEqual(new Map([[id('b'), 'p2']]));
      });

      it('keep a notice on the work list that was edited while it was being matched', async () => {
        const [first] = await store.notices.unmatched(1);
        await store.notices.observe([
          buildObservation({ noticeId: first!.id, observedAt: MARCH_20 + 9, fields: { amount: 5 } }),
        ]);
        await store.projects.replace([first!.id], [buildProject({ id: 'p1', noticeIds: [first!.id] })]);
        expect((await store.notices.unmatched(10)).map((n) => n.id)).toContain(first!.id);
        await store.projects.replace([first!.id], [buildProject({ id: 'p1', noticeIds: [first!.id] })]);
        expect((await store.notices.unmatched(10)).map((n) => n.id)).not.toContain(first!.id);
      });

      it('put an edited notice back on the work list', async () => {
        await store.projects.replace([id('a')], [buildProject({ id: 'p1', noticeIds: [id('a')] })]);
        await store.notices.observe([
          buildObservation({ noticeId: id('a'), observedAt: MARCH_20 + 9, fields: { amount: 5 } }),
        ]);
        expect((await store.notices.unmatched(10)).map((n) => n.id)).toContain(id('a'));
      });

      it('are searched by words, track, state and what is suggested, newest last day first', async () => {
        const suggestion = { own: 'a', other: 'b', code: 'SIMILAR_NAME', reason: '名称相近', confidence: 0.7 } as const;
        await store.projects.replace(
          [],
          [
            buildProject({ id: 'p1', name: '农村公路养护', track: 'construction', lastDay: '2026-03-01' }),
            buildProject({ id: 'p2', name: '公路路灯', state: 'AWARDED', lastDay: '2026-03-05' }),
            buildProject({ id: 'p3', name: '医院设备', lastDay: null }),
            buildProject({ id: 'p4', name: '公路大修', lastDay: '2026-03-05', code: 'A-7', codes: ['A-7'] }),
            buildProject({ id: 'p5', name: '校舍维修', lastDay: '2026-02-01', suggestions: [suggestion] }),
          ],
        );
        const ids = async (query: object) =>
          (await store.projects.search({ limit: 10, ...query })).items.map((project) => project.id);
        expect(await ids({})).toEqual(['p2', 'p4', 'p1', 'p5', 'p3']);
        expect(await ids({ suggested: true })).toEqual(['p5']);
        expect(await store.projects.count({ suggested: true })).toBe(1);
        expect(await ids({ text: '公路' })).toEqual(['p2', 'p4', 'p1']);
        expect(await ids({ text: '公路 养护' })).toEqual(['p1']);
        expect(await ids({ text: 'a-7' })).toEqual(['p4']);
        expect(await ids({ track: 'construction' })).toEqual(['p1']);
        expect(await ids({ state: 'AWARDED', text: '公路' })).toEqual(['p2']);
        expect(await store.projects.count({ text: '公路' })).toBe(3);
        expect(await store.projects.count({ text: '公路大修' })).toBe(1);

        const first = await store.projects.search({ limit: 1 });
        const rest = await store.projects.search({ limit: 9, cursor: first.nextCursor! });
        expect(rest.items.map((project) => project.id)).toEqual(['p4', 'p1', 'p5', 'p3']);
        expect(rest.nextCursor).toBeNull();
        await expect(store.projects.search({ text: '公路', limit: 1, cursor: first.nextCursor! })).rejects.toThrow(
          CorrectInput,
        );
      });

      it('let matched notices be found by their link keys, each once', async () => {
        const keys = new Map([
          [id('a'), ['code:1', 'title:x']],
          [id('b'), ['code:1']],
        ]);
        await store.projects.replace(
          [id('a'), id('b')],
          [buildProject({ id: 'p1', noticeIds: [id('a'), id('b')] })],
          keys,
        );
        const linked = async (...of: string[]) => (await store.notices.byLinkKeys(of)).map((notice) => notice.id);
        expect(await linked('code:1', 'title:x')).toEqual([id('a'), id('b')]);
        expect(await linked('title:x')).toEqual([id('a')]);
        expect(await linked('none')).toEqual([]);
        expect(await linked()).toEqual([]);
        const project = buildProject({ id: 'p1', noticeIds: [id('a'), id('b')] });
        await store.projects.replace([id('a')], [project]);
        expect(await linked('title:x')).toEqual([id('a')]);
        await store.projects.replace([id('a')], [project], new Map([[id('a'), ['code:2']]]));
        expect(await linked('code:1')).toEqual([id('b')]);
        expect(await linked('code:2')).toEqual([id('a')]);
        await store.notices.clear();
        expect(await linked('code:2')).toEqual([]);
      });
    });

    describe('what projects are judged by', () => {
      const rows = async () => (await collect(store.projects.sheets())).flat();
      const row = (projectId: string, sheet: string | null, said: string | null) => ({ projectId, sheet, said });
      const one = (id: string) => buildProject({ id, noticeIds: [`yn_ccgp:${id}`] });
      beforeEach(async () => {
        for (const id of ['p1', 'p2', 'p3']) await observe(id, {});
        await store.projects.replace(
          ['yn_ccgp:p1', 'yn_ccgp:p2', 'yn_ccgp:p3'],
          [one('p3'), one('p1'), one('p2')],
          undefined,
          new Map([
            ['p1', 'one'],
            ['p3', 'three'],
          ]),
        );
      });

      it('is told of every project in the order of ids, null where it is not known', async () => {
        expect(await rows()).toEqual([row('p1', 'one', null), row('p2', null, null), row('p3', 'three', null)]);
      });

      it('is filled in for projects that are there', async () => {
        await store.projects.putSheets(
          new Map([
            ['p2', 'two'],
            ['p9', 'nine'],
          ]),
        );
        expect(await rows()).toEqual([row('p1', 'one', null), row('p2', 'two', null), row('p3', 'three', null)]);
      });

      it('remembers what was said until the findings are replaced without a word', async () => {
        await store.findings.judge(
          ['p1'],
          [buildFinding({ projectId: 'p1' })],
          [],
          new Map([
            ['p1', 'd1'],
            ['p3', 'd3'],
          ]),
        );
        expect(await rows()).toEqual([row('p1', 'one', 'd1'), row('p2', null, null), row('p3', 'three', 'd3')]);
        await store.findings.judge(['p1'], [], []);
        expect(await rows()).toEqual([row('p1', 'one', null), row('p2', null, null), row('p3', 'three', 'd3')]);
      });

      it('changes with the project, and forgets what was said by the sheet before', async () => {
        await store.findings.judge([], [], [], new Map([['p1', 'd1']]));
        await store.projects.replace(['yn_ccgp:p1'], [one('p1')], undefined, new Map([['p1', 'anew']]));
        expect((await rows())[0]).toEqual(row('p1', 'anew', null));
        await store.findings.judge([], [], [], new Map([['p1', 'd2']]));
        await store.projects.putSheets(new Map([['p1', 'another']]));
        expect((await rows())[0]).toEqual(row('p1', 'another', null));
        await store.projects.replace(['yn_ccgp:p1'], [one('p1')]);
        expect((await rows())[0]).toEqual(row('p1', null, null));
      });

      it('goes with the project', async () => {
        await store.projects.replace(['yn_ccgp:p1'], []);
        expect((await rows()).map(({ projectId }) => projectId)).toEqual(['p2', 'p3']);
        await store.projects.replace(['yn_ccgp:p1'], [one('p1')]);
        expect((await rows())[0]).toEqual(row('p1', null, null));
        await store.notices.clear();
        expect(await rows()).toEqual([]);
      });
    });

    describe('findings and alerts', () => {
      it('are replaced for the projects judged, and for no other', async () => {
        await store.findings.judge(
          ['p1', 'p2'],
          [
            buildFinding({ projectId: 'p1', lot: '1' }),
            buildFinding({ projectId: 'p1', lot: '2' }),
            buildFinding({ projectId: 'p2' }),
          ],
          [],
        );
        const later = buildFinding({
          projectId: 'p1',
          lot: '1',
          verdict: 'compliant',
          severity: 'none',
          codes: ['OK'],
        });
        await store.findings.judge(['p1'], [later], []);
        expect(await store.findings.ofProject('p1')).toEqual([later]);
        expect(await store.findings.ofProject('p2')).toHaveLength(1);
        expect(await store.findings.ofProject('p3')).toEqual([]);
        expect((await store.findings.ofProjects(['p2', 'p1', 'p3'])).map((f) => f.projectId)).toEqual(['p1', 'p2']);
        expect(await store.findings.ofProjects([])).toEqual([]);
      });

      it('are searched by rule, verdict and project, page by page', async () => {
        const findings = ['p1', 'p2', 'p3'].flatMap((projectId) => [
          buildFinding({ projectId }),
          buildFinding({ projectId, rule: 'TB-CAND-3D', verdict: 'undetermined', severity: 'info' }),
        ]);
        await store.findings.judge([], findings, []);
        const ids = async (query: object) => (await store.findings.search({ limit: 10, ...query })).items.length;
        expect(await ids({})).toBe(6);
        expect(await ids({ rule: 'KY-GP-3D' })).toBe(3);
        expect(await ids({ verdict: 'undetermined', projectId: 'p2' })).toBe(1);
        expect(await ids({ rule: 'KY-GP-3D', verdict: 'undetermined' })).toBe(0);
        const first = await store.findings.search({ limit: 4 });
        const second = await store.findings.search({ limit: 4, cursor: first.nextCursor! });
        const keys = [...first.items, ...second.items].map((finding) => finding.key);
        expect(new Set(keys).size).toBe(6);
        expect(second.nextCursor).toBeNull();
        await expect(store.findings.search({ limit: 4, rule: 'KY-GP-3D', cursor: first.nextCursor! })).rejects.toThrow(
          CorrectInput,
        );
      });

      it('are searched by severity and by any of their codes, and counted by each', async () => {
        const doubt = { verdict: 'undetermined', severity: 'major' } as const;
        await store.findings.judge(
          [],
          [
            buildFinding({ projectId: 'p1', ...doubt, codes: ['BACKDATING_SUSPECTED', 'HOUR_COUNT_AMBIGUOUS'] }),
            buildFinding({ projectId: 'p2', ...doubt, codes: ['NOTICE_UNREACHABLE'] }),
            buildFinding({ projectId: 'p3', ...doubt, severity: 'info', codes: ['PENDING'] }),
            buildFinding({ projectId: 'p4', ...doubt, severity: 'info', codes: ['PENDING'] }),
            buildFinding({ projectId: 'p5', ...doubt, rule: 'GP-MEDIA', severity: 'info', codes: ['PENDING'] }),
            buildFinding({ projectId: 'p6', codes: ['MISSING_PUBLICITY'] }),
          ],
          [],
        );
        const found = async (query: object) =>
          (await store.findings.search({ limit: 10, verdict: 'undetermined', ...query })).items.map((f) => f.projectId);
        expect(await found({ severity: 'major' })).toEqual(['p1', 'p2']);
        expect(await found({ code: 'HOUR_COUNT_AMBIGUOUS' })).toEqual(['p1']);
        expect(await found({ code: 'PENDING', rule: 'KY-GP-3D' })).toEqual(['p3', 'p4']);
        expect(await found({ code: 'PENDING', exceptRule: 'KY-GP-3D' })).toEqual(['p5']);
        expect(await found({ code: 'MISSING_PUBLICITY' })).toEqual([]);
        const first = await store.findings.search({ limit: 2, verdict: 'undetermined', code: 'PENDING' });
        const rest = await store.findings.search({
          limit: 2,
          verdict: 'undetermined',
          code: 'PENDING',
          cursor: first.nextCursor!,
        });
        expect([...first.items, ...rest.items].map((f) => f.projectId)).toEqual(['p3', 'p4', 'p5']);
        const counts = (await store.findings.countByCode('undetermined')).map((c) =>
          [c.rule, c.severity, c.code, c.count].join(' '),
        );
        expect(counts).toEqual([
          'GP-MEDIA info PENDING 1',
          'KY-GP-3D info PENDING 2',
          'KY-GP-3D major BACKDATING_SUSPECTED 1',
          'KY-GP-3D major HOUR_COUNT_AMBIGUOUS 1',
          'KY-GP-3D major NOTICE_UNREACHABLE 1',
        ]);
      });

      it('are counted by rule, verdict and severity', async () => {
        await store.findings.judge(
          [],
          [
            buildFinding({ projectId: 'p1' }),
            buildFinding({ projectId: 'p2' }),
            buildFinding({ projectId: 'p3', verdict: 'compliant', severity: 'none' }),
            buildFinding({ projectId: 'p3', rule: 'TB-CAND-3D', severity: 'major' }),
          ],
          [],
        );
        const counts = (await store.findings.statistics()).map((s) =>
          [s.rule, s.verdict, s.severity, s.count].join(' '),
        );
        expect(counts.sort()).toEqual([
          'KY-GP-3D compliant none 1',
          'KY-GP-3D violation critical 2',
          'TB-CAND-3D violation major 1',
        ]);
      });

      it('count alerts by nature, state and rule, none of them twice', async () => {
        expect(await store.findings.alertStatistics()).toEqual([]);
        const alert = (projectId: string, change: object = {}) => ({ ...buildAlert({ projectId }), ...change });
        const other = buildFinding({ projectId: 'p4', rule: 'TB-CAND-3D' });
        const opened = [
          alert('p1'),
          alert('p2'),
          alert('p3', { nature: 'review' }),
          buildAlert({ projectId: 'p4', finding: other }),
        ];
        await store.findings.judge([], [], opened);
        await store.findings.judge([], [], [alert('p2', { state: 'cleared', clearedAt: MARCH_20 })]);
        expect(await store.findings.alertStatistics()).toEqual([
          { nature: 'review', state: 'open', rule: 'KY-GP-3D', count: 1 },
          { nature: 'violation', state: 'cleared', rule: 'KY-GP-3D', count: 1 },
          { nature: 'violation', state: 'open', rule: 'KY-GP-3D', count: 1 },
          { nature: 'violation', state: 'open', rule: 'TB-CAND-3D', count: 1 },
        ]);
      });

      it('number alerts by the year they were opened in Kaiyuan, once and for all', async () => {
        // 2025-12-31 23:59 and 2026-01-01 00:00 in Shanghai are both 31 December in UTC.
        const newYearsEve = epochOf('2025-12-31T23:59');
        const newYear = epochOf('2026-01-01T00:00');
        await store.findings.judge([], [], [buildAlert({ projectId: 'p1', openedAt: newYearsEve })]);
        await store.findings.judge(
          [],
          [],
          [buildAlert({ projectId: 'p2', openedAt: newYear }), buildAlert({ projectId: 'p3', openedAt: newYear })],
        );
        await store.findings.judge([], [], [buildAlert({ projectId: 'p4', openedAt: newYearsEve })]);
        const numbers = (await store.findings.alertsOfProjects(['p1', 'p2', 'p3', 'p4'])).map((alert) => alert.number);
        expect(numbers).toEqual(['KY-2025-0001', 'KY-2026-0001', 'KY-2026-0002', 'KY-2025-0002']);
      });

      it('keep number and opening of an alert that is judged again', async () => {
        const opened = buildAlert({ projectId: 'p1' });
        await store.findings.judge([], [], [opened]);
        const cleared = {
          ...opened,
          state: 'cleared' as const,
          openedAt: MARCH_20 + 99,
          updatedAt: MARCH_20 + 99,
          clearedAt: MARCH_20 + 99,
          history: [...opened.history, { at: MARCH_20 + 99, event: 'cleared' as const, sentence: '补采后不再成立。' }],
        };
        await store.findings.judge([], [], [cleared]);
        await store.findings.judge([], [], [buildAlert({ projectId: 'p2' })]);
        expect(await store.findings.alert(opened.key)).toEqual({
          ...cleared,
          number: 'KY-2026-0001',
          openedAt: MARCH_20,
        });
        expect((await store.findings.alert(buildFinding({ projectId: 'p2' }).key))!.number).toBe('KY-2026-0002');
        expect(await store.findings.alert('none')).toBeNull();
        expect(await store.findings.countAlerts({})).toBe(2);
      });

      it('open an alert once under the next number, and leave one of its key as it is', async () => {
        const doubt = buildFinding({ projectId: 'p1', verdict: 'undetermined', codes: ['COVERAGE_GAP'] });
        const opened = buildAlert({ projectId: 'p1', finding: doubt, nature: 'doubt' });
        const openedBy = { name: '李明', note: '公告内容前后不一' };
        const first = await store.findings.open({ ...opened, openedBy });
        expect(await store.findings.open({ ...opened, nature: 'violation' })).toEqual(first);
        expect(await store.findings.alert(opened.key)).toEqual(first);
        expect(first).toMatchObject({ number: 'KY-2026-0001', nature: 'doubt', openedBy });
        await store.findings.judge([], [], [buildAlert({ projectId: 'p2' })]);
        expect((await store.findings.alertsOfProjects(['p2']))[0]!.number).toBe('KY-2026-0002');

        // Two people at the same moment: one alert, which both are given.
        const both = await Promise.all([
          store.findings.open({ ...buildAlert({ projectId: 'p3' }), openedBy }),
          store.findings.open({ ...buildAlert({ projectId: 'p3' }), purchaser: '另一单位' }),
        ]);
        expect(both[0]).toEqual(both[1]);
        expect(await store.findings.alertsOfProjects(['p3'])).toEqual([both[0]]);
      });

      it('give a finding by its key', async () => {
        const finding = buildFinding({ projectId: 'p1' });
        await store.findings.judge(['p1'], [finding], []);
        expect(await store.findings.get(finding.key)).toEqual(finding);
        expect(await store.findings.get('none')).toBeNull();
      });

      it('list alerts latest first, filtered, searched, paged', async () => {
        const finding = (projectId: string) => buildFinding({ projectId, rule: 'TB-CAND-3D', severity: 'major' });
        await store.findings.judge(
          [],
          [],
          [
            buildAlert({ projectId: 'p1', openedAt: MARCH_20 }),
            buildAlert({ projectId: 'p2', openedAt: MARCH_20 + 10, projectName: '农村公路养护' }),
            buildAlert({ projectId: 'p3', openedAt: MARCH_20, nature: 'review', finding: finding('p3') }),
            buildAlert({ projectId: 'p4', openedAt: MARCH_20 + 5, state: 'cleared' }),
          ],
        );
        const ids = async (query: object) =>
          (await store.findings.alerts({ limit: 10, ...query })).items.map((alert) => alert.projectId);
        expect(await ids({})).toEqual(['p2', 'p4', 'p1', 'p3']);
        expect(await ids({ nature: 'violation', state: 'open' })).toEqual(['p2', 'p1']);
        expect(await ids({ nature: 'review' })).toEqual(['p3']);
        expect(await ids({ rule: 'TB-CAND-3D', severity: 'major' })).toEqual(['p3']);
        expect(await ids({ text: '公路' })).toEqual(['p2']);
        expect(await ids({ text: 'KY-2026-0001' })).toEqual(['p1']);
        expect(await store.findings.countAlerts({ text: '公路' })).toBe(1);
        expect(await store.findings.countAlerts({ nature: 'violation' })).toBe(3);
        expect(await ids({ exceptNature: 'review' })).toEqual(['p2', 'p4', 'p1']);
        expect(await store.findings.countAlerts({ exceptNature: 'review', state: 'open' })).toBe(2);

        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page: Page<{ projectId: string }> = await store.findings.alerts({ limit: 1, cursor });
          seen.push(...page.items.map((alert) => alert.projectId));
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual(['p2', 'p4', 'p1', 'p3']);
      });

      it('stores findings and alerts together or not at all', async () => {
        const broken = buildAlert({ projectId: 'p1' });
        // A value that no store can hold stands for a failure in the middle.
        Object.assign(broken, { key: Symbol('broken') });
        await expect(
          store.findings.judge(['p1'], [buildFinding({ projectId: 'p1' })], [buildAlert({ projectId: 'p2' }), broken]),
        ).rejects.toThrow();
        expect(await store.findings.countAlerts({})).toBe(0);
        expect(await store.findings.ofProject('p1')).toEqual([]);
      });
    });

    describe("a person's word on links", () => {
      it('stands as it was last written, and is found by every notice that it names', async () => {
        const split = buildLinkDecision({ id: 'd1', verdict: 'apart', notices: ['a:1'], others: ['b:2', 'b:3'] });
        const join = buildLinkDecision({ id: 'd2', notices: ['b:3', 'c:4'], at: MARCH_20 - 5 });
        await store.linkDecisions.put(split);
        await store.linkDecisions.put(join);
        await store.linkDecisions.put(join);
        expect(await store.linkDecisions.naming(['b:3'])).toEqual([join, split]);
        expect(await store.linkDecisions.naming(['a:1', 'none:0'])).toEqual([split]);
        expect(await store.linkDecisions.naming([])).toEqual([]);
        expect(await store.linkDecisions.get('d2')).toEqual(join);
        expect(await store.linkDecisions.get('none')).toBeNull();
        const back = { ...split, withdrawn: { by: '李四', at: MARCH_20 + 1, reason: '核对有误' } };
        await store.linkDecisions.put(back);
        expect(await store.linkDecisions.standing()).toEqual([join]);
        expect(await store.linkDecisions.get('d1')).toEqual(back);
      });

      it('has its notices matched anew, and outlives a rebuild', async () => {
        const { noticeId } = buildObservation();
        await store.notices.observe([buildObservation()]);
        await store.projects.replace([noticeId], [buildProject({ id: 'p1', noticeIds: [noticeId] })]);
        expect(await store.notices.unmatched(5)).toEqual([]);
        await store.linkDecisions.put(buildLinkDecision({ notices: [noticeId, 'b:2'] }));
        expect((await store.notices.unmatched(5)).map(({ id }) => id)).toEqual([noticeId]);
        await store.notices.clear();
        expect(await store.linkDecisions.standing()).toHaveLength(1);
      });
    });

    describe('the log of requests', () => {
      const of = (host: string, from = 0) => collect(store.sentRequests.ofHost(host, from));

      it('is kept by host in the order of sending, to the fraction of a millisecond, each entry once', async () => {
        const early = buildSentRequest({ at: MARCH_20 + 0.25, quietHours: { from: 22, to: 6 } });
        const late = buildSentRequest({ at: MARCH_20 + 0.75, number: 2 });
        const twin = buildSentRequest({ at: MARCH_20 + 0.75, process: 'process-2', number: 1 });
        const elsewhere = buildSentRequest({ host: 'other.test' });
        await store.sentRequests.add([twin, late, elsewhere]);
        await store.sentRequests.add([early, late]);
        await store.sentRequests.add([]);
        expect(await store.sentRequests.hosts()).toEqual(['example.test', 'other.test']);
        expect(await of('example.test')).toEqual([early, late, twin]);
        expect(await of('example.test', MARCH_20 + 0.75)).toEqual([late, twin]);
        expect(await of('nobody.test')).toEqual([]);
      });

      it('is read whole however many requests one moment holds, and forgotten by age', async () => {
        const many = Array.from({ length: 2300 }, (_, i) =>
          buildSentRequest({ at: MARCH_20 + Math.floor(i / 1500), number: i + 1 }),
        );
        await store.sentRequests.add(many);
        expect((await of('example.test')).map(({ number }) => number)).toEqual(many.map(({ number }) => number));
        await store.sentRequests.forget(MARCH_20 + 1);
        expect(await of('example.test')).toHaveLength(800);
        await store.sentRequests.forget(MARCH_20 + 9);
        expect(await store.sentRequests.hosts()).toEqual([]);
      });
    });

    describe('incidents', () => {
      it('stand as they were last written, one an id', async () => {
        await store.incidents.put([buildIncident()]);
        const later = buildIncident({ runs: 2, lastRunId: 'run-2', lastSeenAt: MARCH_20 + 1 });
        await store.incidents.put([later]);
        await store.incidents.put([later]);
        expect(await store.incidents.open()).toEqual([later]);
      });

      it('are open once a cause, whoever opened first', async () => {
        const first = buildIncident();
        const second = buildIncident({ openedBy: 'run-2' });
        const elsewhere = buildIncident({ channelId: null, openedBy: 'run-2' });
        await store.incidents.put([first]);
        await store.incidents.put([second, elsewhere]);
        expect((await store.incidents.open('yn_ccgp')).map(({ id }) => id)).toEqual([first.id, elsewhere.id].sort());
      });

      it('of a cause may be open anew once the former is closed', async () => {
        const closed = buildIncident({ state: 'closed', closedAt: MARCH_20 + 1, closedBy: 'run-2' });
        const anew = buildIncident({ openedBy: 'run-3', openedAt: MARCH_20 + 2 });
        await store.incidents.put([buildIncident()]);
        await store.incidents.put([closed, anew]);
        expect(await store.incidents.open()).toEqual([anew]);
        expect(await store.incidents.count({})).toBe(2);
      });

      it('are listed latest opened first, by source and state, page by page', async () => {
        await store.incidents.put([
          buildIncident({ code: 'LIST_EMPTY', openedAt: MARCH_20 + 5 }),
          buildIncident({ code: 'BLOCKED' }),
          buildIncident({ code: 'CHALLENGE' }),
          buildIncident({ sourceId: 'ky_gov', openedAt: MARCH_20 + 9 }),
          buildIncident({ code: 'DNS_FAILED', state: 'closed' }),
        ]);
        const query = { sourceId: 'yn_ccgp', state: 'open' as const, limit: 2 };
        const first = await store.incidents.search(query);
        const second = await store.incidents.search({ ...query, cursor: first.nextCursor! });
        expect([...first.items, ...second.items].map(({ code }) => code)).toEqual([
          'LIST_EMPTY',
          'BLOCKED',
          'CHALLENGE',
        ]);
        expect(second.nextCursor).toBeNull();
        expect(await store.incidents.count({ sourceId: 'yn_ccgp' })).toBe(4);
        expect((await store.incidents.search({ limit: 1 })).items[0]!.sourceId).toBe('ky_gov');
        await expect(store.incidents.search({ limit: 1, cursor: first.nextCursor! })).rejects.toThrow(CorrectInput);
      });

      it('outlive a rebuild', async () => {
        await store.incidents.put([buildIncident()]);
        await store.notices.clear();
        expect(await store.incidents.count({ state: 'open' })).toBe(1);
      });

      it('rest on what the pages of a run told, which is kept until the run is finished', async () => {
        const facts = (title: string) => ({
          channelId: 'list',
          title,
          kind: 'result',
          fields: ['purchaser' as const],
          oddities: [{ code: 'UNKNOWN_COLUMN' as const, words: '履约保证金形式' }],
          url: 'https://example.test/x',
          archiveId: 'r1',
        });
        await store.runs.begin(buildRun(), [
          buildRequest('detail:b'),
          buildRequest('detail:a'),
          buildRequest('list:1'),
        ]);
        await store.runs.commitPage(buildCommit({ requestKey: 'detail:a', readingFacts: facts('甲') }));
        await store.runs.commitPage(buildCommit({ requestKey: 'detail:b', readingFacts: facts('乙') }));
        await store.runs.commitPage(buildCommit({ requestKey: 'list:1' }));
        expect(await store.runs.readings('run-1')).toEqual([facts('乙'), facts('甲')]);
        await store.runs.finish(buildRun({ finishedAt: MARCH_20, outcome: 'complete' }));
        expect(await store.runs.readings('run-1')).toEqual([]);
      });
    });

    describe('what projects are compared by', () => {
      const bidding = (buyer: string | null) => ({
        ...{ buyer, subject: '办公设备', called: '2026-03-02', opened: null, decided: '2026-03-20' },
        lots: [{ lot: null, bids: [{ name: '甲公司', price: 98_000.5 }], winners: ['甲公司'], amount: 98_000.5 }],
      });

      it('is given purchaser by purchaser, without projects that name none', async () => {
        const projects = [
          buildProject({ id: 'p3', bidding: bidding('甲局') }),
          buildProject({ id: 'p1', bidding: bidding('乙局') }),
          buildProject({ id: 'p2', bidding: bidding('甲局') }),
          buildProject({ id: 'p4', bidding: bidding(null) }),
          buildProject({ id: 'p5', bidding: undefined }),
        ];
        await store.projects.replace([], projects);
        const given = await collect(store.projects.dealings());
        expect(given.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
        expect(given[1]).toMatchObject({ name: projects[2]!.name, budget: 1_200_000, bidding: bidding('甲局') });
      });

      it('follows a project that is replaced, and goes with it', async () => {
        await store.notices.observe([buildObservation({ noticeId: 'yn_ccgp:1' })]);
        const project = buildProject({ id: 'p1', noticeIds: ['yn_ccgp:1'], bidding: bidding('甲局') });
        await store.projects.replace(['yn_ccgp:1'], [project]);
        await store.projects.replace(['yn_ccgp:1'], [{ ...project, award: 5, bidding: bidding('乙局') }]);
        expect(await collect(store.projects.dealings())).toMatchObject([{ award: 5, bidding: { buyer: '乙局' } }]);
        await store.projects.replace(['yn_ccgp:1'], []);
        expect(await collect(store.projects.dealings())).toEqual([]);
      });
    });

    describe('leads', () => {
      const splitting = buildLead({ projectIds: ['p1', 'p2'] });
      const prices = buildLead({ indicator: 'EQUAL_PRICES', day: '2026-03-18', sentence: '3个报价同为9.8万元' });
      const older = buildLead({ day: '2025-11-03' });

      it('stand as they were last written, latest first, and are gone when they are dropped', async () => {
        await store.leads.replace([], [splitting, prices, older]);
        const told = { ...older, sentence: '改过的说法' };
        await store.leads.replace(['none'], [told]);
        expect((await store.leads.search({ limit: 5 })).items).toEqual([prices, splitting, told]);
        await store.leads.replace([prices.key], []);
        expect(await collect(store.leads.all())).toEqual([told, splitting]);
      });

      it('are found by indicator, by words and by each of their projects', async () => {
        await store.leads.replace([], [splitting, prices, older]);
        expect((await store.leads.search({ indicator: 'EQUAL_PRICES', limit: 5 })).items).toEqual([prices]);
        expect(await store.leads.count({ text: '报价' })).toBe(1);
        expect(await store.leads.ofProject('p2')).toEqual([splitting]);
        const first = await store.leads.search({ limit: 2 });
        expect(first.items).toEqual([prices, splitting]);
        expect((await store.leads.search({ limit: 2, cursor: first.nextCursor! })).items).toEqual([older]);
      });
    });

    describe('what operators were told', () => {
      it('stands as it was last written, and is pending until nothing more is to be told', async () => {
        const sending = buildTelling({ openTold: null, attempt: { number: 1, at: MARCH_20, error: null } });
        await store.tellings.put([sending, buildTelling({ incidentId: 'i2' }), buildTelling({ channel: '另一群' })]);
        expect(await store.tellings.pending('值班群')).toEqual([sending, buildTelling({ incidentId: 'i2' })]);
        await store.tellings.put([buildTelling({ closedTold: MARCH_20, isOver: true })]);
        expect(await store.tellings.pending('值班群')).toEqual([buildTelling({ incidentId: 'i2' })]);
      });

      it('is of incidents that are found by id, open or closed', async () => {
        const closed = buildIncident({ openedBy: 'run-0', state: 'closed' });
        await store.incidents.put([buildIncident(), closed]);
        expect(await store.incidents.getMany([buildIncident().id, closed.id, 'none'])).toEqual(
          [buildIncident(), closed].sort((a, b) => (a.id < b.id ? -1 : 1)),
        );
        expect(await store.incidents.getMany([])).toEqual([]);
      });
    });

    describe('vanished notices', () => {
      const returned = buildVanishing({
        noticeId: 'yn_ccgp:2',
        state: 'returned',
        returnedAt: MARCH_20 + 1,
        openedAt: MARCH_20 - 5,
      });
      const withdrawn = buildVanishing({ state: 'withdrawn' });

      it('stand as they were last written, and are open until the notice is listed again', async () => {
        await store.vanishings.put([buildVanishing(), returned]);
        await store.vanishings.put([withdrawn, withdrawn]);
        expect(await store.vanishings.open('yn_ccgp')).toEqual([withdrawn]);
        expect(await store.vanishings.open('ky_gov')).toEqual([]);
      });

      it('are found by notice, oldest first, and listed latest first', async () => {
        const again = buildVanishing({ missedBy: [{ runId: 'run-9', at: MARCH_20 + 9 }], openedAt: MARCH_20 + 9 });
        await store.vanishings.put([again, withdrawn, returned]);
        expect(await store.vanishings.ofNotices(['yn_ccgp:1'])).toEqual([withdrawn, again]);
        expect(await store.vanishings.latest({ limit: 2 })).toEqual([again, withdrawn]);
        expect(await store.vanishings.latest({ sourceId: 'ky_gov', limit: 2 })).toEqual([]);
      });
    });

    describe('how many projects could be judged', () => {
      const reasons = [{ code: 'COVERAGE_GAP' as const, projects: 4 }];
      const rules = [{ rule: 'KY-GP-3D' as const, judged: 7, pending: 2, unjudged: 5, violating: 1, reasons }];

      it('is not known before a judging; then it is what the last one counted', async () => {
        expect(await store.findings.judged()).toBeNull();
        await store.findings.keepJudged({ at: MARCH_20, rules });
        await store.findings.keepJudged({ at: MARCH_20 + 1, rules });
        expect(await store.findings.judged()).toEqual({ at: MARCH_20 + 1, rules });
      });

      it('is not known once a rebuild has begun', async () => {
        await store.findings.keepJudged({ at: MARCH_20, rules });
        await store.notices.clear();
        expect(await store.findings.judged()).toBeNull();
      });
    });

    describe('settings that were applied', () => {
      const first = buildKeptSettings();
      const second = buildKeptSettings({ id: 'b'.repeat(64), appliedAt: [MARCH_20 + 1] });

      it('are none before the first judging; then those in force are the ones applied last', async () => {
        expect(await store.settings.inForce()).toBeNull();
        await store.settings.put(first);
        expect(await store.settings.inForce()).toEqual(first);
        await store.settings.put(second);
        await store.settings.put(second);
        expect(await store.settings.inForce()).toEqual(second);
      });

      it('are in force again when the operator went back to them, and say both moments', async () => {
        await store.settings.put(first);
        await store.settings.put(second);
        const again = { ...first, appliedAt: [MARCH_20, MARCH_20 + 2] };
        await store.settings.put(again);
        expect(await store.settings.inForce()).toEqual(again);
        expect(await collect(store.contents('settings'))).toEqual([again, second]);
      });

      it('keep what an operator’s file may hold: years as keys, dots, dollars, nothing at all', async () => {
        const local = { name: '红河州', years: { 2023: { known: false } }, 'a.b': { $set: null }, $where: [] };
        const odd = { ...first, calendar: { national: { notices: [[], {}, null] }, local } };
        await store.settings.put(odd);
        expect(await store.settings.inForce()).toEqual(odd);
      });
    });

    describe('a column', () => {
      it('is held against its list by stated day, moments of the last day included', async () => {
        const stated = (externalId: string, publishDate: string | null, channelId = 'list') =>
          buildObservation({ externalId, channelId, fields: { publishDate } });
        await store.notices.observe([
          stated('1', '2026-03-10'),
          stated('2', '2026-03-12T23:59'),
          stated('3', '2026-03-13'),
          stated('4', null),
          stated('5', '2026-03-11', 'other'),
        ]);
        const column = { sourceId: 'yn_ccgp', channelId: 'list' };
        const ids = async (from: string | null, to: string) =>
          (await store.notices.ofColumn({ ...column, from, to })).map(({ id }) => id);
        expect(await ids(null, '2026-03-12')).toEqual(['yn_ccgp:1', 'yn_ccgp:2']);
        expect(await ids('2026-03-11', '2026-03-13')).toEqual(['yn_ccgp:2', 'yn_ccgp:3']);
      });
    });

    describe('cases', () => {
      const started = { action: 'started', note: '', due: '2026-05-06' } as const;
      const commented = (note: string) => ({ action: 'commented', note }) as const;

      it('come back as their events made them, events in order', async () => {
        const opening = buildOpening();
        const start = buildStep(opening.file, started);
        await store.cases.append([opening]);
        await store.cases.append([start]);
        expect(await store.cases.get('KY-2026-0001')).toEqual(start.file);
        expect(await store.cases.events('KY-2026-0001')).toEqual([opening.event, start.event]);
        expect(await store.cases.get('KY-2026-0002')).toBeNull();
        expect(await store.cases.events('KY-2026-0002')).toEqual([]);
      });

      it('change nothing when an event is stored a second time', async () => {
        const opening = buildOpening();
        const start = buildStep(opening.file, started);
        await store.cases.append([opening]);
        await store.cases.append([start]);
        await store.cases.append([opening]);
        await store.cases.append([start]);
        expect(await store.cases.get('KY-2026-0001')).toEqual(start.file);
        expect(await store.cases.events('KY-2026-0001')).toHaveLength(2);
      });

      it('refuse the second of two people who act at once, and keep what the first one did', async () => {
        const opening = buildOpening();
        await store.cases.append([opening]);
        const [one, other] = [buildStep(opening.file, started, '李明'), buildStep(opening.file, started, '王芳')];
        const results = await Promise.allSettled([store.cases.append([one]), store.cases.append([other])]);
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        const [refused] = results.filter((result) => result.status === 'rejected');
        expect(refused!.reason).toBeInstanceOf(CaseOvertaken);
        const events = await store.cases.events('KY-2026-0001');
        expect(events).toHaveLength(2);
        expect((await store.cases.get('KY-2026-0001'))!.head).toBe(events[1]!.hash);
      });

      it('refuse an event that leaves a gap', async () => {
        const opening = buildOpening();
        await expect(store.cases.append([buildStep(opening.file, started)])).rejects.toThrow(CaseOvertaken);
        expect(await store.cases.get('KY-2026-0001')).toBeNull();
      });

      it('handled together are all handled or none', async () => {
        const [a, b] = [buildOpening(), buildOpening({ number: 'KY-2026-0002', openedAt: MARCH_20 + 1 })];
        await store.cases.append([a, b]);
        const elsewhere = buildStep(b.file, commented('另一人的备注'), '王芳');
        await store.cases.append([elsewhere]);
        const both = [buildStep(a.file, started), buildStep(b.file, started)];
        await expect(store.cases.append(both, { together: true })).rejects.toThrow(/KY-2026-0002/);
        expect(await store.cases.get('KY-2026-0001')).toEqual(a.file);
        expect(await store.cases.events('KY-2026-0001')).toHaveLength(1);
        const again = [buildStep(a.file, started), buildStep(elsewhere.file, started)];
        await store.cases.append(again, { together: true });
        expect((await store.cases.getMany(['KY-2026-0002', 'KY-2026-0001'])).map(({ state }) => state)).toEqual([
          'investigating',
          'investigating',
        ]);
      });

      it('are listed latest opened first, filtered, searched, counted, paged', async () => {
        const openings = [
          buildOpening({ number: 'KY-2026-0001', due: '2026-03-27' }),
          buildOpening({ number: 'KY-2026-0002', openedAt: MARCH_20 + 10, projectName: '农村公路养护', due: null }),
          buildOpening({ number: 'KY-2026-0003', nature: 'review', rule: 'KY-REVIEW-3D', due: '2026-03-30' }),
        ];
        await store.cases.append(openings);
        const start = buildStep(openings[0]!.file, started);
        await store.cases.append([start]);
        await store.cases.append([buildStep(start.file, { action: 'assigned', to: '王芳', note: '' })]);
        const listed = async (query: object) => {
          const numbers: string[] = [];
          for (let cursor: string | undefined; ;) {
            const page = await store.cases.search({ limit: 1, cursor, ...query });
            numbers.push(...page.items.map(({ number }) => number.slice(-1)));
            cursor = page.nextCursor ?? undefined;
            if (cursor === undefined) break;
          }
          expect(await store.cases.count(query)).toBe(numbers.length);
          return numbers.join('');
        };
        expect(await listed({})).toBe('213');
        expect(await listed({ state: 'pending' })).toBe('23');
        expect(await listed({ nature: 'review' })).toBe('3');
        expect(await listed({ rule: 'KY-GP-3D' })).toBe('21');
        expect(await listed({ assignee: '王芳' })).toBe('1');
        expect(await listed({ dueBy: '2026-03-30' })).toBe('3');
        expect(await listed({ dueBy: '2026-05-06' })).toBe('13');
        expect(await listed({ news: true })).toBe('');
        expect(await listed({ news: false })).toBe('213');
        expect(await listed({ text: '公路' })).toBe('2');
        expect((await collect(store.cases.all())).map(({ number }) => number.slice(-1)).join('')).toBe('123');
      });

      it('are found by a source of their evidence, their agency, a code of their facts, and a reply that is overdue', async () => {
        const openings = [
          buildOpening({ number: 'KY-2026-0001', sourceIds: ['yn_ccgp', 'yn_ggzy'] }),
          buildOpening({ number: 'KY-2026-0002', openedAt: MARCH_20 + 10, agency: null, nature: 'doubt' }),
          buildOpening({ number: 'KY-2026-0003', agency: '红河州招标有限公司', sourceIds: [] }),
        ];
        await store.cases.append(openings);
        const start = buildStep(openings[0]!.file, started);
        const asked = buildStep(start.file, { action: 'asked', to: '采购人', note: '？', replyBy: '2026-03-27' });
        await store.cases.append([start]);
        await store.cases.append([asked]);
        const other = buildStep(openings[1]!.file, { action: 'asked', to: '采购人', note: '？', replyBy: null });
        await store.cases.append([other]);
        const listed = async (query: object) => {
          const { items } = await store.cases.search({ limit: 9, ...query });
          expect(await store.cases.count(query)).toBe(items.length);
          return items.map(({ number }) => number.slice(-1)).join('');
        };
        expect(await listed({ sourceId: 'yn_ccgp' })).toBe('21');
        expect(await listed({ sourceId: 'yn_ggzy' })).toBe('1');
        expect(await listed({ agency: '红河州招标有限公司' })).toBe('3');
        expect(await listed({ code: openings[0]!.file.facts.codes[0] })).toBe('213');
        expect(await listed({ code: 'SAME_DAY', sourceId: 'yn_ccgp' })).toBe('');
        expect(await listed({ nature: 'doubt', sourceId: 'yn_ccgp' })).toBe('2');
        expect(await listed({ replyBefore: '2026-03-28' })).toBe('1');
        expect(await listed({ replyBefore: '2026-03-27' })).toBe('');

        // What it rests on may change, and the question be answered.
        const { file } = asked;
        const { facts } = file;
        const { alertKey, projectId, projectName, purchaser, rule, nature, severity, lot, round } = file;
        const subject = {
          alertKey,
          projectId,
          projectName,
          purchaser,
          rule,
          nature,
          severity,
          lot,
          round,
          agency: '红河州招标有限公司',
          sourceIds: ['hh_finance'],
        };
        const told = buildStep(file, {
          action: 'facts_changed',
          subject,
          facts: { ...facts, codes: ['SAME_DAY'] },
          changes: ['新增原因'],
          effect: 'noted',
          due: file.due,
        });
        await store.cases.append([told]);
        await store.cases.append([buildStep(told.file, { action: 'replied', note: '已复' })]);
        expect(await listed({ sourceId: 'yn_ggzy' })).toBe('');
        expect(await listed({ sourceId: 'hh_finance' })).toBe('1');
        expect(await listed({ agency: '红河州招标有限公司' })).toBe('13');
        expect(await listed({ code: 'SAME_DAY' })).toBe('1');
        expect(await listed({ replyBefore: '2026-03-28' })).toBe('');
      });

      it('keep the bytes of a file under its digest, once', async () => {
        const bytes = Uint8Array.from([0, 255, 10, 13, 0]);
        await store.cases.putAttachment('c'.repeat(64), bytes);
        await store.cases.putAttachment('c'.repeat(64), Uint8Array.from([1]));
        expect(Buffer.from((await store.cases.attachment('c'.repeat(64)))!)).toEqual(Buffer.from(bytes));
        expect(await store.cases.attachment('d'.repeat(64))).toBeNull();
      });

      it('outlive a rebuild', async () => {
        await store.cases.append([buildOpening()]);
        await store.notices.clear();
        expect(await store.cases.count({})).toBe(1);
        expect(await store.cases.events('KY-2026-0001')).toHaveLength(1);
      });
    });

    describe('accounts', () => {
      it('are kept by name, the later one in place of the earlier', async () => {
        await store.users.put(buildUser({ name: '王芳' }));
        await store.users.put(buildUser());
        await store.users.put(buildUser({ role: 'viewer', generation: 2 }));
        expect(await store.users.get('李明')).toEqual(buildUser({ role: 'viewer', generation: 2 }));
        expect(await store.users.get('无此人')).toBeNull();
        expect((await store.users.list()).map(({ name }) => name)).toEqual(['李明', '王芳']);
      });
    });

    describe('a rebuild', () => {
      it('forgets what was read from pages and keeps alerts, runs and the archive index', async () => {
        await store.runs.begin(buildRun(), [buildRequest('detail:a')]);
        const seen = buildObservation();
        await store.runs.commitPage(
          buildCommit({ requestKey: 'detail:a', archive: buildArchiveRecord(), observations: [seen] }),
        );
        await store.runs.finish(buildRun({ outcome: 'complete', finishedAt: 1, channels: [buildChannelOutcome()] }));
        await store.projects.replace([seen.noticeId], [buildProject({ id: 'p1', noticeIds: [seen.noticeId] })]);
        await store.findings.judge(['p1'], [buildFinding({ projectId: 'p1' })], [buildAlert({ projectId: 'p1' })]);
        const before = await store.notices.get(seen.noticeId);

        await store.notices.clear();
        expect(await collect(store.notices.all())).toEqual([]);
        expect(await store.notices.count({ text: '医疗' })).toBe(0);
        expect(await store.notices.revisions(seen.noticeId)).toEqual([]);
        expect(await collect(store.projects.all())).toEqual([]);
        expect(await store.projects.count({})).toBe(0);
        expect(await store.findings.ofProject('p1')).toEqual([]);
        expect(await store.findings.countAlerts({})).toBe(1);
        expect(await store.runs.coverage()).toHaveLength(1);
        expect(await collect(store.runs.allArchiveRecords())).toHaveLength(1);

        await store.notices.observe([seen]);
        expect(await store.notices.get(seen.noticeId)).toEqual(before);
        expect(await found('医疗')).toEqual([seen.externalId]);
      });
    });

    describe('moving to another store', () => {
      let other: Store;
      beforeEach(async () => {
        other = await open();
        await fill();
      });
      afterEach(async () => {
        await other.close();
      });

      it('takes everything along, the same as it stood', async () => {
        for (const kind of CONTENT_KINDS) expect(await contents(other, kind)).toEqual([]);
        await moveAll();
        for (const kind of CONTENT_KINDS) {
          const here = await contents(store, kind);
          expect(here, kind).not.toEqual([]);
          expect(await contents(other, kind), kind).toEqual(here);
        }
      });

      it('changes nothing the second time', async () => {
        await moveAll();
        await moveAll();
        for (const kind of CONTENT_KINDS) expect(await contents(other, kind)).toEqual(await contents(store, kind));
      });

      it('goes on there where it stood here', async () => {
        await moveAll();
        // The unfinished run, its order and its counts.
        expect((await other.runs.waiting('run-1', 9)).map(({ request, attempts }) => [request.key, attempts])).toEqual([
          ['detail:b', 1],
          ['detail:a', 0],
        ]);
        await other.runs.commitPage(
          buildCommit({ requestKey: 'detail:b', bytes: 1, discovered: [buildRequest('detail:0')] }),
        );
        expect((await other.runs.waiting('run-1', 9)).map(({ request }) => request.key)).toEqual([
          'detail:a',
          'detail:0',
        ]);
        expect(await other.runs.get('run-1')).toMatchObject({
          requests: 4,
          bytes: 8,
          failures: [failure('TIMED_OUT')],
        });
        expect(await other.runs.tally('run-1')).toMatchObject([
          { channelId: 'list', lists: [{ rowKeys: ['row'] }], fetched: 1, failed: 1, pending: 2, created: 1 },
        ]);
        // The next number of the year, and the old one for the old key.
        await other.findings.judge([], [], [buildAlert({ projectId: 'p9' }), buildAlert({ projectId: 'p1' })]);
        expect((await other.findings.alertsOfProjects(['p1', 'p9'])).map((alert) => alert.number)).toEqual([
          'KY-2026-0001',
          'KY-2026-0003',
        ]);
        // The work list, what matched notices are found by, and search.
        expect((await other.notices.unmatched(9)).map((notice) => notice.id)).toEqual(['yn_ccgp:b']);
        expect((await other.notices.byLinkKeys(['k1'])).map((notice) => notice.id)).toEqual(['yn_ccgp:a']);
        expect((await other.notices.search({ text: '桥梁', limit: 9 })).items).toMatchObject([
          { id: 'yn_ccgp:a', projectId: 'p1', copies: 1 },
        ]);
        expect((await other.projects.search({ text: '公路', limit: 9 })).items).toHaveLength(1);
        // A page that is an earlier revision stays one.
        const replayed = buildObservation({ noticeId: 'yn_ccgp:a', text: '公路' });
        expect(await other.notices.observe([replayed])).toEqual({ created: [], changed: [] });
      });

      async function fill(): Promise<void> {
        await store.runs.begin(buildRun({ id: 'run-0' }), []);
        await store.runs.finish(
          buildRun({
            id: 'run-0',
            outcome: 'complete',
            finishedAt: 5,
            channels: [buildChannelOutcome()],
            failures: [failure('HTTP_4XX')],
            requests: 7,
          }),
        );
        await store.runs.begin(buildRun(), [
          buildRequest('list:1'),
          buildRequest('list:2'),
          buildRequest('detail:b'),
          buildRequest('detail:a'),
        ]);
        await store.runs.attempted('run-1', 'detail:b');
        const list = { listed: 1, inRegion: 1, passedOver: 0, siteTotal: null, reachesBackTo: null, rowKeys: ['row'] };
        await store.runs.commitPage(
          buildCommit({
            requestKey: 'list:1',
            archive: buildArchiveRecord({ id: 'z', headers: { 'x.y': '1', $z: '2' } }),
            observations: [buildObservation({ noticeId: 'yn_ccgp:a', text: '公路' })],
            listFacts: { channelId: 'list', page: 1, ...list },
            bytes: 7,
          }),
        );
        await store.runs.commitPage(
          buildCommit({
            requestKey: 'list:2',
            failure: failure('TIMED_OUT'),
            archive: buildArchiveRecord({ id: 'y' }),
          }),
        );
        await store.notices.observe([
          buildObservation({
            noticeId: 'yn_ccgp:a',
            observedAt: MARCH_20 + 9,
            absentAt: MARCH_20,
            fields: { title: '桥梁', lots: [lot('1')] },
          }),
          buildObservation({ noticeId: 'yn_ccgp:b', fields: { publishDate: null } }),
        ]);
        await store.projects.replace(
          ['yn_ccgp:a'],
          [
            buildProject({
              id: 'p1',
              name: '农村公路养护',
              noticeIds: ['yn_ccgp:a'],
              groups: [{ id: 'g', noticeIds: ['yn_ccgp:a', 'yn_ccgp:z'] }],
            }),
          ],
          new Map([['yn_ccgp:a', ['k2', 'k1']]]),
        );
        await store.findings.judge(
          [],
          [buildFinding({ projectId: 'p1' })],
          [buildAlert({ projectId: 'p1' }), buildAlert({ projectId: 'p2', purchaser: null })],
        );
        const opening = buildOpening();
        await store.cases.append([opening]);
        await store.cases.append([buildStep(opening.file, { action: 'commented', note: '已电话核实' })]);
        await store.cases.putAttachment('e'.repeat(64), Uint8Array.from([1, 2, 3]));
        await store.users.put(buildUser());
        await store.incidents.put([buildIncident(), buildIncident({ openedBy: 'run-0', state: 'closed' })]);
        await store.leads.replace([], [buildLead()]);
        await store.tellings.put([buildTelling()]);
        await store.vanishings.put([buildVanishing()]);
        await store.settings.put(buildKeptSettings());
        await store.linkDecisions.put(buildLinkDecision({ notices: ['none:1', 'none:2'] }));
        await store.sentRequests.add([buildSentRequest(), buildSentRequest({ host: 'other.test' })]);
      }

      async function moveAll(): Promise<void> {
        for (const kind of CONTENT_KINDS) await move(kind);
      }

      async function move<K extends ContentKind>(kind: K): Promise<void> {
        await other.takeIn(kind, await contents(store, kind));
      }

      function contents<K extends ContentKind>(of: Store, kind: K): Promise<StoreContents[K][]> {
        return collect(of.contents(kind));
      }
    });

    describe('a lease', () => {
      const HOUR = 3600_000;

      it('is none of what is written to see whether anything can be written, and neither is anything else', async () => {
        await store.checkWritable();
        await store.checkWritable();
        expect(await store.leases.held()).toEqual([]);
        for (const kind of CONTENT_KINDS) expect([kind, await collect(store.contents(kind))]).toEqual([kind, []]);
      });

      it('is held by one owner until it is given back, and each change of holder has a token of its own', async () => {
        const first = await store.leases.acquire('source:a', 'one', HOUR);
        expect(first).toEqual({ name: 'source:a', owner: 'one', token: 1 });
        expect(await store.leases.acquire('source:a', 'two', HOUR)).toBeNull();
        expect(await store.leases.acquire('source:a', 'one', HOUR)).toEqual(first);
        expect(await store.leases.held()).toEqual([first]);
        await store.leases.release(first!);
        expect(await store.leases.held()).toEqual([]);
        expect(await store.leases.acquire('source:a', 'two', HOUR)).toMatchObject({ owner: 'two', token: 2 });
      });

      it('is free for another once it has lapsed, and lost to the holder of the past', async () => {
        const lapsed = (await store.leases.acquire('source:a', 'one', 0))!;
        expect(await store.leases.renew(lapsed, 0)).toBe(true);
        expect(await store.leases.acquire('source:a', 'two', HOUR)).toMatchObject({ owner: 'two', token: 2 });
        expect(await store.leases.renew(lapsed, HOUR)).toBe(false);
        await store.leases.release(lapsed);
        expect(await store.leases.held()).toMatchObject([{ owner: 'two' }]);
      });

      it('that would last longer than anyone may ask for is from before the clock was set back, and free', async () => {
        await store.leases.acquire('source:a', 'one', 2 * HOUR);
        expect(await store.leases.acquire('source:a', 'two', HOUR)).toMatchObject({ owner: 'two', token: 2 });
      });

      it('given back leaves a note for whoever takes it next', async () => {
        expect(await store.leases.note('judging')).toBeNull();
        await store.leases.release((await store.leases.acquire('judging', 'one', HOUR))!, 'up to run-7');
        await store.leases.release((await store.leases.acquire('judging', 'two', HOUR))!);
        expect(await store.leases.note('judging')).toBe('up to run-7');
      });

      it('goes to one of many that ask at once', async () => {
        const owners = Array.from({ length: 8 }, (_, i) => `worker-${i}`);
        const taken = await Promise.all(owners.map((owner) => store.leases.acquire('source:a', owner, HOUR)));
        expect(taken.filter((lease) => lease !== null)).toMatchObject([{ token: 1 }]);
      });

      it('taken over refuses every write of the holder of the past, and nothing of it is stored', async () => {
        const lease = (await store.leases.acquire('source:a', 'one', 0))!;
        const held = store.fenced(lease);
        await held.runs.begin(buildRun(), [buildRequest('list:1'), buildRequest('list:2')]);
        await held.runs.commitPage(buildCommit({ requestKey: 'list:1', bytes: 5 }));
        await store.leases.acquire('source:a', 'two', HOUR);

        const writes = [
          () => held.runs.begin(buildRun({ id: 'run-2' }), []),
          () => held.runs.attempted('run-1', 'list:2'),
          () => held.runs.commitPage(buildCommit({ requestKey: 'list:2', observations: [buildObservation()] })),
          () => held.runs.finish(buildRun({ finishedAt: MARCH_20, outcome: 'complete' })),
          () => held.projects.replace([], [buildProject({ id: 'p1' })]),
          () => held.findings.judge(['p1'], [buildFinding({ projectId: 'p1' })], [buildAlert({ projectId: 'p1' })]),
          () => held.incidents.put([buildIncident()]),
        ];
        for (const write of writes) await expect(write()).rejects.toBeInstanceOf(LeaveToOtherWorker);

        expect(await store.runs.get('run-2')).toBeNull();
        expect(await store.runs.get('run-1')).toMatchObject({ outcome: 'running', requests: 1, bytes: 5 });
        expect(await waitingKeys()).toEqual(['list:2']);
        expect(await store.notices.count({})).toBe(0);
        expect(await store.projects.count({})).toBe(0);
        expect(await store.findings.countAlerts({})).toBe(0);
        expect(await store.incidents.count({})).toBe(0);
        expect(await held.runs.get('run-1')).not.toBeNull();
      });

      it('given back refuses what its holder still writes', async () => {
        const lease = (await store.leases.acquire('judging', 'one', HOUR))!;
        await store.leases.release(lease);
        const late = store.fenced(lease).findings.judge([], [], [buildAlert({ projectId: 'p1' })]);
        await expect(late).rejects.toBeInstanceOf(LeaveToOtherWorker);
      });

      it('is no content: it does not move to another store', async () => {
        await store.leases.acquire('source:a', 'one', HOUR);
        const other = await open();
        for (const kind of CONTENT_KINDS) expect(await collect(store.contents(kind))).toEqual([]);
        expect(await other.leases.held()).toEqual([]);
        await other.close();
      });
    });

    async function waitingKeys(runId = 'run-1'): Promise<string[]> {
      return (await store.runs.waiting(runId, 100)).map((item) => item.request.key);
    }

    async function finishedRun(
      id: string,
      sourceId: string,
      finishedAt: number,
      channels: ReturnType<typeof buildChannelOutcome>[],
    ): Promise<void> {
      await store.runs.begin(buildRun({ id, sourceId }), []);
      await store.runs.finish(buildRun({ id, sourceId, finishedAt, outcome: 'complete', channels }));
    }

    async function observe(
      id: string,
      fields: Partial<NoticeFields>,
      text?: string,
      sourceId = 'yn_ccgp',
    ): Promise<void> {
      await store.notices.observe([buildObservation({ noticeId: `${sourceId}:${id}`, fields, text })]);
    }

    /** Ids without their source, sorted. */
    async function found(text?: string, filters: object = {}): Promise<string[]> {
      const page = await store.notices.search({ text, limit: 50, ...filters });
      return page.items.map((item) => item.id.split(':')[1]!).sort();
    }
  });
}

function failure(code: string) {
  return {
    code,
    message: '超时',
    advice: '稍后重跑',
    url: 'https://example.test/x',
    channelId: 'list',
    at: MARCH_20,
    archiveId: null,
  };
}

function lot(id: string) {
  return { id, name: `第${id}包`, budget: 100, amount: null, suppliers: [], failed: false };
}
