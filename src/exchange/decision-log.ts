/** A value kept back, as the caller is told of it. */
export interface WithheldEntry {
  childId: string;
  field: string;
  reason: string;
  rule: string;
}
/** What was decided alike for some children: the index of a subject's group is in `subjectGroup`. */
export interface DecisionGroup {
  released: string[];
  generalised: string[];
  withheld: { field: string; rule: string; reason: string }[];
}
export interface DecisionSummary {
  subjects: string[];
  subjectGroup: number[];
  groups: DecisionGroup[];
  withheld: WithheldEntry[];
}

interface Batch {
  childIds: readonly string[];
  coordinates: readonly string[];
}

/** Collects what one request decided: which field coordinates of which child were released, generalised or withheld. Never a value. */
export class DecisionLog {
  readonly #batches: Batch[] = [];
  readonly #withheld = new Map<string, WithheldEntry>();
  readonly #loose = new Set<string>();

  /** These coordinates were read for these children (whether or not there was a value). */
  released(childIds: readonly string[], coordinates: readonly string[]): void {
    if (childIds.length > 0 && coordinates.length > 0) this.#batches.push({ childIds, coordinates });
  }

  /** Coordinates that are no child's. */
  releasedLoose(coordinates: readonly string[]): void {
    for (const coordinate of coordinates) this.#loose.add(coordinate);
  }

  withhold(entry: WithheldEntry): void {
    this.#withheld.set(`${entry.childId}|${entry.field}`, entry);
  }

  /** One line a child and a distinct set of decisions. `generalises` tells which coordinates are generalised ones. */
  summarise(generalises: (coordinate: string) => boolean): DecisionSummary {
    const perChild = new Map<string, number[]>();
    this.#batches.forEach((batch, index) => {
      for (const childId of batch.childIds) {
        const list = perChild.get(childId);
        if (list) list.push(index);
        else perChild.set(childId, [index]);
      }
    });
    const withheldOf = new Map<string, WithheldEntry[]>();
    for (const entry of this.#withheld.values()) {
      const list = withheldOf.get(entry.childId);
      if (list) list.push(entry);
      else withheldOf.set(entry.childId, [entry]);
      if (!perChild.has(entry.childId)) perChild.set(entry.childId, []);
    }
    const groups: DecisionGroup[] = [];
    const groupIndex = new Map<string, number>();
    const subjects: string[] = [];
    const subjectGroup: number[] = [];
    for (const [childId, batches] of perChild) {
      const kept = withheldOf.get(childId);
      const key = kept
        ? `${batches.join()}|${kept
            .map((k) => `${k.field}:${k.reason}`)
            .sort()
            .join()}`
        : batches.join();
      let index = groupIndex.get(key);
      if (index === undefined) {
        index = groups.push(this.#group(batches, kept ?? [], generalises)) - 1;
        groupIndex.set(key, index);
      }
      subjects.push(childId);
      subjectGroup.push(index);
    }
    if (this.#loose.size > 0 && subjects.length === 0) {
      groups.push({ released: [...this.#loose].sort(), generalised: [], withheld: [] });
    }
    return { subjects, subjectGroup, groups, withheld: [...this.#withheld.values()] };
  }

  #group(batches: readonly number[], kept: readonly WithheldEntry[], generalises: (coordinate: string) => boolean): DecisionGroup {
    const withheld = kept.map(({ field, rule, reason }) => ({ field, rule, reason })).sort((a, b) => (a.field < b.field ? -1 : 1));
    const hidden = new Set(withheld.map((w) => w.field));
    const all = new Set(batches.flatMap((index) => [...(this.#batches[index] as Batch).coordinates]).filter((c) => !hidden.has(c)));
    const sorted = [...all].sort();
    return { released: sorted.filter((c) => !generalises(c)), generalised: sorted.filter(generalises), withheld };
  }
}
