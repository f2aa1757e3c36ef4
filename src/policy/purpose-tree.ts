import type { Purpose } from './purpose.ts';

/** The purposes as a tree. A broken parent ends the line, a circle is cut; `checks/parents.ts` reports both. */
export interface PurposeTree {
  readonly purposes: readonly Purpose[];
  get(id: string): Purpose | undefined;
  /** The purpose and its ancestors, itself first. */
  lineage(id: string): readonly Purpose[];
  /** Those below it, not itself. */
  descendants(id: string): readonly Purpose[];
}

export function purposeTree(purposes: readonly Purpose[]): PurposeTree {
  const byId = new Map(purposes.map((purpose) => [purpose.info.id, purpose]));
  const lineages = new Map(purposes.map((purpose) => [purpose.info.id, lineageOf(purpose)]));
  return {
    purposes,
    get: (id) => byId.get(id),
    lineage: (id) => lineages.get(id) ?? [],
    descendants: (id) =>
      purposes.filter((purpose) => purpose.info.id !== id && lineages.get(purpose.info.id)?.some((above) => above.info.id === id)),
  };

  function lineageOf(purpose: Purpose): Purpose[] {
    const line: Purpose[] = [];
    for (
      let at: Purpose | undefined = purpose;
      at && !line.includes(at);
      at = at.info.parent === null ? undefined : byId.get(at.info.parent)
    )
      line.push(at);
    return line;
  }
}
