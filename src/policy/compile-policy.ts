import { AGENCY_KINDS } from '../kernel/brands.ts';
import { CHECKS } from './checks/checks.ts';
import type { Draft } from './checks/check.ts';
import { combine } from './combine.ts';
import type { Coordinate } from './coordinate.ts';
import { decideCell } from './decide-cell.ts';
import { DenseTable } from './dense-table.ts';
import { DENY, type Outcome } from './outcome.ts';
import { type PolicySource, parsePurpose } from './parse-purpose.ts';
import type { Policy } from './policy.ts';
import type { PolicyError } from './policy-error.ts';
import { policyHash } from './policy-hash.ts';
import { purposeTree } from './purpose-tree.ts';
import { DATA_CATEGORIES, VERBS } from './vocabulary.ts';
import type { ViewPlan } from './view-plan.ts';

export type CompileResult = { ok: true; policy: Policy } | { ok: false; errors: PolicyError[] };

/**
 * YAML and the schema's coordinates to a policy, or every reason why not.
 * @param missing coordinates without a category, as `readCoordinates` gives them: each is an error.
 */
export function compilePolicy(
  sources: readonly PolicySource[],
  coordinates: readonly Coordinate[],
  missing: readonly string[] = [],
): CompileResult {
  const parsed = sources.map(parsePurpose);
  const purposes = parsed.flatMap(({ purpose }) => purpose ?? []);
  const draft: Draft = { tree: purposeTree(purposes), coordinates, missing };
  const errors = [...parsed.flatMap((each) => each.errors), ...CHECKS.flatMap((check) => [...check(draft)])];
  if (errors.length > 0) return { ok: false, errors: errors.toSorted(byPlace) };
  return { ok: true, policy: assemble(draft) };
}

const byPlace = (a: PolicyError, b: PolicyError): number => (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1);

function assemble({ tree, coordinates }: Draft): Policy {
  const purposes = tree.purposes.toSorted((a, b) => (a.info.id < b.info.id ? -1 : 1));
  const kindAt = indexOf(AGENCY_KINDS);
  const purposeAt = indexOf(purposes.map(({ info }) => info.id));
  const coordinateAt = indexOf(coordinates.map(({ coordinate }) => coordinate));
  const categoryAt = indexOf(DATA_CATEGORIES);
  const verbAt = indexOf(VERBS);
  // A coordinate has one verb, so that the table of coordinates needs no axis for it; the table of categories has both on one axis.
  const cells = new DenseTable(AGENCY_KINDS.length, purposes.length, coordinates.length);
  const categories = new DenseTable(AGENCY_KINDS.length, purposes.length, DATA_CATEGORIES.length * VERBS.length);
  const views: ViewPlan[] = [];

  for (const [p, purpose] of purposes.entries()) {
    for (const kind of purpose.info.who) {
      const k = kindAt.get(kind) as number;
      for (const [c, category] of DATA_CATEGORIES.entries())
        for (const [v, verb] of VERBS.entries())
          categories.set(k, p, c * VERBS.length + v, combine(tree, { kind, purpose: purpose.info.id, category, verb }).outcome);
      const outcomes = new Map<string, Outcome>();
      for (const [c, coordinate] of coordinates.entries()) {
        cells.set(k, p, c, decideCell(tree, kind, purpose.info.id, coordinate));
        outcomes.set(coordinate.coordinate, cells.get(k, p, c));
      }
      views.push({
        id: `${kind}.${purpose.info.id}`,
        kind,
        purpose: purpose.info.id,
        info: purpose.info,
        scopes: purpose.scopes.get(kind) ?? [],
        outcomes,
        permitted: (coordinate) => (outcomes.get(coordinate) ?? DENY).effect !== 'DENY',
      });
    }
  }

  return Object.freeze({
    hash: policyHash(purposes),
    purposes: new Map(purposes.map(({ info }) => [info.id, info])),
    views: views.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    coordinates,
    rules: new Map(purposes.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule] as const))),
    tree,
    outcome: (kind, purpose, coordinate, verb) => {
      const at = coordinateAt.get(coordinate);
      if (at === undefined || coordinates[at]?.verb !== verb) return DENY;
      return cells.get(kindAt.get(kind), purposeAt.get(purpose), at);
    },
    categoryOutcome: (kind, purpose, category, verb) => {
      const c = categoryAt.get(category);
      const v = verbAt.get(verb);
      return c === undefined || v === undefined ? DENY : categories.get(kindAt.get(kind), purposeAt.get(purpose), c * VERBS.length + v);
    },
  } satisfies Policy);
}

const indexOf = (words: readonly string[]): Map<string, number> => new Map(words.map((word, index) => [word, index]));
