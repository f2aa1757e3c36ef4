import { compareRecords, type Constraints, type Link } from './engine.ts';
import type { RecordFeatures } from './profile.ts';

/** Records taken to be one child's so far. */
export interface Group {
  /** The least index of its members: stays while the group grows, and does not depend on the order of linking. */
  readonly id: number;
  readonly members: readonly number[];
  readonly links: readonly Link[];
}
/** What two groups have in common: an id, an entry of the register under two numbers, or names. */
export type LinkedBy = 'id' | 'renumbering' | 'name';
/** No child has as many records; more than this are a sign of a placeholder id. */
const LARGEST = 400;

/** Groups of records under constraints. A union that would bring together what must stay apart is refused, whichever pair asks for it. */
export class Groups {
  readonly #features: readonly RecordFeatures[];
  readonly #groupOf: number[];
  readonly #groups = new Map<number, Group>();
  readonly #ids: Map<string, ReadonlySet<string>>[];
  readonly #registered: boolean[];
  readonly #refuted = new Set<string>();
  readonly #apart = new Map<number, Set<number>>();

  constructor(features: readonly RecordFeatures[], constraints: Constraints) {
    this.#features = features;
    this.#groupOf = features.map((_, index) => index);
    features.forEach((_, index) => void this.#groups.set(index, { id: index, members: [index], links: [] }));
    this.#ids = features.map(
      ({ record }) => new Map(record.ids.filter(({ valid }) => valid).map(({ scheme, mac }) => [scheme, new Set([mac])])),
    );
    this.#registered = features.map(({ record }) => record.source === 'registry');
    const indexOf = new Map(features.map(({ record }, index) => [record.record, index]));
    for (const [a, b] of constraints.cannotLink) {
      const [i, j] = [indexOf.get(a), indexOf.get(b)];
      if (i === undefined || j === undefined) continue;
      this.#apart.set(i, (this.#apart.get(i) ?? new Set()).add(j));
      this.#apart.set(j, (this.#apart.get(j) ?? new Set()).add(i));
    }
  }

  of(index: number): Group {
    return this.#groups.get(this.#groupOf[index] as number) as Group;
  }

  all(): Group[] {
    return [...this.#groups.values()].sort((a, b) => a.id - b.id);
  }

  /** Scheme → keyed hashes of the valid ids of a group: one, or two where the register has renumbered. */
  validIds(group: Group): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#ids[group.id] as Map<string, ReadonlySet<string>>;
  }

  /** Why two groups must stay apart; null when they may be linked. */
  apart(a: Group, b: Group, by: LinkedBy): 'DIFFERENT_IDS' | 'HUMAN' | 'TWO_REGISTER_ENTRIES' | 'TOO_LARGE' | null {
    const ids = this.validIds(b);
    for (const [scheme, macs] of by === 'renumbering' ? [] : this.validIds(a)) {
      const others = ids.get(scheme);
      if (others && ![...macs].some((mac) => others.has(mac))) return 'DIFFERENT_IDS';
    }
    // A civil register holds a child once; twice under one id is the same entry extracted twice.
    if (by === 'name' && this.#registered[a.id] && this.#registered[b.id]) return 'TWO_REGISTER_ENTRIES';
    if (a.members.length + b.members.length > LARGEST) return 'TOO_LARGE';
    const [few, many] = a.members.length < b.members.length ? [a, b] : [b, a];
    for (const member of few.members)
      for (const other of this.#apart.get(member) ?? []) if (this.#groupOf[other] === many.id) return 'HUMAN';
    return null;
  }

  /**
   * Takes a valid id from a record to whose bearer the register gives another name and birth date: it is a sibling's, or mistyped. The two stay apart.
   * Ids count for whole groups, so that it is gone for the group when no member bears it any more.
   */
  refute(index: number, scheme: string, bearer: number): void {
    this.#refuted.add(`${index}:${scheme}`);
    this.#apart.set(index, (this.#apart.get(index) ?? new Set()).add(bearer));
    this.#apart.set(bearer, (this.#apart.get(bearer) ?? new Set()).add(index));
    const group = this.of(index);
    const borne = group.members.some(
      (member) =>
        !this.#refuted.has(`${member}:${scheme}`) && this.#features[member]?.record.ids.some((id) => id.valid && id.scheme === scheme),
    );
    if (!borne) (this.#ids[group.id] as Map<string, ReadonlySet<string>>).delete(scheme);
  }

  /** The linked group, or null when the two are one already or must stay apart. */
  link(i: number, j: number, rule: string, because: readonly string[], by: LinkedBy = 'name'): Group | null {
    const [a, b] = [this.of(i), this.of(j)].sort((x, y) => x.id - y.id) as [Group, Group];
    if (a === b || this.apart(a, b, by)) return null;
    const [x, y] = [i, j].map((index) => (this.#features[index] as RecordFeatures).record.record).sort(compareRecords) as [string, string];
    const members = [...a.members, ...b.members].sort((m, n) => m - n);
    const group = { id: a.id, members, links: [...a.links, ...b.links, { a: x, b: y, rule, because }] };
    for (const member of b.members) this.#groupOf[member] = a.id;
    this.#groups.delete(b.id);
    this.#groups.set(a.id, group);
    const ids = this.#ids[a.id] as Map<string, ReadonlySet<string>>;
    for (const [scheme, macs] of this.validIds(b)) ids.set(scheme, new Set([...(ids.get(scheme) ?? []), ...macs]));
    this.#registered[a.id] ||= this.#registered[b.id] as boolean;
    return group;
  }
}
