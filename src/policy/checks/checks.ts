import type { Check } from './check.ts';
import { conditionsOnReading } from './conditions-on-reading.ts';
import { everyCoordinateCategorised } from './every-coordinate-categorised.ts';
import { instrumentPublished } from './instrument-published.ts';
import { knownCategories } from './known-categories.ts';
import { knownFields } from './known-fields.ts';
import { knownKinds } from './known-kinds.ts';
import { knownObligations } from './known-obligations.ts';
import { knownScopes } from './known-scopes.ts';
import { knownTests } from './known-tests.ts';
import { knownVerbs } from './known-verbs.ts';
import { neverCategories } from './never-categories.ts';
import { noReferenceBeyondReading } from './no-reference-beyond-reading.ts';
import { noticeGiven } from './notice-given.ts';
import { parents } from './parents.ts';
import { permitsAgree } from './permits-agree.ts';
import { rulesHaveObjects } from './rules-have-objects.ts';
import { specialNeedsArticle9 } from './special-needs-article-9.ts';
import { uniqueNames } from './unique-names.ts';
import { vitalInterestBounded } from './vital-interest-bounded.ts';

/** Everything that a policy must hold to compile, in the order in which a reader would ask. All are run; all faults are listed. */
export const CHECKS: readonly Check[] = Object.freeze([
  uniqueNames,
  parents,
  knownKinds,
  knownCategories,
  knownFields,
  knownVerbs,
  knownScopes,
  knownObligations,
  knownTests,
  everyCoordinateCategorised,
  neverCategories,
  instrumentPublished,
  noticeGiven,
  specialNeedsArticle9,
  vitalInterestBounded,
  rulesHaveObjects,
  conditionsOnReading,
  noReferenceBeyondReading,
  permitsAgree,
]);
