import type { Bidding } from './bidding.ts';
import type { Project } from './project.ts';

/** A project as buyers and prices are compared by: narrow, so that millions can be gone through. */
export type Dealing = Pick<
  Project,
  | 'id'
  | 'name'
  | 'track'
  | 'method'
  | 'category'
  | 'purchaser'
  | 'agency'
  | 'regionCode'
  | 'budget'
  | 'ceiling'
  | 'estimate'
  | 'award'
> & { bidding: Bidding };

/** The part of a project that is a dealing; null without a purchaser, with whose others it could be compared. */
export function dealingOf(project: Project): Dealing | null {
  const { id, name, track, method, category, purchaser, agency, regionCode } = project;
  const { budget, ceiling, estimate, award, bidding } = project;
  if (bidding == null || bidding.buyer === null) return null;
  return {
    id,
    name,
    track,
    method,
    category,
    purchaser,
    agency,
    regionCode,
    budget,
    ceiling,
    estimate,
    award,
    bidding,
  };
}
