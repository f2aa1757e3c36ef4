import { type Cell, combine } from '../combine.ts';
import type { PolicyError } from '../policy-error.ts';
import type { Purpose } from '../purpose.ts';
import { CATEGORIES, DATA_CATEGORIES, isDataCategory, type Verb } from '../vocabulary.ts';
import { type Check, type Draft, namedCoordinates, ruleFault } from './check.ts';

const REFERENCES: readonly Verb[] = ['filter', 'sort', 'group'];

/**
 * Who may filter, sort or group by a child's datum may also read it, of every child and without conditions.
 * To read a generalised value never implies the exact one: a page sorted by birth date tells birth dates.
 */
export const noReferenceBeyondReading: Check = function* (draft) {
  for (const purpose of draft.tree.purposes) for (const kind of purpose.info.who) yield* beyond(draft, purpose, kind);
};

function* beyond(draft: Draft, purpose: Purpose, kind: Cell['kind']): Generator<PolicyError> {
  const { tree } = draft;
  const asked = { kind, purpose: purpose.info.id };
  const cells: Cell[] = [
    ...DATA_CATEGORIES.flatMap((category) => REFERENCES.map((verb) => ({ ...asked, category, verb }))),
    ...namedCoordinates(draft)
      .filter(({ verb }) => REFERENCES.includes(verb))
      .map(({ coordinate, category, verb }) => ({ ...asked, category, coordinate, verb })),
  ];
  const reported = new Set<string>();
  for (const cell of cells) {
    if (!isDataCategory(cell.category) || !['child', 'guardian'].includes(CATEGORIES[cell.category].subject)) continue;
    const { outcome, deciding } = combine(tree, cell);
    const [rule] = deciding;
    if (
      outcome.effect === 'DENY' ||
      !rule ||
      combine(tree, { ...asked, category: cell.category, verb: 'read' }).outcome.effect === 'PERMIT'
    )
      continue;
    const message = `${kind} may ${cell.verb} by ${cell.category} under ${purpose.info.id} but may not read it without conditions`;
    if (!reported.has(message)) yield ruleFault(tree.get(rule.purpose) ?? purpose, rule, '', 'REFERENCE_BEYOND_READING', message);
    reported.add(message);
  }
}
