import type { Coordinate } from '../coordinate.ts';
import type { PolicyError } from '../policy-error.ts';
import type { Purpose, Rule } from '../purpose.ts';
import type { PurposeTree } from '../purpose-tree.ts';

/** What the checks look at: the parsed purposes, the schema's coordinates, and those that carry no category. */
export interface Draft {
  readonly tree: PurposeTree;
  readonly coordinates: readonly Coordinate[];
  readonly missing: readonly string[];
}

/** One condition under which a policy compiles; gives every place that breaks it. A check never throws, whatever the earlier ones found. */
export type Check = (draft: Draft) => Iterable<PolicyError>;

/** Coordinates that some rule names: only these can come out otherwise than their category. */
export function namedCoordinates({ tree, coordinates }: Draft): Coordinate[] {
  const named = new Set(tree.purposes.flatMap((purpose) => purpose.rules.flatMap((rule) => rule.fields)));
  return coordinates.filter(({ coordinate }) => named.has(coordinate));
}

/** An error in a purpose's file, at a path of it. */
export function fault(purpose: Purpose, path: string, code: PolicyError['code'], message: string): PolicyError {
  return { code, message, file: purpose.file, line: purpose.lineOf(path) };
}

/** An error of a rule; `part` is a path below it. */
export function ruleFault(purpose: Purpose, rule: Rule, part: string, code: PolicyError['code'], message: string): PolicyError {
  return { ...fault(purpose, part === '' ? rule.path : `${rule.path}.${part}`, code, message), rule: rule.id };
}
