import { type Check, fault, ruleFault } from './check.ts';

/** A coordinate that a file names is in the schema. */
export const knownFields: Check = function* ({ tree, coordinates }) {
  const known = new Set(coordinates.map(({ coordinate }) => coordinate));
  for (const purpose of tree.purposes) {
    for (const rule of purpose.rules)
      for (const [index, field] of rule.fields.entries())
        if (!known.has(field))
          yield {
            ...ruleFault(purpose, rule, `fields.${index}`, 'UNKNOWN_COORDINATE', `${field} is not in the schema`),
            coordinate: field,
          };
    for (const { coordinate, path } of purpose.tests)
      if (coordinate !== undefined && !known.has(coordinate))
        yield { ...fault(purpose, `${path}.coordinate`, 'UNKNOWN_COORDINATE', `${coordinate} is not in the schema`), coordinate };
  }
};
