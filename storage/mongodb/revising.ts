import type { AnyBulkWriteOperation, Collection } from 'mongodb';

import type { NoticeObservation } from '../../src/model/notice.ts';
import { changedFields, completedAttachments, effectOf, firstNotice } from '../shared/revise.ts';
import type { PageCommitResult } from '../store.ts';
import type { Session } from './connection.ts';
import type { NoticeDoc, RevisionDoc } from './documents.ts';
import { Overtaken } from './errors.ts';
import { copyOf, creationOf, latestParts, latestRevisionOf } from './notice-documents.ts';
import { idOf, plain } from './plain.ts';

/** Observations applied at once. */
const BATCH = 100;

type Stored = Omit<NoticeDoc, 'words' | 'linkKeys' | 'text'>;

/**
 * Applies observations so that each step can be the last one before a crash.
 * A notice is one document holding its latest revision: it is created, or replaced by the next revision, in one write,
 * which names the revision it replaces (`Overtaken` when another process was faster). The revision to be replaced is
 * first copied among the earlier ones; a copy of what is still the latest does no harm and is written again the same.
 */
export class Revising {
  readonly #notices: Collection<NoticeDoc>;
  readonly #revisions: Collection<RevisionDoc>;

  constructor(notices: Collection<NoticeDoc>, revisions: Collection<RevisionDoc>) {
    this.#notices = notices;
    this.#revisions = revisions;
  }

  /**
   * `via` names who shows the observations: what one and the same did before it was broken off counts as done now.
   * `done`: parts that an earlier attempt of the same call finished; used where no transaction takes them back.
   */
  async store(
    observations: NoticeObservation[],
    via: string,
    session: Session,
    done: PageCommitResult[],
  ): Promise<PageCommitResult> {
    const result: PageCommitResult = { created: [], changed: [] };
    for (const [i, round] of rounds(observations).entries()) {
      const { created, changed } =
        (session === undefined ? done[i] : undefined) ?? (await this.#storeRound(round, via, session));
      done[i] = { created, changed };
      result.created.push(...created);
      result.changed.push(...changed);
    }
    return result;
  }

  async #storeRound(round: NoticeObservation[], via: string, session: Session): Promise<PageCommitResult> {
    const stored = await this.#stored(round, session);
    const result: PageCommitResult = { created: [], changed: [] };
    const creations: AnyBulkWriteOperation<NoticeDoc>[] = [];
    const earlier: AnyBulkWriteOperation<RevisionDoc>[] = [];
    const revisions: AnyBulkWriteOperation<NoticeDoc>[] = [];
    const sights: AnyBulkWriteOperation<NoticeDoc>[] = [];
    for (const observation of round) {
      const id = observation.noticeId;
      const latest = stored.get(id);
      const effect = effectOf(observation, latest ?? null, () => latest!.isRevisionAlready);
      if (effect === 'create' || latest === undefined) {
        result.created.push(id);
        creations.push(creation(observation, via));
      } else if (effect === 'revise') {
        result.changed.push(id);
        earlier.push(copyOf(latestRevisionOf(latest.doc)));
        revisions.push(revision(observation, latest.doc, via));
      } else {
        const isSame = latest.digest === observation.digest;
        const attachments = isSame ? completedAttachments(latest.doc.attachments, observation) : null;
        const update = {
          $max: { lastSeenAt: observation.observedAt },
          ...(attachments !== null && { $set: { attachments: plain(attachments) } }),
        };
        sights.push({ updateOne: { filter: { _id: id }, update } });
        const ownDoing = latest.doc.via === via && isSame;
        if (ownDoing) (latest.doc.revision === 1 ? result.created : result.changed).push(id);
      }
    }
    const options = { ordered: false, session };
    if (creations.length > 0) {
      const { upsertedCount } = await this.#notices.bulkWrite(creations, options);
      if (upsertedCount < creations.length) throw new Overtaken('a notice was created meanwhile');
    }
    if (revisions.length > 0) {
      await this.#revisions.bulkWrite(earlier, options);
      const { matchedCount } = await this.#notices.bulkWrite(revisions, options);
      if (matchedCount < revisions.length) throw new Overtaken('a notice was revised meanwhile');
    }
    if (sights.length > 0) await this.#notices.bulkWrite(sights, options);
    return result;
  }

  async #stored(round: NoticeObservation[], session: Session) {
    const ids = round.map(({ noticeId }) => idOf(noticeId));
    const docs = await this.#notices
      .find({ _id: { $in: ids } }, { projection: { words: 0, linkKeys: 0, text: 0 }, session })
      .toArray();
    const byId = new Map(docs.map((doc) => [doc._id, doc]));
    const differing = round.filter(({ noticeId, digest }) => {
      const doc = byId.get(noticeId);
      return doc !== undefined && doc.revision > 1 && doc.digest !== digest;
    });
    const found =
      differing.length === 0
        ? []
        : await this.#revisions
            .find(
              { $or: differing.map(({ noticeId, archiveId, digest }) => ({ noticeId, archiveId, digest })) },
              { projection: { noticeId: 1, revision: 1 }, session },
            )
            .toArray();
    const already = new Set(found.map(({ noticeId }) => noticeId));
    return new Map(
      docs.map((doc) => [
        doc._id,
        { doc, digest: doc.digest, revisedAt: doc.revisedAt, isRevisionAlready: already.has(doc._id) },
      ]),
    );
  }
}

/** Parts in each of which a notice occurs once, in order. */
function rounds(observations: NoticeObservation[]): NoticeObservation[][] {
  const parts: NoticeObservation[][] = [];
  let ids = new Set<string>();
  for (const observation of observations) {
    if (parts.length === 0 || ids.size === BATCH || ids.has(observation.noticeId)) {
      parts.push([]);
      ids = new Set();
    }
    ids.add(observation.noticeId);
    parts.at(-1)!.push(observation);
  }
  return parts;
}

function creation(observation: NoticeObservation, via: string): AnyBulkWriteOperation<NoticeDoc> {
  return creationOf({
    notice: firstNotice(observation),
    revisions: [{ ...observation, revision: 1, fields: observation.reading.fields, changed: [] }],
    matched: false,
    linkKeys: [],
    projectId: null,
    copies: 0,
    via,
  });
}

function revision(observation: NoticeObservation, before: Stored, via: string): AnyBulkWriteOperation<NoticeDoc> {
  const notice = firstNotice(observation);
  const number = before.revision + 1;
  const changed = changedFields(before.fields, plain(notice.fields));
  const latest = { ...observation, revision: number, fields: notice.fields, changed };
  return {
    updateOne: {
      filter: { _id: before._id, revision: before.revision, digest: before.digest },
      update: {
        $set: { ...latestParts({ ...notice, revision: number }, latest, via), matched: false },
        $max: { lastSeenAt: observation.observedAt },
      },
    },
  };
}
