import type { Coordinate } from '../coordinate.ts';
import type { PolicyError } from '../policy-error.ts';
import { isDataCategory, isSubject, isVerb, NEVER } from '../vocabulary.ts';
import type { Check } from './check.ts';

/** Every place of the schema says what kind of datum it is, in words of the vocabulary; arguments and inputs say their verb. */
export const everyCoordinateCategorised: Check = function* ({ coordinates, missing }) {
  const at = ({ coordinate }: Coordinate, code: PolicyError['code'], message: string): PolicyError => ({
    code,
    message: `${coordinate}: ${message}`,
    file: 'schema',
    coordinate,
  });
  for (const place of missing) {
    const [coordinate = place, verb] = place.split(' ');
    yield {
      code: 'MISSING_CATEGORY',
      message: verb ? `${coordinate} does not state its verb` : `${coordinate} carries no @category`,
      file: 'schema',
      coordinate,
    };
  }
  const seen = new Set<string>();
  for (const each of coordinates) {
    if (seen.has(each.coordinate)) yield at(each, 'MISSING_CATEGORY', 'is there twice');
    seen.add(each.coordinate);
    for (const word of [each.category, ...(each.sources ?? [])] as string[])
      if (!isDataCategory(word) && !NEVER.includes(word)) yield at(each, 'UNKNOWN_CATEGORY', `${word} is no data category`);
    if (!isVerb(each.verb)) yield at(each, 'UNKNOWN_VERB', `${each.verb} is no verb`);
    if (!isSubject(each.subject)) yield at(each, 'UNKNOWN_SUBJECT', `${each.subject} is no subject`);
  }
};
