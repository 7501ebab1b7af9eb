import type { Notice } from '../model/notice.ts';
import { FIELD_NAMES } from '../model/notice-names.ts';
import type { ApiContext } from './context.ts';
import { archiveReply } from './replies.ts';
import type { AlertDetailReply } from './schemas.ts';

type Evidence = AlertDetailReply['evidence'][number];

/** A page that changes at every visit is no help to a reader beyond its first and latest states. */
const MAX_SNAPSHOTS = 20;

/** Every state of the notice that stood when it was judged, with the reply each was read from. */
export async function snapshotsOf(
  { store }: ApiContext,
  notice: Notice,
  judgedAt: number,
): Promise<Pick<Evidence, 'snapshots' | 'omittedSnapshots' | 'laterSnapshots'>> {
  const revisions = await store.notices.revisions(notice.id);
  const known = revisions.filter(({ observedAt }) => observedAt <= judgedAt);
  const shown = known.length <= MAX_SNAPSHOTS ? known : [known[0]!, ...known.slice(1 - MAX_SNAPSHOTS)];
  const snapshots = await Promise.all(
    shown.map(async ({ revision, observedAt, archiveId, changed }) => {
      const record = await store.runs.archiveRecord(archiveId);
      return {
        revision,
        observedAt,
        changes: changed.map((field) => FIELD_NAMES[field]),
        archive: record === null ? null : archiveReply(record),
      };
    }),
  );
  return {
    snapshots,
    omittedSnapshots: known.length - shown.length,
    laterSnapshots: revisions.length - known.length,
  };
}

/** By notice: when lists ceased to show it, and what its own address answered then. */
export async function absencesOf(
  { store }: ApiContext,
  noticeIds: string[],
): Promise<Map<string, Evidence['absences']>> {
  const vanishings = await store.vanishings.ofNotices(noticeIds);
  const replies = await Promise.all(
    vanishings.map(async ({ noticeId, lastSeenAt, returnedAt, missedBy, probes }) => ({
      noticeId,
      absence: {
        lastSeenAt,
        returnedAt,
        missedBy: missedBy.map(({ at }) => at),
        probes: await Promise.all(
          probes.map(async ({ at, found, status, archiveId }) => ({
            at,
            found,
            status,
            sha256: archiveId === null ? null : ((await store.runs.archiveRecord(archiveId))?.sha256 ?? null),
          })),
        ),
      },
    })),
  );
  const byNotice = Map.groupBy(replies, ({ noticeId }) => noticeId);
  return new Map([...byNotice].map(([id, of]) => [id, of.map(({ absence }) => absence)]));
}
