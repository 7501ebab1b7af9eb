import type { LocalDay } from '../model/day.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { NarrowedReview, Policy } from '../model/policy.ts';

type Procurement = ProjectFacts['project'];

/** How the operator has the review alert raised. */
export function reviewAs({ reviewAlert }: Policy): 'off' | 'review' | 'violation' {
  return typeof reviewAlert === 'string' ? reviewAlert : reviewAlert.as;
}

/** Known to lie outside the procurements to which the operator has narrowed the review alert. */
export function isBeyondReview(project: Procurement, on: LocalDay, { reviewAlert }: Policy): boolean {
  if (typeof reviewAlert === 'string') return false;
  if (reviewAlert.from !== undefined && on < reviewAlert.from) return true;
  return limitsOf(reviewAlert, project).some(({ fits }) => fits === false);
}

/** What the operator has narrowed the review alert by and the notices do not state, in words. */
export function unknownToReview(project: Procurement, { reviewAlert }: Policy): string[] {
  if (typeof reviewAlert === 'string') return [];
  return limitsOf(reviewAlert, project).flatMap(({ name, fits }) => (fits === null ? [name] : []));
}

/** `fits`: null where the notices do not say. */
function limitsOf(
  { methods, categories, minBudget }: NarrowedReview,
  { method, category, budget }: Procurement,
): { name: string; fits: boolean | null }[] {
  const among = (allowed: readonly string[] | undefined, value: string | null): boolean | null =>
    allowed === undefined || (value === null ? null : allowed.includes(value));
  return [
    { name: '采购方式', fits: among(methods, method) },
    { name: '采购类别', fits: among(categories, category) },
    { name: '预算金额', fits: minBudget === undefined || (budget == null ? null : budget >= minBudget) },
  ];
}
