import type { Project } from '../../src/model/project.ts';

/** By notice: how many other copies of it the project holds. A notice in no group is not there. */
export function copiesOf(project: Project): Map<string, number> {
  const copies = new Map<string, number>();
  for (const group of project.groups) {
    for (const id of group.noticeIds) copies.set(id, group.noticeIds.length - 1);
  }
  return copies;
}
