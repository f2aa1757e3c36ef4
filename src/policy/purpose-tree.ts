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
  const below = new Map<string, Purpose[]>();
  for (const purpose of purposes)
    for (const above of lineages.get(purpose.info.id)?.slice(1) ?? [])
      below.set(above.info.id, [...(below.get(above.info.id) ?? []), purpose]);
  return {
    purposes,
    get: (id) => byId.get(id),
    lineage: (id) => lineages.get(id) ?? [],
    descendants: (id) => below.get(id) ?? [],
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
