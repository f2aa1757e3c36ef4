import { type Check, fault } from './check.ts';

/** Purposes form a tree. */
export const parents: Check = function* ({ tree }) {
  for (const purpose of tree.purposes) {
    const { id, parent } = purpose.info;
    if (parent === null) continue;
    if (!tree.get(parent)) yield fault(purpose, 'parent', 'UNKNOWN_PARENT', `${id} has the parent ${parent}, which is no purpose`);
    else if (tree.lineage(id).at(-1)?.info.parent !== null && tree.lineage(parent).some((above) => above.info.id === id))
      yield fault(purpose, 'parent', 'PARENT_CYCLE', `${id} is its own ancestor`);
  }
};
