import type { AgencyKind } from '../kernel/brands.ts';
import type { Coordinate } from './coordinate.ts';
import type { Outcome } from './outcome.ts';
import type { PurposeInfo, Rule } from './purpose.ts';
import type { PurposeTree } from './purpose-tree.ts';
import type { Verb } from './vocabulary.ts';
import type { ViewPlan } from './view-plan.ts';

/** A compiled policy: one table, from which everything else is read off. */
export interface Policy {
  /** SHA-256, hex, over the sources' content (comments and layout do not count). */
  readonly hash: string;
  readonly purposes: ReadonlyMap<string, PurposeInfo>;
  /** By id, sorted; a purpose that nobody asks under has none. */
  readonly views: readonly ViewPlan[];
  readonly coordinates: readonly Coordinate[];
  readonly rules: ReadonlyMap<string, Rule>;
  readonly tree: PurposeTree;
  /** One array look-up. DENY for a kind without that purpose, an unknown coordinate, or a verb that is not the coordinate's. */
  outcome(kind: AgencyKind, purpose: string, coordinate: string, verb: Verb): Outcome;
  /** The same for a category as such, whether or not the schema has a field of it. */
  categoryOutcome(kind: AgencyKind, purpose: string, category: string, verb: Verb): Outcome;
}
