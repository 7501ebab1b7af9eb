import type { Judgement, Explanation } from '../model/finding.ts';

/**
 * A judgement as it is decided, its telling still to be made. The decision is cheap; sentence, evidence and the days
 * counted follow from it and from what it was decided on, and are made where somebody asks.
 */
export interface Decided extends Omit<Judgement, keyof Explanation> {
  tell(): Explanation;
}

export function told({ tell, ...decision }: Decided): Judgement {
  return { ...decision, ...tell() };
}
