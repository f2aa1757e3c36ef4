import type { AgencyKind } from '../kernel/brands.ts';
import { combine } from './combine.ts';
import type { Coordinate } from './coordinate.ts';
import { undeclassifiedSources } from './declassification.ts';
import { join, type Outcome, PLUMBING } from './outcome.ts';
import type { PurposeTree } from './purpose-tree.ts';

/** The outcome of one coordinate: its own category joined with those of its sources that no declassification covers. */
export function decideCell(tree: PurposeTree, kind: AgencyKind, purpose: string, at: Coordinate): Outcome {
  if (at.category === 'plumbing') return PLUMBING;
  const { category, coordinate, verb } = at;
  const own = combine(tree, { kind, purpose, category, coordinate, verb }).outcome;
  const sources = undeclassifiedSources(category, at.sources ?? []);
  return join([own, ...sources.map((source) => combine(tree, { kind, purpose, category: source, verb }).outcome)]);
}
