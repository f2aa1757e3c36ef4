import { type Cell, combine } from '../combine.ts';
import { DATA_CATEGORIES, VERBS } from '../vocabulary.ts';
import { type Check, namedCoordinates, ruleFault } from './check.ts';

/** Two permits of one depth agree on basis and authorization; else both are named. Each pair is reported once, at its first cell. */
export const permitsAgree: Check = function* (draft) {
  const { tree } = draft;
  const named = namedCoordinates(draft);
  const reported = new Set<string>();
  for (const purpose of tree.purposes)
    for (const kind of purpose.info.who) {
      const cells: Cell[] = [
        ...DATA_CATEGORIES.flatMap((category) => VERBS.map((verb) => ({ kind, purpose: purpose.info.id, category, verb }))),
        ...named.map(({ coordinate, category, verb }) => ({ kind, purpose: purpose.info.id, category, coordinate, verb })),
      ];
      for (const cell of cells) {
        const pair = combine(tree, cell).disagreement;
        const key = pair?.map(({ id }) => id).join(' ');
        if (!pair || !key || reported.has(key)) continue;
        reported.add(key);
        const [a, b] = pair;
        yield ruleFault(
          tree.get(b.purpose) ?? purpose,
          b,
          '',
          'RULES_DISAGREE',
          `${a.id} and ${b.id} permit ${cell.coordinate ?? cell.category} (${cell.verb}) on different terms`,
        );
      }
    }
};
