import { abroad } from './abroad.ts';
import { deceased } from './deceased.ts';
import { enrolledElsewhere } from './enrolled-elsewhere.ts';
import { foreignSchool } from './foreign-school.ts';
import { leftEarly } from './left-early.ts';
import { neverEnrolled } from './never-enrolled.ts';
import { notCompulsory } from './not-compulsory.ts';
import { onRoll } from './on-roll.ts';
import { reportedAbsent } from './reported-absent.ts';
import type { CoverageRule } from './rule.ts';
import { unproved } from './unproved.ts';
import { unregistered } from './unregistered.ts';

/** The reading of the law in its order; the first that holds decides. */
export const COVERAGE_RULES: readonly CoverageRule[] = Object.freeze([
  deceased,
  notCompulsory,
  onRoll,
  reportedAbsent,
  enrolledElsewhere,
  abroad,
  foreignSchool,
  leftEarly,
  neverEnrolled,
  unproved,
  unregistered,
]);
