import { type Evidence, evidenceOf, explain, weigh } from './evidence.ts';
import type { Group, Groups } from './groups.ts';
import type { NameStatistics } from './name-statistics.ts';
import type { Profile } from './profile.ts';
import { NAME_RULES } from './rules.ts';
import { compareBirth } from './compare-birth.ts';

interface Candidate {
  readonly group: Group;
  readonly rule: number;
  readonly points: number;
  readonly evidence: Evidence;
}
interface Proposal extends Candidate {
  readonly seeker: Group;
}
/** Two candidates whose evidence differs by less are equally likely. */
const MARGIN = 2;
/** Keys that more groups hold than this say too little. */
const WIDEST_KEY = 1000;
const MOST_ROUNDS = 5;

/**
 * Finds for each group without a valid id the child it belongs to, by names, dates, parents and place. Rules from strong to weak; after a round of links the
 * grown groups, which know more names and dates, are asked again. Every decision is taken on the groups as they stood before it, so that order plays no part.
 */
export class NameLinker {
  readonly #groups: Groups;
  readonly #statistics: NameStatistics;
  readonly #profiler: () => (group: Group) => Profile;
  #profile: (group: Group) => Profile;
  readonly #holders = new Map<string, number[]>();
  readonly #keys: readonly (readonly string[])[];
  readonly #profiles = new Map<number, { group: Group; profile: Profile }>();
  readonly #candidates = new Map<number, readonly Candidate[]>();

  constructor(groups: Groups, statistics: NameStatistics, keys: readonly (readonly string[])[], profiler: () => (group: Group) => Profile) {
    this.#groups = groups;
    this.#statistics = statistics;
    this.#profiler = profiler;
    this.#profile = profiler();
    this.#keys = keys;
    keys.forEach((list, index) => {
      for (const key of list) {
        const holders = this.#holders.get(key);
        if (holders) holders.push(index);
        else this.#holders.set(key, [index]);
      }
    });
  }

  run(): void {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      let linked = 0;
      this.#candidates.clear();
      this.#profiles.clear();
      this.#profile = this.#profiler();
      for (let rule = 0; rule < NAME_RULES.length; rule += 1) linked += this.#apply(rule);
      if (linked === 0) return;
    }
  }

  #profileOf(group: Group): Profile {
    const kept = this.#profiles.get(group.id);
    if (kept?.group === group) return kept.profile;
    const profile = this.#profile(group);
    this.#profiles.set(group.id, { group, profile });
    return profile;
  }

  #compare(a: Group, b: Group): Candidate | null {
    const [p, q] = [this.#profileOf(a), this.#profileOf(b)];
    if (p.country !== q.country || this.#groups.apart(a, b, 'name')) return null;
    if (p.births.length > 0 && q.births.length > 0 && p.births.every((x) => q.births.every((y) => compareBirth(x, y) === 'differ')))
      return null;
    const evidence = evidenceOf(p, q, this.#statistics);
    const rule = NAME_RULES.findIndex((one) => one.holds(evidence));
    return rule < 0 ? null : { group: b, rule, points: weigh(evidence), evidence };
  }

  #candidatesOf(seeker: Group): readonly Candidate[] {
    const kept = this.#candidates.get(seeker.id);
    if (kept?.every(({ group }) => this.#groups.of(group.id) === group) && this.#fresh.get(seeker.id) === seeker) return kept;
    const met = new Set<number>([seeker.id]);
    const found: Candidate[] = [];
    for (const member of seeker.members) {
      for (const key of this.#keys[member] ?? []) {
        const holders = this.#holders.get(key) ?? [];
        if (holders.length > WIDEST_KEY) continue;
        for (const holder of holders) {
          const group = this.#groups.of(holder);
          if (met.has(group.id)) continue;
          met.add(group.id);
          const candidate = this.#compare(seeker, group);
          if (candidate) found.push(candidate);
        }
      }
    }
    found.sort((a, b) => a.rule - b.rule || b.points - a.points || a.group.id - b.group.id);
    this.#candidates.set(seeker.id, found);
    this.#fresh.set(seeker.id, seeker);
    return found;
  }
  readonly #fresh = new Map<number, Group>();

  /** The one candidate of a seeker under this rule; null when there is none, or another child fits about as well. */
  #proposal(seeker: Group, rule: number): Proposal | null {
    const candidates = this.#candidatesOf(seeker);
    const best = candidates[0];
    if (best?.rule !== rule) return null;
    if (NAME_RULES[rule]?.among === 'unique') {
      const rivals = candidates.filter((other) => other !== best && other.points > best.points - MARGIN);
      // Two candidates that are likely one child themselves are no rivals.
      if (rivals.some((rival) => this.#compare(best.group, rival.group) === null)) return null;
    }
    return { ...best, seeker };
  }

  #apply(rule: number): number {
    const proposals = this.#groups
      .all()
      .filter((group) => this.#groups.validIds(group).size === 0)
      .map((seeker) => this.#proposal(seeker, rule))
      .filter((proposal) => proposal !== null)
      .sort((a, b) => b.points - a.points || a.seeker.id - b.seeker.id || a.group.id - b.group.id);
    let linked = 0;
    for (const { seeker, group, evidence } of proposals) {
      const [a, b] = [this.#groups.of(seeker.id), this.#groups.of(group.id)];
      if (a === b) continue;
      // Either side may have grown by a link of this round: what it has become must still fit.
      const now = a === seeker && b === group ? evidence : this.#compare(a, b)?.evidence;
      if (now && this.#groups.link(seeker.id, group.id, NAME_RULES[rule]?.name ?? '', explain(now))) linked += 1;
    }
    return linked;
  }
}
