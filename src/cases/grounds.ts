import type { Store } from '../../storage/store.ts';
import type { Alert, Finding } from '../model/finding.ts';

/**
 * The pages that an alert is told on: those its finding names. Where it names none, as with a rule of which nobody can
 * say whether it applies, all of its project.
 */
export async function groundsOf(
  { projects }: Pick<Store, 'projects'>,
  { finding, projectId }: Pick<Alert, 'finding' | 'projectId'>,
): Promise<Finding['evidence']> {
  if (finding.evidence.length > 0) return finding.evidence;
  const project = await projects.get(projectId);
  return (project?.noticeIds ?? []).map((noticeId) => ({ noticeId, role: 'other' }));
}
